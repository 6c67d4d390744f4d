import CPixels
import Frames

/// Measures the gradients of a picture, pixel by pixel and around each.
struct GradientMap {
  let width: Int
  let height: Int

  /// The morphological gradient: the range of levels in the 3 by 3 pixels around each pixel; 0 at
  /// the top and bottom rows.
  func gradient(of levels: [Float]) -> [Float] {
    .made(levels.count) { gradient in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 6 * width) { scratch in
        pixels_morphological_gradient(
          levels, gradient, Int32(width), Int32(height), scratch.baseAddress)
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

/// The gradients in the blocks of eight by eight pixels in which a frame was compressed, where a
/// place lies: the root mean square of each.
struct BlockGradients {
  private let rms: [Float]
  private let columns: Int
  /// Where the place begins in the first block.
  private let start: PixelPoint

  /// Measures the blocks that a place lies in.
  ///
  /// - Parameters:
  ///   - rect: the place.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  ///   - variance: what of the mean squared gradient noise makes, which is no gradient.
  init(of rect: PixelRect, in frame: Plane, variance: Float) {
    let columns = (rect.maxX + 7) / 8 - rect.x / 8
    let rows = (rect.maxY + 7) / 8 - rect.y / 8
    self.columns = columns
    start = PixelPoint(x: rect.x % 8, y: rect.y % 8)
    rms = frame.samples.withUnsafeBufferPointer { samples in
      .made(columns * rows) { rms in
        pixels_block_rms_gradients(
          samples.baseAddress, frame.width, Int32(frame.width), Int32(frame.height),
          Int32(rect.x), Int32(rect.y), Int32(rect.width), Int32(rect.height),
          variance, rms)
      }
    }
  }

  /// What the block has in which a pixel of the place lies.
  func rmsGradient(at point: PixelPoint) -> Float {
    rms[(start.y + point.y) / 8 * columns + (start.x + point.x) / 8]
  }

  /// Hands the blocks to a loop over pixels.
  func withBlocks<Result>(_ body: (PixelsBlockGradients) -> Result) -> Result {
    rms.withUnsafeBufferPointer {
      body(
        PixelsBlockGradients(
          rms: $0.baseAddress, columns: Int32(columns), left: Int32(start.x), top: Int32(start.y))
      )
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
