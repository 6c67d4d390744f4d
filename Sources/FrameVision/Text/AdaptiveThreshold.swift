import CPixels
import Frames

/// An adaptive threshold: which pixels stand out from their surroundings, one byte a pixel, a bit
/// for each direction.
struct AdaptiveThreshold {
  /// The bit of pixels lighter than their surroundings.
  static let light: UInt8 = 1
  /// The bit of pixels darker than their surroundings.
  static let dark: UInt8 = 2

  let width: Int
  let height: Int
  let bits: [UInt8]

  /// Compares each pixel with the mean of the square around it.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - reach: how far the square goes each way, in pixels.
  ///   - step: how far a pixel must be from the mean, in levels.
  init(_ luma: Plane, reach: Int = 15, step: Int32 = 18) {
    width = luma.width
    height = luma.height
    bits = [UInt8](unsafeUninitializedCapacity: luma.size.area) { out, count in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * luma.width + 1) { scratch in
        pixels_adaptive_threshold(
          luma.samples, Int32(luma.width), Int32(luma.height), Int32(reach), step, out.baseAddress,
          scratch.baseAddress)
      }
      count = luma.size.area
    }
  }

  /// Takes pixels that rise far enough above all wide things around them.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - lights: the top-hat of light strokes, as ``TopHat`` tells.
  ///   - darks: the same of dark ones.
  ///   - step: how far a pixel must rise, in levels.
  init(_ luma: Plane, lightResidue lights: [UInt8], darkResidue darks: [UInt8], step: UInt8) {
    width = luma.width
    height = luma.height
    bits = [UInt8](unsafeUninitializedCapacity: lights.count) { out, count in
      lights.withUnsafeBufferPointer { lights in
        darks.withUnsafeBufferPointer { darks in
          for at in 0..<lights.count {
            out[at] = (lights[at] > step ? Self.light : 0) | (darks[at] > step ? Self.dark : 0)
          }
        }
      }
      count = lights.count
    }
  }
}
