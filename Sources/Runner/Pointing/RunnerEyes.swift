import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import Synchronization

/// What a typist needs to see, by the model's pictures and by reading.
final class RunnerEyes: KeyboardEyes {
  private let model: RecorderModel
  private let shelf: ReferenceShelf
  private let reader: any WordReader
  private let trace: SearchTrace
  private let photometry: PhotometricConsensus
  /// Where on the keyboard pages' images were seen: they stay there, so that one look at the place
  /// is enough the next time.
  private let places = Mutex<[String: PixelRect]>([:])

  init(
    model: RecorderModel, shelf: ReferenceShelf, reader: any WordReader, trace: SearchTrace,
    photometry: PhotometricConsensus
  ) {
    self.model = model
    self.shelf = shelf
    self.reader = reader
    self.trace = trace
    self.photometry = photometry
  }

  func anchor(in frame: Frame, ignoring ignored: [PixelRect]) async -> PixelPoint? {
    guard let keyboard = model.keyboard, frame.size == model.screen,
      let template = try? shelf.template(keyboard.anchor)
    else { return nil }
    let region = model.images[keyboard.anchor]?.region
    let answer = TemplateFinder().find(
      template, in: SearchableFrame(frame, consensus: photometry), region: region,
      ignoring: ignored)
    trace.lookedFor(image: keyboard.anchor, in: region, of: frame, answer)
    return answer.match.map { PixelPoint(x: $0.rect.x, y: $0.rect.y) }
  }

  func shows(page: String, in frame: Frame, keyboard: PixelRect, ignoring ignored: [PixelRect])
    async -> Bool?
  {
    guard let image = model.keyboard?.page(page)?.image, let template = try? shelf.template(image)
    else { return nil }
    let known = places.withLock { $0[image] }
    let area = (known?.insetBy(-4).offset(byX: keyboard.x, y: keyboard.y) ?? keyboard)
      .intersection(frame.bounds)
    let answer = TemplateFinder().find(
      template, in: SearchableFrame(frame, consensus: photometry), region: area,
      ignoring: ignored)
    trace.lookedFor(image: image, in: area, of: frame, answer)
    let match = answer.match
    if let match, known == nil {
      places.withLock { $0[image] = match.rect.offset(byX: -keyboard.x, y: -keyboard.y) }
    }
    return match != nil
  }

  func text(in box: PixelRect, of frame: Frame, alphabet: String) async -> String {
    let lines = await reader.lines(in: frame, region: box, alphabet: alphabet)
    trace.read(lines.count, in: box, of: frame)
    return lines.map { $0.words.map(\.text).joined() }.joined()
  }

  func answer(
    to text: String, before proof: String, in box: PixelRect, of frame: Frame, alphabet: String
  ) async -> FieldTextAnswer {
    let answer = await reader.answer(
      to: text, before: proof, in: frame, region: box, alphabet: alphabet)
    trace.read(1, in: box, of: frame)
    return answer
  }

  func dots(in box: PixelRect, of frame: Frame) async -> Int? {
    frame.dotCount(in: box)
  }
}

/// Makes the hands that rigs are played with.
struct RealLimbs: LimbMaker {
  let model: RecorderModel
  let shelf: ReferenceShelf
  let reader: any WordReader
  let trace: SearchTrace
  /// How many times later than usual the rig shows a recorder's answers.
  let patience: Int

  func limbs(
    screen: (any Screen)?, mouse: (any Mouse)?, clock: any BenchClock,
    photometry: PhotometricConsensus
  ) -> ((any Hand)?, (any Typist)?) {
    guard let screen, let mouse else { return (nil, nil) }
    let pilot = MousePilot(screen: screen, mouse: mouse, clock: clock, timing: .patient(patience))
    let eyes = RunnerEyes(
      model: model, shelf: shelf, reader: reader, trace: trace, photometry: photometry)
    let typist = model.keyboard.map { keyboard in
      KeyboardTypist(
        pilot: pilot, screen: screen, clock: clock, keyboard: keyboard, eyes: eyes,
        timing: .patient(patience))
    }
    return (pilot, typist)
  }
}
