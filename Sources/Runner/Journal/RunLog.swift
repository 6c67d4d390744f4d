import Bench
import Frames
import RunJournal

/// Writes down what happens in a run, before the next thing happens.
final class RunLog {
  private let sink: any JournalSink
  private let clock: any BenchClock
  private let secrecy: Secrecy
  private let stepBook: StepBook
  /// Set when something could not be written: only the ends of what has begun are written then, for
  /// which a full disk may have room yet.
  private(set) var isBroken = false
  /// The steps that were written to have begun, and not to have ended.
  private var open: Set<Int> = []

  init(
    sink: any JournalSink, clock: any BenchClock, secrecy: Secrecy, stepBook: StepBook
  ) {
    self.sink = sink
    self.clock = clock
    self.secrecy = secrecy
    self.stepBook = stepBook
  }

  /// Writes down what happened, at the present instant.
  func report(_ event: RunEvent) async throws(Stop) {
    let wasBroken = isBroken
    if wasBroken, !ends(event) { return }
    do throws(JournalSinkError) {
      try await sink.append(JournalEntry(at: await clock.now(), event: event))
      note(event)
    } catch {
      isBroken = true
      // Why the first thing could not be written is told already, but for whoever waits for the end.
      if wasBroken, case .stepEnded = event { return }
      throw Stop(RigFault(.host, .diskFails, "the journal can't be written: \(error.reason)"))
    }
  }

  /// Whether an event ends the run, or a step of which the journal tells.
  private func ends(_ event: RunEvent) -> Bool {
    switch event {
    case .stepEnded(let end): open.contains(end.step)
    case .runEnded: true
    case .runStarted, .stepStarted, .acted, .judged, .noted, .pictureKept: false
    }
  }

  private func note(_ event: RunEvent) {
    switch event {
    case .stepStarted(let start): open.insert(start.step)
    case .stepEnded(let end): open.remove(end.step)
    case .runStarted, .acted, .judged, .noted, .pictureKept, .runEnded: break
    }
  }

  /// Writes down something worth telling.
  func note(_ kind: Note.Kind, _ text: String, in step: StepState?) async throws(Stop) {
    try await report(
      .noted(Note(step: step?.journalled, kind: kind, text: secrecy.written(text))))
  }

  /// Writes down something done; where, unless the step keeps it back.
  func acted(_ step: StepState, _ what: String, at place: Place? = nil) async throws(Stop) {
    guard step.journalled != nil else {
      try await note(.power, what, in: nil)
      return
    }
    let shown = step.isSensitive ? nil : place
    try await report(
      .acted(
        ActionRecord(
          step: step.number, attempt: step.attempt, what: what, place: shown?.point,
          box: shown?.box, score: shown?.score)))
  }

  /// Writes down how something expected was decided, and by which picture.
  ///
  /// - Parameters:
  ///   - step: the step that expected it.
  ///   - expected: what was expected, in words.
  ///   - held: whether it held.
  ///   - sighting: what was seen.
  ///   - read: what was read where it was not seen.
  ///   - frame: the number of the deciding picture.
  ///   - instant: when that was captured, or no picture was observed.
  /// - Throws: what ends the run: the journal can't be written.
  func judged(
    _ step: StepState, expected: String, held: Bool, _ sighting: Sighting,
    read: [Judgement.TextRead] = [], frame: Int?, at instant: MonotonicInstant?
  ) async throws(Stop) {
    try await report(
      .judged(
        Judgement(
          step: step.number, expected: expected, held: held,
          seen: secrecy.written(sighting.words ?? ""), frame: frame, capturedAt: instant,
          nearest: step.isSensitive ? nil : sighting.nearest,
          searches: step.isSensitive ? [] : sighting.searches, read: step.isSensitive ? [] : read)))
    if held { stepBook.tested.held += 1 }
  }

  /// Puts a picture into the run folder; its file there.
  func store(_ picture: PictureToKeep) async throws(Stop) -> String {
    do throws(JournalSinkError) {
      return try await sink.keep(picture)
    } catch {
      isBroken = true
      throw Stop(RigFault(.host, .diskFails, "a picture can't be kept: \(error.reason)"))
    }
  }
}
