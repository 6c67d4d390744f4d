import Bench
import FrameVision
import Frames
import RunJournal
import Synchronization

@testable import Hands
@testable import Runner

/// Hands and eyes that know the stage: they take time as real ones do, but never miss.
struct StageLimbs: LimbMaker {
  let stage: Stage

  func limbs(
    screen: (any Screen)?, mouse: (any Mouse)?, clock: any BenchClock,
    photometry: PhotometricConsensus
  ) -> ((any Hand)?, (any Typist)?) {
    (StageHand(stage: stage), StageTypist(stage: stage))
  }
}

struct StageHand: Hand {
  let stage: Stage

  var pointerBox: PixelRect? { stage.world { $0.pointerBox } }

  /// A move or a click takes time, and can't be made blindly.
  private func work(_ what: String) throws(HandError) -> MonotonicInstant {
    let result: Result<MonotonicInstant, HandError> = stage.world { world in
      world.pass(until: world.now.advanced(by: world.handTakes))
      if world.signal != .live { return .failure(.signal(world.signal, at: world.now)) }
      if !world.hasPointer || world.isHung {
        let search = PointerSearch(
          frames: 8, delivered: 90, busState: world.bus, pictureChanged: !world.isHung)
        return .failure(.pointerNotSeen(search))
      }
      world.log.append(what)
      return .success(world.now)
    }
    if Task.isCancelled { throw .bench(.cancelled) }
    return try result.get()
  }

  func move(
    to target: PixelPoint, inside box: PixelRect?, unlike earlier: Frame?,
    by deadline: MonotonicInstant
  )
    async throws(HandError) -> PixelPoint
  {
    _ = try work("move to \(target)")
    return target
  }

  func click(
    at target: PixelPoint, inside box: PixelRect?, button: MouseButtons, count: Int,
    unlike earlier: Frame?, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    let end = try work("click \(button == .right ? "right " : "")at \(target)")
    stage.world { $0.onClick(&$0, target, button) }
    return ClickRecord(point: target, endedAt: end, frames: 1)
  }

  func drag(from start: PixelPoint, to end: PixelPoint, by deadline: MonotonicInstant)
    async throws(HandError) -> ClickRecord
  {
    ClickRecord(point: end, endedAt: try work("drag \(start) to \(end)"), frames: 1)
  }

  func scroll(
    at target: PixelPoint, inside box: PixelRect?, detents: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    ClickRecord(point: target, endedAt: try work("scroll \(detents) at \(target)"), frames: 1)
  }

  func park(awayFrom rects: [PixelRect], by deadline: MonotonicInstant) async throws(HandError) {
    _ = try work("park")
    stage.world { if !$0.pointerStays { $0.pointerBox = nil } }
  }

  var hasLearnt: Bool { true }

  func answer(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    stage.world { $0.hasPointer && !$0.isHung && $0.bus == .configured ? .answered : .unseen }
  }

  func misplacement(by deadline: MonotonicInstant) async throws(HandError) -> PixelPoint? {
    stage.world { $0.misplacement }
  }

  func standing(in frame: Frame, near point: PixelPoint) async -> PixelPoint? {
    stage.world { $0.slip.map { point.offset(byX: $0.x, y: $0.y) } }
  }

  func home(by deadline: MonotonicInstant) async throws(HandError) { _ = try work("home") }

  func forgetPosition() async {}

  func releaseAll(by deadline: MonotonicInstant) async throws(HandError) {
    stage.world { $0.log.append("release") }
  }
}

struct StageTypist: Typist {
  let stage: Stage

  func canType(_ text: String) -> Bool { true }

  func type(_ request: TypingRequest, by deadline: MonotonicInstant) async throws(HandError)
    -> TypingResult
  {
    stage.world { world in
      world.pass(until: world.now.advanced(by: .milliseconds(200 * Int64(request.text.count))))
      world.onType(&world, request.text)
    }
    if Task.isCancelled { throw .bench(.cancelled) }
    return TypingResult(
      outcome: stage.world { $0.typingOutcome }, keysPressed: request.text.count, repeatedKeys: 0,
      pressesBeside: 0,
      corrections: 0, frames: 1)
  }
}

/// Reads the words of the scene.
struct StageReader: WordReader {
  let stage: Stage

  func lines(in frame: Frame, region: PixelRect?, alphabet: String?) async -> [TextLine] {
    let area = region ?? frame.bounds
    return stage.world { $0.scene.words }.filter { area.contains($0.box) }.map {
      TextLine(words: [TextWord(text: $0.text, box: $0.box, confidence: 90)])
    }
  }

  func answer(
    to text: String, before proof: String, in frame: Frame, region: PixelRect, alphabet: String
  ) async -> FieldTextAnswer {
    let shown = await lines(in: frame, region: region, alphabet: alphabet).map(\.text).joined()
    return FieldTextAnswer(shown == text + proof ? .same : .other, read: shown)
  }

  func find(
    _ phrase: String, in frame: Frame, region: PixelRect?, ignoring ignored: [PixelRect]
  ) async -> TextFindAnswer {
    let lines = await lines(in: frame, region: region, alphabet: nil).filter { line in
      !ignored.contains { $0.intersects(line.box) }
    }
    let found = lines.filter { $0.text == phrase }.map {
      TextMatch(box: $0.box, heard: $0.text, likeness: 1)
    }
    if found.count > 1 { return .ambiguous(found[0], found[1]) }
    if let match = found.first { return .found(match) }
    let nearest = lines.first.map { TextMatch(box: $0.box, heard: $0.text, likeness: 0.3) }
    return .absent(nearest: nearest)
  }
}

/// Remembers what a run reports.
final class MemorySink: JournalSink {
  struct Kept: Sendable {
    var picture: PictureToKeep
    var file: String
  }

  private let state = Mutex<([JournalEntry], [Kept], fullAfter: Int?)>(([], [], nil))
  private let hasRoomForEnds: Bool
  private let hasRoomForPictures: Bool
  private let onEvent: @Sendable (RunEvent) -> Void

  init(
    fullAfter: Int? = nil, hasRoomForEnds: Bool = false, hasRoomForPictures: Bool = true,
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.onEvent = onEvent
    self.hasRoomForEnds = hasRoomForEnds
    self.hasRoomForPictures = hasRoomForPictures
    state.withLock { $0.fullAfter = fullAfter }
  }

  /// Whether room is kept for an event.
  private func fits(_ event: RunEvent) -> Bool {
    switch event {
    case .stepEnded, .runEnded: hasRoomForEnds
    case .runStarted, .stepStarted, .acted, .judged, .noted, .pictureKept: false
    }
  }

  func append(_ entry: JournalEntry) async throws(JournalSinkError) {
    let isFull = state.withLock { state in
      if let limit = state.fullAfter, state.0.count >= limit, !fits(entry.event) { return true }
      state.0.append(entry)
      return false
    }
    if isFull { throw JournalSinkError("No space left on device") }
    onEvent(entry.event)
  }

  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String {
    if !hasRoomForPictures { throw JournalSinkError("No space left on device") }
    return state.withLock { state in
      let file = "\(state.1.count).jpg"
      state.1.append(Kept(picture: picture, file: file))
      return file
    }
  }

  func conceal(_ secret: String) async {}

  var entries: [JournalEntry] { state.withLock { $0.0 } }
  var kept: [Kept] { state.withLock { $0.1 } }
  var events: [RunEvent] { entries.map(\.event) }

  /// All that was written, as one text.
  var text: String { entries.map { "\($0)" }.joined(separator: "\n") }

  var judgements: [Judgement] {
    events.compactMap { if case .judged(let judgement) = $0 { judgement } else { nil } }
  }

  var actions: [ActionRecord] {
    events.compactMap { if case .acted(let record) = $0 { record } else { nil } }
  }

  var notes: [Note] {
    events.compactMap { if case .noted(let note) = $0 { note } else { nil } }
  }

  /// What became of the steps, by path.
  var outcomes: [String: StepEnd.Outcome] {
    var (paths, outcomes): ([Int: String], [String: StepEnd.Outcome]) = ([:], [:])
    for event in events {
      switch event {
      case .stepStarted(let start): paths[start.step] = start.path
      case .stepEnded(let end): outcomes[paths[end.step] ?? ""] = end.outcome
      default: break
      }
    }
    return outcomes
  }
}
