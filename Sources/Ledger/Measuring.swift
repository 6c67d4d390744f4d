import Frames
import RunJournal

/// What a journal measures beside the times of its steps, by instants that it tells.
///
/// | name | from | to |
/// | --- | --- | --- |
/// | `boot` | the supply was switched on | the frame that showed the first thing expected after it |
/// | `mail` | the last thing done before the step that awaits the mail | the mail was read |
/// | `run` | the run began | it ended |
/// | `wall` | the same on the wall's clock | |
/// | what a step's `measure` says | its last action, or its begin where it only looks | the frame that showed what it expects |
///
/// All are seconds; all but `wall` on the bench's clock.
struct Measuring {
  /// The names of what is measured, in the order in which they are explained.
  static let names = ["boot", "mail", "run", "wall"]

  private(set) var measurements: [LedgerEntry.Measurement] = []
  /// When the supply was switched on, where nothing was seen since.
  private var switchedOn: MonotonicInstant?
  /// When something was last done before the present step, and in it.
  private var lastDone: (before: MonotonicInstant?, within: MonotonicInstant?) = (nil, nil)
  /// The steps that are measured, by number, each with when it began or last did something, and when
  /// what it expects was seen.
  private var measured: [Int: (name: String, from: MonotonicInstant, seen: MonotonicInstant?)] = [:]

  init(_ journal: Journal) {
    for entry in journal.entries { take(entry) }
  }

  private mutating func take(_ entry: JournalEntry) {
    switch entry.event {
    case .stepStarted(let start):
      lastDone = (lastDone.within ?? lastDone.before, nil)
      if let name = start.measure { measured[start.step] = (name, entry.at, nil) }
    case .stepEnded(let end):
      guard let (name, from, seen) = measured.removeValue(forKey: end.step), let seen,
        end.outcome == .passed
      else { return }
      add(name, max(0, from.duration(to: seen).inSeconds))
    case .acted(let record):
      measured[record.step]?.from = entry.at
      if record.what.hasPrefix(ActionWords.mailRead), let asked = lastDone.before {
        add("mail", asked.duration(to: entry.at).inSeconds)
      }
      done(record.what, at: entry.at)
    case .noted(let note) where note.kind == .power && note.step == nil:
      done(note.text, at: entry.at)
    case .judged(let judgement) where judgement.held:
      measured[judgement.step]?.seen = judgement.capturedAt
      guard let on = switchedOn, let seen = judgement.capturedAt, seen > on else { return }
      add("boot", on.duration(to: seen).inSeconds)
      switchedOn = nil
    case .runEnded(let end):
      add("run", end.recorderSeconds)
      add("wall", end.wallSeconds)
    case .runStarted, .judged, .noted, .pictureKept: break
    }
  }

  private mutating func done(_ what: String, at instant: MonotonicInstant) {
    if what.hasPrefix(ActionWords.powerOn) { switchedOn = instant }
    if what == ActionWords.powerCut { switchedOn = nil }
    lastDone.within = instant
  }

  private mutating func add(_ name: String, _ seconds: Double) {
    measurements.append(.init(name: name, unit: "s", value: seconds))
  }
}
