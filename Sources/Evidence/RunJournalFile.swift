import Frames
import Glibc
import OrderedJSON
import RunJournal
import Synchronization

/// The journal of a run folder, in the hands of the run, and of whoever closes it while the run hangs.
final class RunJournalFile: Sendable {
  private struct State: ~Copyable {
    var writer: JournalWriter
    var redactor = Redactor()
    /// Set once a line has found no room but what is set aside: whatever comes is the end.
    var isFull = false
    /// Set when nothing may be written any more.
    var isClosed = false
    /// The first entry's instant.
    var began: MonotonicInstant?
    /// The last entry's instant, and when it was written.
    var last = (instant: MonotonicInstant.zero, written: ContinuousClock.now)
    /// The steps that have begun and not ended, by number and name path.
    var open: [(step: Int, path: String)] = []
    var end: RunEnd?

    init(_ writer: consuming JournalWriter) {
      self.writer = writer
    }

    /// Writes a line.
    mutating func record(_ entry: JournalEntry) throws(JournalSinkError) -> JournalEntry {
      var json = JournalFormat.json(entry)
      // The first line holds digests, in which a short secret may stand by chance.
      if case .runStarted = entry.event {
      } else {
        json = JournalFormat.mappingFreeTexts(of: json, redactor.redacted)
      }
      let written: JournalEntry
      do throws(JournalError) {
        try writer.append(json.description, usingRoom: isFull || entry.event.usesRoom)
        written = try JournalFormat.entry(json)
      } catch {
        isFull = true
        throw JournalSinkError(error.reason)
      }
      note(written)
      return written
    }

    private mutating func note(_ entry: JournalEntry) {
      began = began ?? entry.at
      last = (entry.at, .now)
      switch entry.event {
      case .stepStarted(let start): open.append((start.step, start.path))
      case .stepEnded(let ended): open.removeAll { $0.step == ended.step }
      case .runEnded(let end):
        self.end = end
        writer.release()
      case .runStarted, .acted, .judged, .noted, .pictureKept: break
      }
    }
  }

  /// How long whoever closes the journal waits for a line that is being written: the disk may be what
  /// hangs.
  private static let patience = Duration.seconds(2)

  /// What is kept of the disk for the journal's end, in bytes: ends of many steps, each with a long
  /// reason, and of the run.
  private static let room = 128 << 10

  private let state: Mutex<State>

  init(_ path: String) throws(JournalError) {
    state = Mutex(State(try JournalWriter(appendingTo: path, room: Self.room)))
  }

  /// Writes a line; what a reader of the journal gets, secrets taken out.
  func record(_ entry: JournalEntry) throws(JournalSinkError) -> JournalEntry {
    try state.withLock { state throws(JournalSinkError) in
      if state.isClosed { throw JournalSinkError("the run hung, and its journal was closed") }
      return try state.record(entry)
    }
  }

  /// Remembers a secret that must not be written from now on.
  func conceal(_ secret: String, escaped escapes: [String]) {
    state.withLock { $0.redactor.add(secret, escaped: escapes) }
  }

  /// A text without the secrets.
  func redacted(_ text: String) -> String {
    state.withLock { $0.redactor }.redacted(text)
  }

  /// Writes the end of a run that hangs, and nothing after it.
  ///
  /// - Parameters:
  ///   - start: the first line, for a run that has not even written that.
  ///   - reason: why it is closed.
  ///   - cause: the same by its code.
  ///   - wallSeconds: how long it took.
  /// - Returns: the end that the run has now: its own, if it had come so far.
  func close(
    _ start: RunStart, reason: String, cause: CauseRecord, wallSeconds: Double
  ) -> RunEnd {
    let give = ContinuousClock.now + Self.patience
    while ContinuousClock.now < give {
      let end = state.withLockIfAvailable { state in
        Self.close(&state, start, reason, cause, wallSeconds)
      }
      if let end { return end }
      usleep(10_000)
    }
    return Self.end(at: nil, reason, cause, recorderSeconds: 0, wallSeconds)
  }

  private static func close(
    _ state: inout State, _ start: RunStart, _ reason: String, _ cause: CauseRecord,
    _ wallSeconds: Double
  ) -> RunEnd {
    defer { state.isClosed = true }
    if let end = state.end { return end }
    let now = state.last.instant.advanced(by: ContinuousClock.now - state.last.written)
    let end = end(
      at: state.open.last?.path, reason, cause,
      recorderSeconds: state.began.map { $0.duration(to: now).inSeconds } ?? 0, wallSeconds)
    // What a disk has no room for is told in the end all the same.
    if state.began == nil {
      _ = try? state.record(JournalEntry(at: .zero, event: .runStarted(start)))
    }
    return (try? state.record(JournalEntry(at: now, event: .runEnded(end)))).flatMap(\.end) ?? end
  }

  private static func end(
    at step: String?, _ reason: String, _ cause: CauseRecord, recorderSeconds: Double,
    _ wallSeconds: Double
  ) -> RunEnd {
    RunEnd(
      verdict: .errored, step: step, reason: reason, cause: cause, skipped: [],
      recorderSeconds: recorderSeconds, wallSeconds: wallSeconds)
  }
}

extension JournalEntry {
  /// The end of a run that the entry tells.
  fileprivate var end: RunEnd? {
    if case .runEnded(let end) = event { end } else { nil }
  }
}

extension RunEvent {
  /// Whether the event is written though only the room that is kept for the journal's end is left:
  /// what has begun must end, and a journal opens with its first line.
  fileprivate var usesRoom: Bool {
    switch self {
    case .runStarted, .stepEnded, .runEnded: true
    case .stepStarted, .acted, .judged, .noted, .pictureKept: false
    }
  }
}
