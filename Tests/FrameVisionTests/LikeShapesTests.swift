import Frames
import Testing

@testable import FrameVision

/// Small things that differ in shape or colour from others nearby, as little as icons do.
@Suite struct LikeShapesTests {
  /// What an icon of nine pixels may show.
  enum Icon: CaseIterable {
    case bars, ring, house, drop

    func draw(on canvas: Canvas, _ x: Int, _ y: Int, _ ink: Ink, ground: Ink) {
      let (middle, center) = (Double(x) + 4.5, Double(y) + 4.5)
      switch self {
      case .bars:
        for (at, width) in [9, 9, 6].enumerated() {
          canvas.fill(PixelRect(x: x, y: y + 3 * at, width: width, height: 2), ink)
        }
      case .ring:
        canvas.dot(middle, center, radius: 4.5, ink)
        canvas.dot(middle, center, radius: 1.6, ground)
      case .house:
        let roof = [(middle - 4, center), (middle, center - 4), (middle + 4, center)]
        canvas.line(roof, ink, width: 2)
        canvas.fill(PixelRect(x: x + 1, y: y + 4, width: 7, height: 5), ink)
        canvas.fill(PixelRect(x: x + 4, y: y + 6, width: 2, height: 3), ground)
      case .drop:
        canvas.line([(middle, center - 4.5), (middle, center)], ink, width: 2)
        canvas.dot(middle, center + 1, radius: 3.5, ink)
      }
    }
  }

  /// Red has little light: on dark ground a red icon hardly stands out in luma.
  private let ink = Ink(190, 28, 56)
  private let ground = Ink(30, 32, 40)
  private let side = 23

  /// Icons in a row, where they lie, and a word that makes it a screen.
  private func bar(_ icons: [Icon]) -> (canvas: Canvas, places: [PixelRect]) {
    let canvas = Canvas(480, 270, ground)
    canvas.text("Cameras 1-4", 300, 200, Ink(210, 210, 210))
    let places = icons.indices.map { PixelRect(x: 40 + 52 * $0, y: 96, width: side, height: side) }
    for (icon, place) in zip(icons, places) {
      icon.draw(on: canvas, place.x + 7, place.y + 7, ink, ground: ground)
    }
    return (canvas, places)
  }

  private let chains = [
    CaptureChain(), CaptureChain(quality: 94), CaptureChain(noise: 3, quality: 88),
    CaptureChain(tone: .matrix709As601, blur: 0.4, noise: 4, quality: 92),
  ]

  @Test(arguments: Icon.allCases)
  func tellsSmallIconsOfOneColorApart(_ icon: Icon) throws {
    let all = bar(Icon.allCases)
    let place = try #require(zip(Icon.allCases, all.places).first { $0.0 == icon }?.1)
    let template = Template(all.canvas.frame(), cropping: place)
    let others = bar(Icon.allCases.filter { $0 != icon }).canvas
    for chain in chains {
      let there = TemplateFinder().find(template, in: try chain.captured(all.canvas.pixels()))
      #expect(there.match?.rect == place, "\(chain): \(there)")
      let gone = TemplateFinder().find(template, in: try chain.captured(others.pixels()))
      #expect(gone.match == nil, "\(chain): \(gone)")
    }
  }

  @Test func tellsGroundsOfOneLightApart() throws {
    let green = Ink(20, 150, 80)
    let (purple, brown) = (Ink(78, 48, 66), Ink(86, 60, 34))
    func screen(_ ground: Ink) -> Canvas {
      let canvas = Canvas(320, 180, purple)
      canvas.fill(PixelRect(x: 100, y: 60, width: 80, height: 60), ground)
      Icon.ring.draw(on: canvas, 134, 84, green, ground: ground)
      return canvas
    }
    let place = PixelRect(x: 130, y: 80, width: 17, height: 17)
    let template = Template(screen(purple).frame(), cropping: place)
    for chain in [CaptureChain(), CaptureChain(quality: 85), CaptureChain(noise: 2, quality: 90)] {
      let there = TemplateFinder().find(template, in: try chain.captured(screen(purple).pixels()))
      #expect(there.match?.rect == place, "\(chain): \(there)")
      let other = TemplateFinder().find(template, in: try chain.captured(screen(brown).pixels()))
      #expect(other.match == nil, "\(chain): \(other)")
    }
  }

  @Test("dark text on white that can be no lighter", arguments: [8, 14, 20] as [Float])
  func findsTextOnClippedWhite(_ levels: Float) throws {
    let canvas = Canvas(480, 270, Ink(244, 246, 250))
    canvas.text("Record schedule", 60, 100, Ink(30, 32, 38), size: 15)
    ToneMarks.draw(on: canvas)
    let place = PixelRect(x: 50, y: 94, width: 140, height: 32)
    let template = Template(canvas.frame(), cropping: place)
    for quality in [nil, 80] {
      let chain = CaptureChain(tone: .brightness(levels), quality: quality)
      let answer = TemplateFinder().find(
        template, in: try chain.captured(canvas.pixels()), marksOf: canvas)
      #expect(answer.match?.rect == place, "\(chain): \(answer)")
    }
  }

  @Test("a colour that a mixed-up matrix drives out of range")
  func findsAColorThatIsCutOff() throws {
    let canvas = Canvas(320, 180, Ink(49, 52, 69))
    canvas.fill(PixelRect(x: 140, y: 80, width: 36, height: 28), Ink(55, 245, 83))
    canvas.fill(PixelRect(x: 140, y: 74, width: 16, height: 6), Ink(55, 245, 83))
    let place = PixelRect(x: 134, y: 68, width: 48, height: 48)
    let template = Template(canvas.frame(), cropping: place)
    for tone in [CaptureChain.Tone.matrix601As709, .matrix709As601] {
      let chain = CaptureChain(tone: tone, quality: 80)
      let answer = TemplateFinder().find(template, in: try chain.captured(canvas.pixels()))
      #expect(answer.match?.rect == place, "\(chain): \(answer)")
    }
  }

  @Test("shaded icons on a ground that tells two tones apart no more than its noise does")
  func findsWhatItsGroundTakesForDarker() throws {
    let ground = Ink(26, 26, 26)
    let canvas = Canvas(640, 180, ground)
    for icon in 0..<6 {
      for row in 0..<20 {
        let level = 126 + 6 * row
        canvas.fill(
          PixelRect(x: 60 + 84 * icon, y: 70 + row, width: 44, height: 1), Ink(level, level, level))
      }
    }
    ToneMarks.draw(on: canvas)
    let place = PixelRect(x: 40, y: 54, width: 524, height: 52)
    let template = Template(canvas.frame(), cropping: place)
    // Dark ground loses fourteen levels where darks are cut; light icons gain some.
    for seed in 1...4 {
      let chain = CaptureChain(tone: .expanded, quality: 86 + 3 * seed)
      let answer = TemplateFinder().find(
        template, in: try chain.captured(canvas.pixels()), marksOf: canvas)
      #expect(answer.match?.rect == place, "\(chain): \(answer)")
    }
  }
}
