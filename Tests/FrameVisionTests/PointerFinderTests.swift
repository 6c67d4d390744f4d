import Frames
import SeededRandom
import Testing

@testable import FrameVision

@Suite struct PointerFinderTests {
  private static let size = PixelSize(width: 10, height: 14)
  private static let place = PixelPoint(x: 40, y: 30)

  /// A drawing, a flat ground, and the drawing on it, each sample off by some levels to either side.
  private struct Pictures {
    let drawing: Plane
    var stream: SeededStream

    init(seed: UInt64) {
      var stream = SeededStream(seed: seed, name: "pointer")
      let samples = (0..<size.area).map { _ in UInt8.random(in: 60...200, using: &stream) }
      self.stream = stream
      drawing = Plane(width: size.width, height: size.height, samples: samples)
    }

    var finder: PointerFinder {
      PointerFinder(
        PointerAppearance(
          luma: drawing, isOpaque: Array(repeating: true, count: size.area), noise: 2))
    }

    mutating func picture(offBy levels: Int?) -> Frame {
      var luma = Plane(width: 120, height: 80, filledWith: 20)
      if let levels {
        for y in 0..<size.height {
          for x in 0..<size.width {
            let off =
              ((x + y).isMultiple(of: 2) ? levels : -levels) + .random(in: -1...1, using: &stream)
            luma[place.x + x, place.y + y] = UInt8(clamping: Int(drawing[x, y]) + off)
          }
        }
      }
      let chroma = Plane(width: 60, height: 40, filledWith: 128)
      return Frame(luma: luma, cb: chroma, cr: chroma, number: 0, capturedAt: .zero)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `What was there before is known again, though it is not surely a pointer`(seed: UInt64)
    throws
  {
    var pictures = Pictures(seed: seed)
    let finder = pictures.finder
    let (before, now) = (pictures.picture(offBy: 14), pictures.picture(offBy: 14))
    let seen = try #require(finder.find(in: now, near: Self.place, radius: 6))
    #expect(seen.isLikely && !seen.isSure)
    #expect(finder.findSurely(in: before, near: Self.place, radius: 6) == nil)
    #expect(finder.isAsAlike(seen, in: before, radius: 3))
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `A pointer that lies where something like it stood is the pointer all the same`(seed: UInt64)
    throws
  {
    var pictures = Pictures(seed: seed)
    let finder = pictures.finder
    let now = pictures.picture(offBy: 0)
    let seen = try #require(finder.find(in: now, near: Self.place, radius: 6))
    #expect(!finder.isAsAlike(seen, in: pictures.picture(offBy: 14), radius: 3))
    #expect(!finder.isAsAlike(seen, in: pictures.picture(offBy: nil), radius: 3))
  }
}
