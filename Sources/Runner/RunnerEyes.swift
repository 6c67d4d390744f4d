import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// What a typist needs to see, by the model's pictures and by reading.
struct RunnerEyes: KeyboardEyes {
  let model: RecorderModel
  let shelf: ReferenceShelf
  let reader: any WordReader

  func anchor(in frame: Frame, ignoring ignored: [PixelRect]) async -> PixelPoint? {
    guard let keyboard = model.keyboard, frame.size == model.screen,
      let template = try? shelf.template(keyboard.anchor)
    else { return nil }
    let region = model.images[keyboard.anchor]?.region
    let answer = TemplateFinder().find(template, in: frame, region: region, ignoring: ignored)
    return answer.match.map { PixelPoint(x: $0.rect.x, y: $0.rect.y) }
  }

  func shows(page: String, in frame: Frame, keyboard: PixelRect, ignoring ignored: [PixelRect])
    async -> Bool?
  {
    guard let image = model.keyboard?.page(page)?.image else { return nil }
    guard let template = try? shelf.template(image) else { return false }
    let region = keyboard.intersection(frame.bounds)
    return TemplateFinder().find(template, in: frame, region: region, ignoring: ignored).match
      != nil
  }

  func text(in box: PixelRect, of frame: Frame, alphabet: String) async -> String {
    await reader.lines(in: frame, region: box, alphabet: alphabet)
      .map { $0.words.map(\.text).joined() }.joined()
  }

  func dots(in box: PixelRect, of frame: Frame) async -> Int? {
    frame.dotCount(in: box)
  }
}

/// Makes the hands that rigs are played with.
struct RealLimbs: LimbMaker {
  let model: RecorderModel
  let eyes: RunnerEyes

  func limbs(screen: (any Screen)?, mouse: (any Mouse)?, clock: any BenchClock)
    -> ((any Hand)?, (any Typist)?)
  {
    guard let screen, let mouse else { return (nil, nil) }
    let pilot = MousePilot(screen: screen, mouse: mouse, clock: clock)
    let typist = model.keyboard.map { keyboard in
      KeyboardTypist(pilot: pilot, screen: screen, clock: clock, keyboard: keyboard, eyes: eyes)
    }
    return (pilot, typist)
  }
}
