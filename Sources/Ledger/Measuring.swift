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

  init(_ journal: Journal) {
    for entry in journal.entries { take(entry) }
  }

  private mutating func take(_ entry: JournalEntry) {
    switch entry.event {
    case .stepStarted:
      lastDone = (lastDone.within ?? lastDone.before, nil)
    case .acted(let record):
      if record.what.hasPrefix(ActionWords.mailRead), let asked = lastDone.before {
        add("mail", asked.duration(to: entry.at).inSeconds)
      }
      done(record.what, at: entry.at)
    case .noted(let note) where note.kind == .power && note.step == nil:
      done(note.text, at: entry.at)
    case .judged(let judgement) where judgement.held:
      guard let on = switchedOn, let seen = judgement.capturedAt, seen > on else { return }
      add("boot", on.duration(to: seen).inSeconds)
      switchedOn = nil
    case .runEnded(let end):
      add("run", end.recorderSeconds)
      add("wall", end.wallSeconds)
    case .runStarted, .judged, .noted, .pictureKept, .stepEnded: break
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
