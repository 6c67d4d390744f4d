import Frames
import Testing

@testable import VirtualRecorder

@Suite("What JPEG loses")
struct PortsJPEGLossTests {
  /// A plane with slopes, edges and noise.
  static func plane(_ width: Int, _ height: Int, seed: UInt64) -> Plane {
    var lots = RandomStream(seed: seed, for: .captureNoise)
    var plane = Plane(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let ground = (x / 13 + y / 9) % 3 == 0 ? 200 : 30 + (x + 2 * y) % 90
        plane[x, y] = UInt8(max(0, min(255, ground + lots.integer(in: -6...6))))
      }
    }
    return plane
  }

  static func lost(_ plane: Plane, quality: Int, isLuma: Bool) -> Plane {
    let shape = PaddedPlanes.Shape(width: plane.width, height: plane.height)
    var padded = [UInt8](repeating: 77, count: shape.count)
    for y in 0..<plane.height {
      for x in 0..<plane.width { padded[y * shape.stride + x] = plane[x, y] }
    }
    var samples = [UInt8](repeating: 0, count: plane.width * plane.height)
    JPEGLoss(quality: quality).apply(to: padded, shape, isLuma: isLuma, into: &samples)
    return Plane(width: plane.width, height: plane.height, samples: samples)
  }

  /// The root of the mean squared distance between samples.
  static func distance(_ one: Plane, _ other: Plane) -> Double {
    let squares = zip(one.samples, other.samples).reduce(0) { sum, pair in
      let difference = Int(pair.0) - Int(pair.1)
      return sum + difference * difference
    }
    return (Double(squares) / Double(one.samples.count)).squareRoot()
  }

  @Test(
    "A plane looks as libjpeg-turbo leaves it, also where blocks reach over the edge",
    arguments: [1, 30, 50, 75, 92, 100],
    [PixelSize(width: 128, height: 96), .init(width: 74, height: 50)])
  func likeTheCodec(quality: Int, size: PixelSize) throws {
    let frame = Frame(
      luma: Self.plane(size.width, size.height, seed: 1),
      cb: Self.plane(size.width, size.height, seed: 2),
      cr: Self.plane(size.width, size.height, seed: 3))
    let coded = try JPEGCodec.decode(JPEGCodec.encode(frame, quality: quality))
    for (plane, expected, isLuma) in [
      (frame.luma, coded.luma, true), (frame.cb, coded.cb, false), (frame.cr, coded.cr, false),
    ] {
      let ours = Self.lost(plane, quality: quality, isLuma: isLuma)
      let (loss, expectedLoss) = (Self.distance(ours, plane), Self.distance(expected, plane))
      // The codec's quick transform rounds some values to the other side, in either direction.
      #expect((0.9...1.01).contains(loss / expectedLoss))
      #expect(Self.distance(ours, expected) < max(0.5, 0.65 * expectedLoss))
    }
  }
}
