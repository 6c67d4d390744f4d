import FrameVision
import Frames
import Testing

@Suite("Counting password dots")
struct DotCountTests {
  private let field = PixelRect(x: 10, y: 10, width: 200, height: 32)

  /// A field with dots of nine pixels, a caret behind them if wanted, and something else.
  private func frame(
    dots: Int, from start: Int = 20, caret: Bool = false, bar: PixelRect? = nil, shade: UInt8 = 220
  ) -> Frame {
    var luma = Plane(width: 240, height: 60, filledWith: 30)
    func fill(_ rect: PixelRect, _ shade: UInt8) {
      for y in rect.y..<rect.maxY {
        for x in rect.x..<rect.maxX { luma[x, y] = shade }
      }
    }
    for dot in 0..<dots { fill(PixelRect(x: start + 14 * dot, y: 22, width: 9, height: 9), 220) }
    if caret { fill(PixelRect(x: 23 + 14 * dots, y: 16, width: 2, height: 20), 150) }
    if let bar { fill(bar, shade) }
    let grey = Plane(width: 120, height: 30, filledWith: 128)
    return Frame(luma: luma, cb: grey, cr: grey)
  }

  @Test("Dots are counted, with the caret shown or not", arguments: [0, 1, 5, 11])
  func counts(dots: Int) {
    #expect(frame(dots: dots).dotCount(in: field) == dots)
    #expect(frame(dots: dots, caret: true).dotCount(in: field) == dots)
  }

  @Test("A caret that noise has torn is still one caret")
  func tornCaret() {
    let gap = PixelRect(x: 23 + 14 * 6, y: 31, width: 2, height: 2)
    #expect(frame(dots: 6, caret: true, bar: gap, shade: 40).dotCount(in: field) == 6)
  }

  @Test("The field's rim at the edge of the region does not count")
  func rim() {
    let rim = PixelRect(x: 10, y: 41, width: 200, height: 2)
    #expect(frame(dots: 7, caret: true, bar: rim).dotCount(in: field) == 7)
  }

  /// Something else than dots, of two parts, such as an eye with its pupil.
  private func frame(dots: Int, iconAt x: Int) -> Frame {
    let picture = frame(dots: dots, caret: true)
    var luma = picture.luma
    func fill(_ rect: PixelRect, _ shade: UInt8) {
      for y in rect.y..<rect.maxY {
        for x in rect.x..<rect.maxX { luma[x, y] = shade }
      }
    }
    fill(PixelRect(x: x, y: 19, width: 22, height: 15), 200)
    fill(PixelRect(x: x + 2, y: 21, width: 18, height: 11), 30)
    fill(PixelRect(x: x + 8, y: 24, width: 6, height: 6), 200)
    return Frame(luma: luma, cb: picture.cb, cr: picture.cr)
  }

  @Test("An icon at the field's far end is no part of what was typed", arguments: [0, 1, 4, 9])
  func icon(dots: Int) {
    #expect(frame(dots: dots, iconAt: 180).dotCount(in: field) == dots)
  }

  @Test("An icon close to the dots, or in the middle of the field, leaves them uncounted")
  func iconAmongDots() {
    #expect(frame(dots: 11, iconAt: 182).dotCount(in: field) == nil)
    #expect(frame(dots: 3, iconAt: 110).dotCount(in: field) == nil)
  }

  @Test("A lock close before the dots is no part of what was typed", arguments: [2, 5, 11])
  func lock(dots: Int) {
    // It is taller than what parts it from the dots is wide.
    let moved = frame(dots: dots, from: 46)
    var luma = moved.luma
    func fill(_ rect: PixelRect, _ shade: UInt8) {
      for y in rect.y..<rect.maxY { for x in rect.x..<rect.maxX { luma[x, y] = shade } }
    }
    fill(PixelRect(x: 18, y: 26, width: 14, height: 10), 200)
    fill(PixelRect(x: 21, y: 18, width: 8, height: 6), 200)
    let frame = Frame(luma: luma, cb: moved.cb, cr: moved.cr)
    #expect(frame.dotCount(in: field) == dots)
  }

  @Test("A letter among dots, or after them, leaves them uncounted", arguments: [1, 2, 3])
  func letterShown(dots: Int) {
    let letter = PixelRect(x: 24 + 14 * dots, y: 20, width: 6, height: 13)
    #expect(frame(dots: dots, bar: letter).dotCount(in: field) == nil)
  }

  @Test("Dots that fill the field to its far end are all counted")
  func full() {
    #expect(frame(dots: 13).dotCount(in: field) == 13)
  }

  @Test("What is not dots is not counted")
  func notDots() {
    let bar = PixelRect(x: 120, y: 22, width: 30, height: 9)
    #expect(frame(dots: 3, bar: bar).dotCount(in: field) == nil)
  }
}
