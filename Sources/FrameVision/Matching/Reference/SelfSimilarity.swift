import Frames

/// Looks for a shift under which a picture looks like itself, such as along a line or by the period
/// of a pattern: it would be found in several places at once.
struct SelfSimilarity {
  /// The smallest such shift, in pixels; nil where every shift shows.
  let shift: PixelPoint?

  init(_ planes: FullPlanes, mask: Plane?, _ parameters: MatchParameters.Preparation) {
    let (width, height) = (planes.luma.width, planes.luma.height)
    var found: PixelPoint?
    let longest = Int(parameters.mostRepetition * Double(max(width, height)))
    search: for distance in stride(from: parameters.leastRepetition, through: longest, by: 1) {
      for (dx, dy) in [(1, 0), (0, 1), (1, 1), (-1, 1)] {
        let shift = PixelPoint(x: dx * distance, y: dy * distance)
        if Double(abs(shift.x)) > parameters.mostRepetition * Double(width)
          || Double(shift.y) > parameters.mostRepetition * Double(height)
        {
          continue
        }
        if Self.looksTheSame(planes, mask, moved: shift, parameters) {
          found = shift
          break search
        }
      }
    }
    shift = found
  }

  /// Whether the place of a shape can be told though it is like itself where it lies on itself: most
  /// of it lies elsewhere when it is moved, or enough of it on what the mask leaves open. The frame of
  /// a window is like itself along its sides, but moved it lies on what is in the window.
  private static func tells(
    _ mask: Plane, _ shift: PixelPoint, _ columns: Range<Int>,
    _ parameters: MatchParameters.Preparation
  ) -> Bool {
    let (width, height) = (mask.width, mask.height)
    let counting = mask.samples.reduce(0) { $0 + ($1 == 255 ? 1 : 0) }
    var (open, shared) = (0, 0)
    for y in shift.y..<height {
      let (row, other) = (y * width, (y - shift.y) * width - shift.x)
      for x in columns where mask.samples[other + x] == 255 {
        if mask.samples[row + x] == 255 { shared += 1 } else { open += 1 }
      }
    }
    let enough = parameters.openPixels
    return open >= max(enough.lowerBound, min(enough.upperBound, counting / 8))
      || 2 * shared < counting
  }

  private static func looksTheSame(
    _ planes: FullPlanes, _ mask: Plane?, moved shift: PixelPoint,
    _ parameters: MatchParameters.Preparation
  ) -> Bool {
    let tolerance = parameters.sameLevels
    let (width, height) = (planes.luma.width, planes.luma.height)
    let columns = max(0, shift.x)..<min(width, width + shift.x)
    for plane in [planes.luma, planes.cb, planes.cr] {
      let isSame = plane.samples.withUnsafeBufferPointer { samples in
        for y in shift.y..<height {
          let (row, other) = (y * width, (y - shift.y) * width - shift.x)
          for x in columns {
            if abs(Int(samples[row + x]) - Int(samples[other + x])) <= tolerance { continue }
            if let mask, mask.samples[row + x] != 255 || mask.samples[other + x] != 255 { continue }
            return false
          }
        }
        return true
      }
      if !isSame { return false }
    }
    // Few shifts come as far as this.
    return mask.map { !tells($0, shift, columns, parameters) } ?? true
  }
}
