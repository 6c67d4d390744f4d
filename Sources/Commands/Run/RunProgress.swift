import Evidence
import Frames
import OrderedJSON
import RunJournal
import Synchronization

/// Somebody who wants to see a run go on.
protocol RunProgress: Sendable {
  /// Is told what happened, as it was written down.
  func follow(_ entry: JournalEntry)
}

/// Nobody.
struct NoProgress: RunProgress {
  func follow(_ entry: JournalEntry) {}
}

/// A run folder that somebody looks at.
struct ProgressSink<Progress: RunProgress>: JournalSink {
  let folder: RunFolder
  let progress: Progress

  func append(_ entry: JournalEntry) async throws(JournalSinkError) {
    progress.follow(try await folder.record(entry))
  }

  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String {
    try await folder.keep(picture)
  }

  func conceal(_ secret: String) async { await folder.conceal(secret) }
}

/// A line a step in the terminal: what became of it, how long it took, what it is called.
///
/// On a terminal the step that is going on stands below, written over as the run goes on.
final class StepProgress: RunProgress {
  private struct State {
    var paths: [Int: String] = [:]
    var beginnings: [Int: MonotonicInstant] = [:]
  }

  private let console: Console
  private let state = Mutex(State())

  init(console: Console) {
    self.console = console
  }

  func follow(_ entry: JournalEntry) {
    switch entry.event {
    case .runStarted(let start): announce(start)
    case .stepStarted(let start):
      state.withLock { state in
        state.paths[start.step] = start.path
        state.beginnings[start.step] = entry.at
      }
      show(start.path)
    case .acted(let record) where record.attempt > 1:
      let path = state.withLock { $0.paths[record.step] } ?? ""
      show("\(path) (attempt \(record.attempt))")
    case .noted(let note) where note.kind == .interruption || note.kind == .power:
      say(TerminalStyle.faint("             · \(note.text)", console))
    case .stepEnded(let end): conclude(end, at: entry.at)
    case .runEnded: if console.isTerminal { console.write("\r\u{1B}[K") }
    case .acted, .judged, .noted, .pictureKept: break
    }
  }

  private func announce(_ start: RunStart) {
    say(
      "\(start.scenario.name) on \(start.rig.name), model \(start.model.name), seed \(start.seed)")
  }

  private func conclude(_ end: StepEnd, at instant: MonotonicInstant) {
    let (path, seconds) = state.withLock { state in
      (
        state.paths[end.step] ?? "",
        (state.beginnings[end.step] ?? instant).duration(to: instant).inSeconds
      )
    }
    let word = end.outcome == .notApplicable ? "n/a" : end.outcome.rawValue
    var line = "  " + TerminalStyle.colored(word.padded(to: 8), end.outcome, console)
    line += TerminalStyle.seconds(seconds).leftPadded(to: 10) + "  " + path
    if let reason = end.reason { line += TerminalStyle.faint(" — \(reason)", console) }
    say(line)
  }

  /// Writes a line that stays.
  private func say(_ line: String) {
    console.write((console.isTerminal ? "\r\u{1B}[K" : "") + line + "\n")
  }

  /// Writes a line that the next one takes the place of.
  private func show(_ text: String) {
    if console.isTerminal { console.write("\r\u{1B}[K  … \(text.prefix(72))") }
  }
}

/// How things look in a terminal.
enum TerminalStyle {
  /// Seconds with one digit, such as `12.3 s`.
  static func seconds(_ seconds: Double) -> String {
    var text = JSONValue.decimal(seconds, digits: 1).description
    if !text.contains(".") { text += ".0" }
    return text + " s"
  }

  /// Text that steps back, where the console is a terminal.
  static func faint(_ text: String, _ console: Console) -> String {
    console.isTerminal ? "\u{1B}[2m\(text)\u{1B}[0m" : text
  }

  /// Text in the colour of an outcome, where the console is a terminal.
  static func colored(_ text: String, _ outcome: StepEnd.Outcome, _ console: Console) -> String {
    guard console.isTerminal else { return text }
    let code =
      switch outcome {
      case .passed: 32
      case .failed: 31
      case .errored: 33
      case .aborted: 35
      case .skipped, .notApplicable: 36
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension String {
  /// The text with blanks behind it, at least so wide.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with blanks before it, at least so wide.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
