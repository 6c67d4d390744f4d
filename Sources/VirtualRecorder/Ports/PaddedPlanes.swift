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

  /// Fills planes of another size with the same picture, each sample interpolated between the four
  /// around its place, as simple grabbers do.
  mutating func scale(into other: inout PaddedPlanes) {
    let (shapes, others) = (shapes, other.shapes)
    withPointers { from in
      other.withPointers { into in
        for plane in shapes.indices {
          guard let from = from[plane], let into = into[plane] else { continue }
          Self.scale(from, shapes[plane], into, others[plane])
        }
      }
    }
    other.repeatLastColumn()
  }

  private static func scale(
    _ from: UnsafePointer<UInt8>, _ shape: Shape, _ into: UnsafeMutablePointer<UInt8>,
    _ other: Shape
  ) {
    let columns = Place.all(from: shape.width, to: other.width)
    for (row, down) in Place.all(from: shape.height, to: other.height).enumerated() {
      let (top, bottom) = (from + down.first * shape.stride, from + down.second * shape.stride)
      let out = into + row * other.stride
      for (column, across) in columns.enumerated() {
        func between(_ line: UnsafePointer<UInt8>) -> Int {
          Int(line[across.first]) * (64 - across.share) + Int(line[across.second]) * across.share
        }
        let sum = between(top) * (64 - down.share) + between(bottom) * down.share
        out[column] = UInt8((sum + 2048) >> 12)
      }
    }
  }

  /// The two samples that a place of another size lies between, and the share of the second in 64ths.
  private struct Place {
    var first: Int
    var second: Int
    var share: Int

    static func all(from count: Int, to target: Int) -> [Place] {
      (0..<target).map { index in
        let at = max(0, (2 * index + 1) * 32 * count / target - 32)
        let first = min(count - 1, at / 64)
        return Place(first: first, second: min(count - 1, first + 1), share: at % 64)
      }
    }
  }
}
