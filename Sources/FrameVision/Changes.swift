public import Frames

extension Frame {
  /// The side of the squares in which changes are looked for, in pixels.
  private static var block: Int { 8 }

  /// Where this picture differs from an earlier one beyond noise, as rectangles.
  ///
  /// - Parameters:
  ///   - earlier: a frame of the same size.
  ///   - region: where to look; nil for the whole frame.
  ///   - ignored: places that don't count, such as the pointer.
  /// - Returns: rectangles around what changed, in reading order; the whole frame when the sizes
  ///   differ.
  public func changes(
    since earlier: Frame, in region: PixelRect? = nil, ignoring ignored: [PixelRect] = []
  ) -> [PixelRect] {
    if earlier.size != size { return [bounds] }
    let area = (region ?? bounds).intersection(bounds)
    if area.isEmpty { return [] }
    let columns = (area.width + Self.block - 1) / Self.block
    let rows = (area.height + Self.block - 1) / Self.block
    var changed = [Bool](repeating: false, count: columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let square = PixelRect(
          x: area.x + column * Self.block, y: area.y + row * Self.block, width: Self.block,
          height: Self.block
        ).intersection(area)
        if ignored.contains(where: { $0.intersects(square) }) { continue }
        changed[row * columns + column] = differs(from: earlier, in: square)
      }
    }
    return Self.groups(of: changed, columns: columns).map { group in
      PixelRect(
        x: area.x + group.x * Self.block, y: area.y + group.y * Self.block,
        width: group.width * Self.block, height: group.height * Self.block
      ).intersection(area)
    }
  }

  /// Whether a region shows the same in both frames, but for noise.
  public func isStill(
    since earlier: Frame, in region: PixelRect? = nil, ignoring ignored: [PixelRect] = []
  ) -> Bool {
    changes(since: earlier, in: region, ignoring: ignored).isEmpty
  }

  private func differs(from earlier: Frame, in square: PixelRect) -> Bool {
    var (sum, absolute) = (0, 0)
    for y in square.y..<square.maxY {
      for x in square.x..<square.maxX {
        let difference = Int(luma[x, y]) - Int(earlier.luma[x, y])
        sum += difference
        absolute += abs(difference)
      }
    }
    let area = square.size.area
    return absolute > 12 * area || abs(sum) > 8 * area
  }

  /// Joins neighbouring squares (also over one square's gap) into rectangles, in reading order.
  static func groups(of changed: [Bool], columns: Int) -> [PixelRect] {
    var left = changed
    var groups: [PixelRect] = []
    for start in left.indices where left[start] {
      left[start] = false
      var stack = [start]
      var box = PixelRect(x: start % columns, y: start / columns, width: 1, height: 1)
      while let at = stack.popLast() {
        let (x, y) = (at % columns, at / columns)
        box = box.union(PixelRect(x: x, y: y, width: 1, height: 1))
        for ny in max(0, y - 2)...min(left.count / columns - 1, y + 2) {
          for nx in max(0, x - 2)...min(columns - 1, x + 2) where left[ny * columns + nx] {
            left[ny * columns + nx] = false
            stack.append(ny * columns + nx)
          }
        }
      }
      groups.append(box)
    }
    return groups
  }
}
