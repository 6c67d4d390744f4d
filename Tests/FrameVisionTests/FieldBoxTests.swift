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

  @Test(
    "What is drawn beside a label and is no field is told, and why",
    arguments: [
      (PixelRect(x: 270, y: 60, width: 300, height: 100), FieldSide.rightOf, .high),
      (PixelRect(x: 270, y: 92, width: 50, height: 34), .rightOf, .narrow),
      (PixelRect(x: 270, y: 112, width: 200, height: 34), .rightOf, .unaligned),
      (PixelRect(x: 150, y: 128, width: 420, height: 34), .below, .unaligned),
    ] as [(PixelRect, FieldSide, FieldBoxMisfit.Reason)])
  func misfits(field: PixelRect, side: FieldSide, reason: FieldBoxMisfit.Reason) {
    let frame = frame(field: field, ground: 245, rim: 150, panel: 40, filled: false)
    let boxes = frame.fieldBoxes(side, of: label)
    #expect(boxes.field == nil)
    #expect(
      boxes.misfits.contains { $0.reason == reason && field.contains($0.box) }, "\(boxes.misfits)")
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

  /// A form as toolkits and pages draw them.
  private struct Form {
    let panel: Int
    let ground: Int
    let rim: Int?
    let width: Double
    let radius: Double
    let field: PixelRect
    let label: PixelRect
    let side: FieldSide
    let typed: String
    let size: Double

    init(_ dice: inout Dice) {
      let isDark = Bool.random(using: &dice)
      let panel =
        isDark ? Int.random(in: 15...90, using: &dice) : .random(in: 200...250, using: &dice)
      let towards = panel < 128 ? 1 : -1
      let hasRim = Bool.random(using: &dice)
      let rimStep = [25, 37, 60, 120].randomElement(using: &dice) ?? 60
      let step = hasRim ? 0 : [16, 24, 40, 100].randomElement(using: &dice) ?? 40
      (self.panel, ground) = (panel, panel + towards * step)
      rim = hasRim ? panel + towards * rimStep : nil
      width = [1, 1.5, 2, 3].randomElement(using: &dice) ?? 1
      size = Double.random(in: 15...22, using: &dice)
      side = Bool.random(using: &dice) ? .below : .rightOf
      let origin = PixelPoint(
        x: .random(in: 20...60, using: &dice), y: .random(in: 60...80, using: &dice))
      label = PixelRect(x: origin.x, y: origin.y, width: Int(7.6 * size), height: Int(size))
      let gap = Int.random(in: 6...24, using: &dice)
      let height = Int(Double.random(in: 1.9...2.6, using: &dice) * size)
      field =
        side == .below
        ? PixelRect(x: origin.x, y: label.maxY + gap / 3 + 4, width: 260, height: height)
        : PixelRect(
          x: label.maxX + gap, y: label.center.y - height / 2, width: 260, height: height)
      radius = [0, 4, 8, Double(height) / 2].randomElement(using: &dice) ?? 0
      typed =
        ["", "a1b2c3", "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}"]
        .randomElement(using: &dice) ?? ""
    }

    func picture() -> (picture: RGBPixels, label: PixelRect) {
      let canvas = Canvas(700, 200, Ink(panel, panel, panel))
      let ink = panel < 128 ? Ink(235, 235, 235) : Ink(25, 25, 25)
      let label = canvas.text(
        "Secure Code", Double(label.x), Double(label.y) - size * 0.25, ink, size: size)
      canvas.roundBox(
        field, Ink(ground, ground, ground), radius: radius, rim: rim.map { Ink($0, $0, $0) },
        width: width)
      canvas.text(
        typed, Double(field.x) + max(8, 0.3 * radius), Double(field.center.y) - size * 0.72, ink,
        size: size)
      // Another field, strongly drawn, that belongs to something else.
      canvas.roundBox(
        PixelRect(x: 560, y: field.y, width: 130, height: field.height), .white, radius: 4,
        rim: .black, width: 2)
      return (canvas.pixels(), label)
    }
  }

  @Test("Faint rims, round ends and mere shades are found as they are, in 200 forms drawn by seed")
  func drawnForms() throws {
    var missed: [String] = []
    for seed in 0..<200 {
      var dice = Dice(8_100 + seed)
      let form = Form(&dice)
      let (picture, label) = form.picture()
      var chain = CaptureChain()
      (chain.noise, chain.seed) = (seed % 2 == 0 ? 1 : 2, seed)
      if seed % 3 == 0 { (chain.quality, chain.shiftX) = (80, 0.4) }
      guard let box = try chain.captured(picture).fieldBox(form.side, of: label) else {
        missed.append("\(seed): none of \(form.field)")
        continue
      }
      // One that is cut short would have something typed in it taken for nothing.
      #expect(
        form.field.insetBy(-2).contains(box) && box.width >= form.field.width - form.field.height
          && 2 * box.height >= form.field.height, "\(seed): \(box) of \(form.field)")
    }
    #expect(missed.count <= 4, "\(missed)")
  }
}
