import Frames

/// Luma and two chroma planes (4:2:0), each row with room beside it, so that a loop may read one
/// sample too many.
struct PaddedPlanes {
  /// How one plane lies in memory.
  struct Shape {
    var width: Int
    var height: Int
    /// Bytes from one row to the next.
    var stride: Int { width + 32 }
    var count: Int { stride * height }
  }

  /// Luma, blue difference, red difference.
  let shapes: [Shape]
  private var samples: [UInt8]

  /// Creates planes for a picture of even sides.
  init(_ size: PixelSize) {
    let luma = Shape(width: size.width, height: size.height)
    let chroma = Shape(width: size.width / 2, height: size.height / 2)
    shapes = [luma, chroma, chroma]
    samples = [UInt8](repeating: 0, count: shapes.reduce(0) { $0 + $1.count })
  }

  /// Bytes from one row of a plane to the next, as libjpeg-turbo wants them.
  var strides: [Int32] { shapes.map { Int32($0.stride) } }

  /// Lends the starts of the three planes.
  mutating func withPointers<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Result
  ) -> Result {
    let second = shapes[0].count
    let third = second + shapes[1].count
    return samples.withUnsafeMutableBufferPointer { buffer in
      let start = buffer.baseAddress
      var pointers = [start, start?.advanced(by: second), start?.advanced(by: third)]
      return body(&pointers)
    }
  }

  /// Repeats each row's last sample beside it.
  mutating func repeatLastColumn() {
    let shapes = shapes
    withPointers { pointers in
      for (plane, shape) in shapes.enumerated() {
        guard let start = pointers[plane] else { continue }
        for row in 0..<shape.height {
          let end = start + row * shape.stride + shape.width
          end.pointee = (end - 1).pointee
        }
      }
    }
  }
}
