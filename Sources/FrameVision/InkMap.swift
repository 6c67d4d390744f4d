import Frames

/// Which pixels stand out from their surroundings: one byte a pixel, a bit for each direction.
struct InkMap {
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
    let (width, height) = (luma.width, luma.height)
    self.width = width
    self.height = height
    // Sums of the columns' pixels within reach above and below, kept up row by row.
    var columns = [UInt16](repeating: 0, count: width)
    var prefix = [Int32](repeating: 0, count: width + 1)
    // By how many a pixel is multiplied to be compared with a sum over the square.
    var lefts = [Int32](repeating: 0, count: width)
    var rights = lefts
    for x in 0..<width {
      lefts[x] = Int32(max(0, x - reach))
      rights[x] = Int32(min(width, x + reach + 1))
    }
    bits = [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      luma.samples.withUnsafeBufferPointer { samples in
        columns.withUnsafeMutableBufferPointer { columns in
          for row in 0..<min(reach, height) {
            for x in 0..<width { columns[x] &+= UInt16(samples[row &* width &+ x]) }
          }
          for y in 0..<height {
            if y + reach < height {
              let line = (y + reach) * width
              for x in 0..<width { columns[x] &+= UInt16(samples[line &+ x]) }
            }
            if y - reach - 1 >= 0 {
              let line = (y - reach - 1) * width
              for x in 0..<width { columns[x] &-= UInt16(samples[line &+ x]) }
            }
            let rows = Int32(min(height, y + reach + 1) - max(0, y - reach))
            Self.row(
              samples, at: y * width, columns: columns, rows: rows, &prefix, lefts, rights, step,
              out)
          }
        }
      }
      count = width * height
    }
  }

  /// Takes pixels that rise far enough above all wide things around them.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - lights: how far each pixel rises as light ink, as ``StrokeMap`` tells.
  ///   - darks: the same as dark ink.
  ///   - step: how far a pixel must rise, in levels.
  init(_ luma: Plane, lights: [UInt8], darks: [UInt8], step: UInt8) {
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

  private static func row(
    _ samples: UnsafeBufferPointer<UInt8>, at start: Int,
    columns: UnsafeMutableBufferPointer<UInt16>, rows: Int32, _ prefix: inout [Int32],
    _ lefts: [Int32], _ rights: [Int32], _ step: Int32, _ out: UnsafeMutableBufferPointer<UInt8>
  ) {
    prefix.withUnsafeMutableBufferPointer { prefix in
      var sum: Int32 = 0
      for x in 0..<columns.count {
        sum &+= Int32(columns[x])
        prefix[x &+ 1] = sum
      }
      lefts.withUnsafeBufferPointer { lefts in
        rights.withUnsafeBufferPointer { rights in
          for x in 0..<columns.count {
            let area = (rights[x] &- lefts[x]) &* rows
            let around = prefix[Int(rights[x])] &- prefix[Int(lefts[x])]
            let excess = Int32(samples[start &+ x]) &* area &- around
            let limit = step &* area
            out[start &+ x] = (excess > limit ? light : 0) | (excess < 0 &- limit ? dark : 0)
          }
        }
      }
    }
  }
}
