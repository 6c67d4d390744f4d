import FrameVision
import Frames
import Testing

@Suite("The box of a field beside its label")
struct FieldBoxTests {
  /// A form on a shaded panel, noisy as a grabber's pictures are.
  private func frame(
    field: PixelRect, ground: UInt8, rim: UInt8, panel: UInt8, filled: Bool, noise: Int = 8
  ) -> Frame {
    var luma = Plane(width: 640, height: 360, filledWith: panel)
    func fill(_ rect: PixelRect, _ shade: UInt8) {
      for y in rect.y..<rect.maxY { for x in rect.x..<rect.maxX { luma[x, y] = shade } }
    }
    for y in 0..<360 {
      for x in 0..<640 { luma[x, y] = UInt8(clamping: Int(panel) - y / 30) }
    }
    // The letters of a label, and what is typed.
    for letter in 0..<9 { fill(PixelRect(x: 100 + 9 * letter, y: 103, width: 5, height: 13), 240) }
    fill(field.insetBy(-2), rim)
    fill(field, ground)
    if filled {
      let ink: UInt8 = ground > 128 ? 10 : 230
      for dot in 0..<8 {
        fill(PixelRect(x: field.x + 10 + 14 * dot, y: field.center.y - 4, width: 9, height: 9), ink)
      }
    }
    var state = UInt64(7)
    for at in luma.samples.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      let shift = Int((state >> 33) % UInt64(2 * noise + 1)) - noise
      luma.samples[at] = UInt8(clamping: Int(luma.samples[at]) + shift)
    }
    let grey = Plane(width: 320, height: 180, filledWith: 128)
    return Frame(luma: luma, cb: grey, cr: grey, number: 1, capturedAt: .zero)
  }

  private let label = PixelRect(x: 100, y: 103, width: 77, height: 13)

  @Test(
    "It is found to the right and below, light or dark, empty or filled",
    arguments: [(UInt8(245), UInt8(150), UInt8(40)), (41, 117, 24), (255, 154, 240)],
    [false, true])
  func found(shades: (UInt8, UInt8, UInt8), filled: Bool) throws {
    let right = PixelRect(x: 270, y: 92, width: 300, height: 34)
    let below = PixelRect(x: 100, y: 128, width: 420, height: 34)
    for (side, field) in [(FieldSide.rightOf, right), (.below, below)] {
      let frame = frame(
        field: field, ground: shades.0, rim: shades.1, panel: shades.2, filled: filled)
      let box = try #require(frame.fieldBox(side, of: label), "\(side) \(shades)")
      #expect(field.contains(box), "\(box) of \(field)")
      #expect(box.width >= field.width - 12 && box.height >= field.height - 8, "\(box) of \(field)")
    }
  }

  @Test("A strip of the panel below a label whose field is hardly to be seen is no field")
  func strip() {
    let strip = PixelRect(x: 66, y: 128, width: 508, height: 60)
    let frame = frame(field: strip, ground: 245, rim: 150, panel: 40, filled: false)
    #expect(frame.fieldBox(.below, of: label) == nil)
  }

  @Test("A field may be wider than its label to both sides, or end where that ends")
  func aligned() {
    for field in [
      PixelRect(x: 38, y: 128, width: 200, height: 34),
      PixelRect(x: 20, y: 128, width: 160, height: 34),
    ] {
      let frame = frame(field: field, ground: 245, rim: 150, panel: 40, filled: true)
      #expect(frame.fieldBox(.below, of: label) != nil, "\(field)")
    }
  }

  @Test("There is none where nothing is drawn, and none that is no field")
  func absent() {
    let far = PixelRect(x: 300, y: 300, width: 200, height: 34)
    let frame = frame(field: far, ground: 245, rim: 150, panel: 40, filled: false)
    #expect(frame.fieldBox(.rightOf, of: label) == nil)
    #expect(frame.fieldBox(.below, of: label) == nil)
    let square = PixelRect(x: 270, y: 100, width: 20, height: 20)
    let box = self.frame(field: square, ground: 245, rim: 150, panel: 40, filled: false)
    #expect(box.fieldBox(.rightOf, of: label) == nil)
  }
}
