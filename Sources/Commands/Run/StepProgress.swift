import Frames
import OrderedJSON
import RunJournal
import RunSessions
import Scenario
import Synchronization

/// A line a step in the terminal: what became of it, how long it took, what it is called.
///
/// On a terminal the step that is going on stands below, written over as the run goes on.
final class StepProgress: RunProgress {
  private struct State {
    var paths: [Int: String] = [:]
    var beginnings: [Int: MonotonicInstant] = [:]
    /// Steps of stock parts.
    var stock: Set<Int> = []
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
        if StockParts.isPlace(start.location) { state.stock.insert(start.step) }
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
    let (path, seconds, isStock) = state.withLock { state in
      (
        state.paths[end.step] ?? "",
        (state.beginnings[end.step] ?? instant).duration(to: instant).inSeconds,
        state.stock.contains(end.step)
      )
    }
    // What is not open needs no leaving.
    if isStock, end.outcome == .notApplicable { return }
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
