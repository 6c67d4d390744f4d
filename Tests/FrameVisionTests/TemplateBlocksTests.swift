import Frames
import Testing

@testable import FrameVision

/// The quick looks that tell most places apart without a comparison.
@Suite("Quick looks at places")
struct TemplateBlocksTests {
  private static let place = PixelRect(x: 181, y: 93, width: 150, height: 62)
  private static let chains = [
    CaptureChain(), CaptureChain(tone: .brightness(20), blur: 1, noise: 15, quality: 50),
    CaptureChain(tone: .brightness(-20), shiftX: 0.5, shiftY: -0.5, noise: 8, quality: 70),
    CaptureChain(tone: .contrast(0.9), noise: 4), CaptureChain(tone: .gamma(1.15), blur: 0.6),
    CaptureChain(tone: .gamma(0.9), noise: 10, quality: 50), CaptureChain(tone: .expanded),
    CaptureChain(tone: .compressed, shiftX: -0.4, noise: 6, quality: 60),
    CaptureChain(tone: .matrix601As709, noise: 3), CaptureChain(tone: .matrix709As601, quality: 80),
  ]

  private static func screen(_ seed: Int) -> RGBPixels {
    let canvas = Canvas(480, 270)
    canvas.scenery(PixelRect(x: 0, y: 0, width: 480, height: 270), seed: seed)
    canvas.text("Camera \(seed) Playback", 190, 110, Ink(240, 240, 240), size: 18)
    return canvas.pixels()
  }

  @Test("what lies near is never taken for something else", arguments: chains.indices, 1..<7)
  func near(_ chain: Int, seed: Int) throws {
    let (screen, place) = (Self.screen(seed), Self.place)
    let blocks = Template(screen.frame(chromaStep: 1), cropping: place).blocks
    let luma = try Self.chains[chain].captured(screen).luma
    let isExcluded = blocks.excludes(luma, at: PixelPoint(x: place.x, y: place.y), hidden: [])
    #expect(!isExcluded)
    let beside = PixelRect(x: place.x, y: place.y, width: 1, height: 1)
      .insetBy(-TemplateBlocks.nearby)
    let wrong = (0..<beside.size.area).map {
      PixelPoint(x: beside.x + $0 % beside.width, y: beside.y + $0 / beside.width)
    }.filter { blocks.excludesNear(luma, at: $0, hidden: []) }
    #expect(wrong == [])
  }

  @Test("another picture is often told to be something else, unless it is hidden")
  func other() {
    let (place, corner) = (Self.place, PixelPoint(x: Self.place.x, y: Self.place.y))
    let seeds = 1..<13
    let told = seeds.filter { seed in
      let blocks = Template(Self.screen(seed).frame(chromaStep: 1), cropping: place).blocks
      let luma = Self.screen(seed + 50).frame(chromaStep: 1).luma
      let isOther = blocks.excludesNear(luma, at: corner, hidden: [])
      // A place that may lie beside the template is told from it by less than one that may not.
      let isOtherHere = blocks.excludes(luma, at: corner, hidden: [])
      #expect(!isOther || isOtherHere)
      let isHiddenOther = blocks.excludesNear(
        luma, at: corner, hidden: [PixelRect(place.size)])
      #expect(!isHiddenOther)
      return isOther
    }
    #expect(4 * told.count >= seeds.count, "\(told.count) of \(seeds.count)")
  }

  @Test("where all is something else, the nearest place is named if there is any alike")
  func nearest() throws {
    let named = try (1..<9).filter { seed in
      let template = Template(Self.screen(seed).frame(chromaStep: 1), cropping: Self.place)
      let strange = try CaptureChain(quality: 90).captured(Self.screen(seed + 50))
      let answer = TemplateFinder().find(
        template, in: strange, region: Self.place.insetBy(-40).intersection(strange.bounds))
      guard case .absent(let nearest) = answer else {
        Issue.record("\(answer)")
        return false
      }
      guard let nearest else { return false }
      #expect(nearest.score < TemplateFinder.limit && nearest.differs != nil)
      return true
    }
    #expect(named.count > 2, "\(named)")
  }
}
