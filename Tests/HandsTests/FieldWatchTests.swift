import Frames
import Testing

@testable import Hands

@Suite("A field from picture to picture")
struct FieldWatchTests {
  private static let field = PixelRect(x: 10, y: 5, width: 80, height: 20)

  /// A field with a letter, and bars of a width at places.
  private func frame(bars: [Int], width: Int = 2, ink: UInt8 = 220) -> Frame {
    var luma = Plane(width: 120, height: 40, filledWith: 30)
    for y in 10..<20 {
      for x in 20..<28 { luma[x, y] = 200 }
      for x in bars.flatMap({ $0..<($0 + width) }) { luma[x, y] = ink }
    }
    let grey = Plane(width: 120, height: 40, filledWith: 128)
    return Frame(
      luma: luma, cb: grey, cr: grey, number: 1, capturedAt: MonotonicInstant(nanoseconds: 1))
  }

  @Test("A caret that blinks is known by the picture that lacks it, be it lighter or darker")
  func caret() {
    for ink in [UInt8(220), 90] {
      let (with, without) = (frame(bars: [31], ink: ink), frame(bars: []))
      #expect(FieldWatch(Self.field, of: with).hasBar(unlike: without))
      #expect(!FieldWatch(Self.field, of: without).hasBar(unlike: with))
    }
  }

  @Test("What is wider than a caret, and what stays, is none")
  func others() {
    let with = FieldWatch(Self.field, of: frame(bars: [31], width: 8))
    #expect(!with.hasBar(unlike: frame(bars: [])))
    #expect(!FieldWatch(Self.field, of: frame(bars: [31])).hasBar(unlike: frame(bars: [31])))
  }
}
