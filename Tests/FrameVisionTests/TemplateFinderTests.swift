import Frames
import SeededRandom
import Testing

@testable import FrameVision

@Suite struct TemplateFinderTests {
  /// A log-in form, the button's label and its place to be chosen.
  private func screen(label: String = "Log in", left: Int = 200) -> Canvas {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    button(on: canvas, label, left, 120)
    canvas.text("Recorder 4", 40, 300, Ink(200, 200, 200), size: 16)
    return canvas
  }

  private func button(on canvas: Canvas, _ label: String, _ left: Int, _ top: Int) {
    canvas.fill(PixelRect(x: left, y: top, width: 140, height: 40), Ink(60, 90, 160))
    canvas.text(label, Double(left + 30), Double(top + 8), .white, size: 20)
  }

  private let place = PixelRect(x: 190, y: 110, width: 160, height: 60)
  private var template: Template { Template(screen().frame(), cropping: place) }

  @Test func findsAButtonToThePixel() {
    #expect(TemplateFinder().find(template, in: screen().frame()).match?.rect == place)
    let moved = TemplateFinder().find(template, in: screen(left: 333).frame())
    #expect(moved.match?.rect == place.offset(byX: 133, y: 0))
  }

  @Test func saysWhichPartOfANearMissDiffers() throws {
    let answer = TemplateFinder().find(template, in: screen(label: "Log on").frame())
    #expect(answer.match == nil)
    let nearest = try #require(answer.best)
    #expect(nearest.score < TemplateFinder.limit)
    let differs = try #require(nearest.differs)
    // The second letter of the second word.
    #expect(PixelRect(x: 270, y: 120, width: 40, height: 40).contains(differs.center))
  }

  @Test func answersLikeANewOneAfterOtherTones() throws {
    let template = template
    let tones: [CaptureChain.Tone] = [
      .right, .brightness(12), .gamma(1.08), .compressed, .right, .contrast(0.94), .expanded,
      .matrix601As709, .gamma(0.95), .brightness(-8), .matrix709As601, .right, .brightness(12),
    ]
    for (at, tone) in tones.enumerated() {
      // At odd places, too, and between pixels: the template then meets another grid of chroma.
      var chain = CaptureChain(noise: 2, quality: 90, seed: at)
      chain.tone = tone
      chain.shiftX = at % 3 == 2 ? 0.4 : 0
      let frame = try chain.captured(screen(left: 200 + at).pixels())
      let answer = TemplateFinder().find(template, in: frame)
      #expect(answer == TemplateFinder().find(self.template, in: frame), "\(tone)")
    }
  }

  @Test func looksOnlyInsideTheRegion() {
    let frame = SearchableFrame(screen().frame())
    let right = PixelRect(x: 320, y: 0, width: 320, height: 360)
    #expect(TemplateFinder().find(template, in: frame, region: right).match == nil)
    #expect(TemplateFinder().find(template, in: frame, region: place).match?.rect == place)
    let tiny = PixelRect(x: 0, y: 0, width: 20, height: 20)
    #expect(TemplateFinder().find(template, in: frame, region: tiny) == .absent(nearest: nil))
    let outside = PixelRect(x: 900, y: 900, width: 200, height: 200)
    #expect(TemplateFinder().find(template, in: frame, region: outside) == .absent(nearest: nil))
  }

  @Test func namesBothPlacesOfAnAmbiguousTarget() throws {
    let canvas = screen(left: 60)
    button(on: canvas, "Log in", 400, 220)
    let template = Template(
      screen().frame(), cropping: PixelRect(x: 200, y: 120, width: 140, height: 40))
    let frame = SearchableFrame(try CaptureChain(noise: 3, quality: 85).captured(canvas.pixels()))
    guard case .ambiguous(let one, let other) = TemplateFinder().find(template, in: frame) else {
      Issue.record("\(TemplateFinder().find(template, in: frame))")
      return
    }
    let corners = Set([one, other].map { PixelPoint(x: $0.rect.x, y: $0.rect.y) })
    #expect(corners == [PixelPoint(x: 60, y: 120), PixelPoint(x: 400, y: 220)])
    let all = TemplateFinder().findAll(template, in: frame)
    #expect(all.map(\.rect.x) == [60, 400])
  }

  @Test func findsAllOfSixEqualRowsInReadingOrder() throws {
    let canvas = Canvas(640, 360, Ink(230, 230, 232))
    for row in 0..<6 { Self.row(on: canvas, top: 30 + 44 * row) }
    let alone = Canvas(640, 120, Ink(230, 230, 232))
    Self.row(on: alone, top: 30)
    let template = Template(
      alone.frame(), cropping: PixelRect(x: 40, y: 30, width: 240, height: 36))
    for seed in 1...3 {
      let chain = CaptureChain(noise: 4, quality: 80, seed: seed)
      let frame = SearchableFrame(try chain.captured(canvas.pixels()))
      #expect(
        TemplateFinder().findAll(template, in: frame).map(\.rect.y) == (0..<6).map { 30 + 44 * $0 })
    }
  }

  private static func row(on canvas: Canvas, top: Int) {
    canvas.fill(PixelRect(x: 40, y: top, width: 240, height: 36), Ink(200, 205, 215))
    canvas.text("Camera", 60, Double(top + 8), .black, size: 16)
    canvas.outline(PixelRect(x: 220, y: top + 8, width: 20, height: 20), .black)
  }

  @Test func looksPastWhatIsIgnored() {
    let canvas = screen()
    // A pointer on the label.
    canvas.line([(260, 130), (260, 150), (268, 146), (260, 130)], .white, width: 3)
    let pointer = PixelRect(x: 256, y: 126, width: 16, height: 28)
    let finder = TemplateFinder()
    #expect(finder.find(template, in: canvas.frame()).match == nil)
    #expect(finder.find(template, in: canvas.frame(), ignoring: [pointer]).match?.rect == place)
  }

  @Test func isUnsureWhenTooMuchIsHidden() {
    let half = PixelRect(x: 190, y: 110, width: 100, height: 60)
    let answer = TemplateFinder().find(template, in: screen().frame(), ignoring: [half])
    guard case .unclear(_, let reason) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(reason.contains("can be seen"))
  }

  @Test func doesNotLookAtTransparentPixels() throws {
    let size = PixelSize(width: 40, height: 40)
    var image = RGBImage(size: size, filledWith: RGBColor(red: 0, green: 0, blue: 0, alpha: 0))
    // A white gear on a green disk; what is around the disk shines through.
    func draw(on canvas: Canvas, _ x: Int, _ y: Int) {
      canvas.dot(Double(x) + 20, Double(y) + 20, radius: 19.5, Ink(10, 120, 60))
      Widget.Shape.gear.draw(
        on: canvas, PixelRect(x: x + 8, y: y + 8, width: 24, height: 24), .white)
    }
    let icon = Canvas(40, 40, Ink(255, 0, 255))
    draw(on: icon, 0, 0)
    let drawn = RGBImage(icon.frame())
    for y in 0..<40 {
      for x in 0..<40 where (2 * x - 39) * (2 * x - 39) + (2 * y - 39) * (2 * y - 39) < 37 * 37 {
        image[x, y] = drawn[x, y]
      }
    }
    for ground in [Ink(90, 20, 20), Ink(20, 20, 120), Ink(200, 202, 220)] {
      let canvas = Canvas(320, 240, ground)
      draw(on: canvas, 100, 70)
      let answer = TemplateFinder().find(Template(image), in: canvas.frame())
      #expect(answer.match?.rect == PixelRect(x: 100, y: 70, width: 40, height: 40), "\(answer)")
    }
  }

  @Test(
    "The frame of a window is found, whatever is in the window", arguments: [4, 7, 20, 48])
  func windowFrames(thickness: Int) throws {
    let window = PixelRect(x: 203, y: 91, width: 330, height: 240)
    func screen(_ inside: UInt64, hasWindow: Bool = true) -> Frame {
      let canvas = Canvas(800, 480, Ink(60, 80, 90))
      var random = SeededStream(seed: inside, name: "windows")
      for _ in 0..<60 {
        let rect = PixelRect(
          x: Int.random(in: 0..<760, using: &random), y: Int.random(in: 0..<440, using: &random),
          width: Int.random(in: 5..<90, using: &random),
          height: Int.random(in: 5..<60, using: &random))
        let level = Int.random(in: 30..<226, using: &random)
        canvas.fill(rect, Ink(level, 255 - level, 120))
      }
      if hasWindow {
        for side in [
          PixelRect(x: 0, y: 0, width: 330, height: thickness),
          PixelRect(x: 0, y: 240 - thickness, width: 330, height: thickness),
          PixelRect(x: 0, y: 0, width: thickness, height: 240),
          PixelRect(x: 330 - thickness, y: 0, width: thickness, height: 240),
        ] {
          let side = side.offset(byX: window.x, y: window.y)
          canvas.fill(side, Ink(180, 190, 210))
          canvas.outline(side, Ink(20, 20, 30))
        }
      }
      return canvas.frame()
    }
    var cutting = RGBImage(screen(1)).cropped(to: window)
    let open = PixelRect(window.size).insetBy(thickness)
    for y in open.y..<open.maxY {
      for x in open.x..<open.maxX {
        cutting[x, y] = RGBColor(red: 0, green: 0, blue: 0, alpha: 0)
      }
    }
    let template = Template(cutting)
    #expect(template.weakness == nil)
    let answer = TemplateFinder().find(template, in: screen(2))
    #expect(answer.match?.rect == window, "\(answer)")
    let absent = TemplateFinder().find(template, in: screen(2, hasWindow: false))
    #expect(absent.match == nil, "\(absent)")
  }

  @Test func understandsLimitedRangeAndBT709() {
    let drawn = RGBImage(screen().frame())
    for range in [ColorEncoding.Range.full, .limited] {
      for matrix in [ColorEncoding.Matrix.bt601, .bt709] {
        let encoding = ColorEncoding(range: range, matrix: matrix)
        let frame = Frame(image: drawn, encoding: encoding, chroma: .halfWidth)
        let match = TemplateFinder().find(template, in: frame).match
        #expect(match?.rect == place)
        #expect(match?.score ?? 0 > 0.8)
      }
    }
  }

  @Test func refusesReferencesThatCarryTooLittle() {
    #expect(template.weakness == nil)
    let flat = Template(Canvas(60, 40, Ink(60, 90, 160)).frame())
    #expect(flat.weakness?.contains("flat") == true)
    let small = Template(
      screen().frame(), cropping: PixelRect(x: 200, y: 120, width: 11, height: 40))
    #expect(small.weakness?.contains("smaller than 12x12") == true)
  }

  @Test func knowsWhiteThatNoiseHasMadeGrey() throws {
    // Cut off above white, noise makes a light screen darker and leaves its letters as they are.
    func form(_ label: String) -> Canvas {
      let canvas = Canvas(480, 270, Ink(246, 246, 248))
      canvas.fill(PixelRect(x: 100, y: 80, width: 140, height: 40), Ink(206, 210, 216))
      canvas.text(label, 130, 88, Ink(24, 26, 30), size: 20)
      ToneMarks.draw(on: canvas)
      return canvas
    }
    let place = PixelRect(x: 90, y: 70, width: 160, height: 60)
    let template = Template(form("Log in").frame(), cropping: place)
    for seed in 1...4 {
      let chain = CaptureChain(tone: .expanded, blur: 1, noise: 15, quality: 50, seed: seed)
      let there = try chain.captured(form("Log in").pixels())
      #expect(
        TemplateFinder().find(template, in: there, marksOf: form("Log in")).match?.rect == place,
        "seed \(seed)")
      let other = try chain.captured(form("Log on").pixels())
      #expect(
        TemplateFinder().find(template, in: other, marksOf: form("Log in")).match == nil,
        "seed \(seed)")
    }
  }

  @Test(
    "A light colour is known, whatever a grabber stretches",
    arguments: ["planes", "primaries"])
  func lightColors(stretched: String) throws {
    // Light blue that stretching cuts off in its blue alone, beside dark blue and white.
    let canvas = Canvas(480, 270, Ink(70, 74, 80))
    canvas.fill(PixelRect(x: 40, y: 100, width: 400, height: 64), Ink(30, 46, 66))
    canvas.text("Search  Record  Set up", 70, 138, Ink(250, 250, 250), size: 15)
    for x in [90, 170, 250] {
      for bar in 0..<3 {
        canvas.fill(PixelRect(x: x, y: 108 + 7 * bar, width: 10, height: 3), Ink(206, 227, 250))
      }
    }
    canvas.text("Recorder 4", 60, 220, Ink(250, 250, 250), size: 15)
    let place = PixelRect(x: 44, y: 104, width: 392, height: 56)
    let template = Template(canvas.frame(), cropping: place)
    // The bar alone may be darker; what stands elsewhere is as well.
    let other = Template(canvas.frame(), cropping: PixelRect(x: 50, y: 210, width: 120, height: 36))
    let consensus = PhotometricConsensus(references: [PhotometricReference(other)])
    let frame =
      if stretched == "primaries" {
        try CaptureChain(tone: .expanded, noise: 1, quality: 90).captured(canvas.pixels())
      } else {
        stretchedPlanes(try CaptureChain(noise: 1, quality: 90).captured(canvas.pixels()))
      }
    let answer = TemplateFinder().find(
      template, in: SearchableFrame(frame, consensus: consensus))
    #expect(answer.match?.rect == place, "\(answer)")
    // The flat colours leave both open: what differs is in small parts, which decide afterwards.
    let searchable = SearchableFrame(frame)
    let samples = template.photometricSamples
    let fit = samples.fit(
      in: searchable.patch(around: place), at: PixelPoint(x: place.x, y: place.y),
      range: searchable.levelRange, weights: nil)
    let transforms = samples.likelyTransforms(by: fit).map { PhotometricTransform.all[$0] }
    #expect(transforms.count { $0.mistake == .expanded } == 2)
  }

  /// Full range taken for limited where light and colour are apart already.
  private func stretchedPlanes(_ frame: Frame) -> Frame {
    func stretched(_ plane: Plane, from low: Int, _ high: Int, pivot: Int) -> Plane {
      var plane = plane
      plane.samples = plane.samples.map {
        UInt8(max(0, min(255, pivot + (Int($0) - low) * 255 / (high - low))))
      }
      return plane
    }
    return Frame(
      luma: stretched(frame.luma, from: 16, 235, pivot: 0),
      cb: stretched(frame.cb, from: 128, 352, pivot: 128),
      cr: stretched(frame.cr, from: 128, 352, pivot: 128))
  }
}
