import Frames

extension TextLineCandidate {
  /// How far a region's edge may cut into what belongs to it, in pixels.
  private static let slack = 3

  /// The candidate without what stands outside a region, cut where no foreground is; what is cut in
  /// two by the region's edge stays whole.
  ///
  /// What a value's region doesn't hold, be it a caption or the frame around it, is no part of the
  /// value, and would be read in its alphabet nevertheless.
  func cut(to region: PixelRect, in luma: Plane) -> TextLineCandidate {
    let allowed = region.insetBy(-Self.slack).intersection(PixelRect(luma.size))
    var left = box.x
    if left < allowed.x {
      let end = max(box.x, allowed.x - letterHeight)
      left =
        stride(from: allowed.x, through: end, by: -1).first { isBlank(column: $0, luma) } ?? left
    }
    var right = box.maxX
    if right > allowed.maxX {
      let end = min(box.maxX, allowed.maxX + letterHeight)
      right =
        stride(from: allowed.maxX, through: end, by: 1).first { isBlank(column: $0 - 1, luma) }
        ?? right
    }
    var candidate = self
    let (top, bottom) = (max(box.y, allowed.y), min(box.maxY, allowed.maxY))
    if right > left && bottom > top {
      candidate.box = PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
    return candidate
  }

  /// Whether a column of the box shows next to no foreground.
  private func isBlank(column: Int, _ luma: Plane) -> Bool {
    let foreground = (box.y..<box.maxY).count { y in
      let level = Int(luma[column, y])
      return 2 * (isLight ? level - ground : ground - level) > contrast
    }
    return 12 * foreground <= box.height
  }
}
