import Frames

/// Measures how much stands out in a picture, pixel by pixel and around each.
struct ReliefMap {
  let width: Int
  let height: Int

  /// The range of levels in the 3 by 3 pixels around each pixel; 0 at the top and bottom rows.
  func relief(of levels: [Float]) -> [Float] {
    var (low, high) = (levels, levels)
    var relief = [Float](repeating: 0, count: levels.count)
    levels.withUnsafeBufferPointer { levels in
      low.withUnsafeMutableBufferPointer { low in
        high.withUnsafeMutableBufferPointer { high in
          for at in 1..<max(1, levels.count - 1) {
            low[at] = min(levels[at &- 1], min(levels[at], levels[at &+ 1]))
            high[at] = max(levels[at &- 1], max(levels[at], levels[at &+ 1]))
          }
          relief.withUnsafeMutableBufferPointer { relief in
            for at in width..<max(width, levels.count - width) {
              relief[at] =
                max(high[at &- width], max(high[at], high[at &+ width]))
                - min(low[at &- width], min(low[at], low[at &+ width]))
            }
          }
        }
      }
    }
    return relief
  }

  /// What compression may have to leave something of: the root mean square relief of the block of
  /// eight by eight pixels that the frame was compressed in, or of the surroundings (the template
  /// was compressed too, in blocks that nobody knows), whichever is more.
  ///
  /// - Parameters:
  ///   - expected: the relief of the expected levels.
  ///   - frame: the frame's luma.
  ///   - origin: where the first pixel lies in the frame.
  ///   - noise: the deviation of the noise in the frame, which is no relief.
  /// - Returns: the activity at each pixel.
  func activity(expected: [Float], in frame: Plane, at origin: PixelPoint, noise: Float) -> [Float]
  {
    var activity = rootMeanSquares(expected, reach: 6)
    let (lastX, lastY) = (origin.x + width - 1, origin.y + height - 1)
    for blockY in (origin.y / 8)...(lastY / 8) {
      for blockX in (origin.x / 8)...(lastX / 8) {
        // The squared range of nine normal values is 9.4 variances on average.
        let square = Self.meanSquare(of: frame, blockX, blockY) - 10.5 * noise * noise
        let root = max(0, square).squareRoot()
        for y in max(0, 8 * blockY - origin.y)..<min(height, 8 * blockY + 8 - origin.y) {
          for x in max(0, 8 * blockX - origin.x)..<min(width, 8 * blockX + 8 - origin.x) {
            activity[y &* width &+ x] = max(activity[y &* width &+ x], root)
          }
        }
      }
    }
    return activity
  }

  /// The mean squared relief of a block of a frame.
  private static func meanSquare(of plane: Plane, _ blockX: Int, _ blockY: Int) -> Float {
    var (sum, count) = (Int32(0), Int32(0))
    plane.samples.withUnsafeBufferPointer { samples in
      for y in max(1, 8 * blockY)..<max(1, min(plane.height - 1, 8 * blockY + 8)) {
        for x in max(1, 8 * blockX)..<max(1, min(plane.width - 1, 8 * blockX + 8)) {
          let at = y &* plane.width &+ x
          var (low, high) = (samples[at], samples[at])
          for row in [at &- plane.width, at, at &+ plane.width] {
            low = min(low, min(samples[row &- 1], min(samples[row], samples[row &+ 1])))
            high = max(high, max(samples[row &- 1], max(samples[row], samples[row &+ 1])))
          }
          sum += Int32(high - low) * Int32(high - low)
          count += 1
        }
      }
    }
    return Float(sum) / Float(max(1, count))
  }

  /// The root of the mean square over the square around each pixel.
  func rootMeanSquares(_ plane: [Float], reach: Int) -> [Float] {
    var columns = [Float](repeating: 0, count: width)
    var out = plane
    for y in 0..<height {
      let (top, bottom) = (max(0, y - reach), min(height - 1, y + reach))
      let entering = y == 0 ? top...bottom : bottom...bottom
      if y == 0 || y + reach < height {
        for row in entering {
          for x in 0..<width { columns[x] += plane[row &* width &+ x] * plane[row &* width &+ x] }
        }
      }
      if y - reach - 1 >= 0 {
        let row = (y - reach - 1) * width
        for x in 0..<width { columns[x] -= plane[row &+ x] * plane[row &+ x] }
      }
      var sum: Float = 0
      for x in 0..<min(width, reach) { sum += columns[x] }
      for x in 0..<width {
        if x + reach < width { sum += columns[x + reach] }
        if x - reach - 1 >= 0 { sum -= columns[x - reach - 1] }
        let area = (bottom - top + 1) * (min(width - 1, x + reach) - max(0, x - reach) + 1)
        out[y &* width &+ x] = max(0, sum / Float(area)).squareRoot()
      }
    }
    return out
  }
}
