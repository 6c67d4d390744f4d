import CPixels
import Frames

/// Measures how much stands out in a picture, pixel by pixel and around each.
struct ReliefMap {
  let width: Int
  let height: Int

  /// The range of levels in the 3 by 3 pixels around each pixel; 0 at the top and bottom rows.
  func relief(of levels: [Float]) -> [Float] {
    .made(levels.count) { relief in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 6 * width) { scratch in
        pixels_relief(levels, relief, Int32(width), Int32(height), scratch.baseAddress)
      }
    }
  }

  /// What compression may have to leave something of: the root mean square relief of the block of
  /// eight by eight pixels that the frame was compressed in, or of the surroundings (the template
  /// was compressed too, in blocks that nobody knows), whichever is more.
  ///
  /// - Parameters:
  ///   - expected: the root mean square relief around each pixel of the expected levels.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  ///   - origin: where the first pixel lies in that plane.
  ///   - noise: the deviation of the noise in the frame, which is no relief.
  /// - Returns: the activity at each pixel.
  func activity(
    expected: [Float], in frame: Plane, at origin: PixelPoint, noise: Float
  ) -> [Float] {
    frame.samples.withUnsafeBufferPointer { samples in
      .made(expected.count) { activity in
        // The squared range of nine normal values is 9.4 variances on average.
        pixels_raise_activity(
          samples.baseAddress, frame.width, Int32(frame.width), Int32(frame.height),
          Int32(origin.x), Int32(origin.y), Int32(width), Int32(height), 10.5 * noise * noise,
          expected, activity)
      }
    }
  }

  /// The root of the mean square over the square around each pixel.
  func rootMeanSquares(_ plane: [Float], reach: Int) -> [Float] {
    .made(plane.count) { out in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * (width + reach)) { scratch in
        pixels_root_mean_squares(
          plane, out, Int32(width), Int32(height), Int32(reach), scratch.baseAddress)
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

  /// The larger of each number and of a share of another array's.
  func raised(to share: Float, of others: [Float]) -> [Float] {
    .made(count) { pixels_raise(self, others, share, count, $0) }
  }
}
