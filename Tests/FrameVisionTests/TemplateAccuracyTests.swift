import FrameVision
import Frames
import Testing

/// Widgets in many looks through many capture chains, each next to one that must not be taken for
/// it.
@Suite struct TemplateAccuracyTests {
  private static let tones: [CaptureChain.Tone] = [
    .right, .brightness(20), .brightness(-20), .contrast(0.9), .gamma(0.9), .gamma(1.15),
    .expanded, .compressed, .matrix601As709, .matrix709As601,
  ]
  /// Pictures good enough that nothing may be overlooked.
  private static let chains = [
    CaptureChain(noise: 5), CaptureChain(quality: 80), CaptureChain(blur: 0.5),
    CaptureChain(shiftX: 0.5, shiftY: 0.25), CaptureChain(shiftX: 0.25, noise: 4, quality: 80),
  ]
  /// What references were cut from.
  private static let sources = [
    CaptureChain(), CaptureChain(noise: 2, quality: 90),
    CaptureChain(shiftX: 0.25, noise: 1, quality: 85),
  ]

  @Test(arguments: NearMiss.allCases)
  func tellsAWidgetFromItsNearMiss(_ kind: NearMiss) throws {
    let finder = TemplateFinder()
    for seed in 1...4 {
      let example = WidgetCase(kind, seed: 40 * seed)
      let (canvas, box) = example.screen(showing: example.widget)
      let (wrong, _) = example.screen(showing: example.other)
      ToneMarks.draw(on: canvas)
      ToneMarks.draw(on: wrong)
      let template = Template(
        try Self.sources[seed % 3].captured(canvas.pixels()), cropping: box)
      for (at, chain) in Self.chains.enumerated() {
        var chain = chain
        chain.tone = Self.tones[(at + 3 * seed) % Self.tones.count]
        chain.seed = seed
        let answer = finder.find(
          template, in: try chain.captured(canvas.pixels()), marksOf: canvas)
        let found = answer.match?.rect
        let isThere =
          found.map { abs($0.x - box.x) <= 1 && abs($0.y - box.y) <= 1 } ?? false
        #expect(isThere, "\(example.widget) seed \(seed) \(chain): \(answer)")
        let other = finder.find(
          template, in: try chain.captured(wrong.pixels()), marksOf: canvas)
        #expect(other.match == nil, "\(example.other) seed \(seed) \(chain): \(other)")
      }
    }
  }
}
