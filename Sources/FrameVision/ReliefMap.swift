import CPixels
import Frames

/// Measures how much stands out in a picture, pixel by pixel and around each.
struct ReliefMap {
  let width: Int
  let height: Int

  /// The range of levels in the 3 by 3 pixels around each pixel; 0 at the top and bottom rows.
  func relief(of levels: [Float]) -> [Float] {
    .made(levels.count) { relief in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * levels.count) { scratch in
        pixels_relief(levels, relief, Int32(width), Int32(height), scratch.baseAddress)
      }
    }
  }

  /// What compression may have to leave something of: the root mean square relief of the block of
  /// eight by eight pixels that the frame was compressed in, or of the surroundings (the template
  /// was compressed too, in blocks that nobody knows), whichever is more.
  ///
  /// - Parameters:
  ///   - expected: the relief of the expected levels.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  ///   - origin: where the first pixel lies in that plane.
  ///   - noise: the deviation of the noise in the frame, which is no relief.
  /// - Returns: the activity at each pixel.
  func activity(
    expected: [Float], in frame: Plane, at origin: PixelPoint, noise: Float
  ) -> [Float] {
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
    plane.samples.withUnsafeBufferPointer { samples in
      pixels_mean_square_relief(
        samples.baseAddress, plane.width, Int32(max(1, 8 * blockX)), Int32(max(1, 8 * blockY)),
        Int32(min(plane.width - 1, 8 * blockX + 8)), Int32(min(plane.height - 1, 8 * blockY + 8)))
    }
  }

  /// The root of the mean square over the square around each pixel.
  func rootMeanSquares(_ plane: [Float], reach: Int) -> [Float] {
    .made(plane.count) { out in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { columns in
        pixels_root_mean_squares(
          plane, out, Int32(width), Int32(height), Int32(reach), columns.baseAddress)
      }
    }
  }
}

extension Array where Element == Float {
  /// An array whose numbers are all written by a closure.
  static func made(_ count: Int, by write: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, made in
      if let start = buffer.baseAddress, count > 0 { write(start) }
      made = count
    }
  }
}
