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
    /// The step that is going on, and since when by the wall's clock; nil between steps.
    var live: (step: Int, line: LiveLine, since: ContinuousClock.Instant)?
    var isSupplied = true
    var signal: String?
    /// Writes the line anew while nothing happens, since its time goes on.
    var ticking: Task<Void, Never>?
  }

  private static let tick = Duration.milliseconds(500)

  private let console: Console
  private let isVerbose: Bool
  private let state = Mutex(State())

  /// Creates somebody who looks on.
  ///
  /// - Parameters:
  ///   - console: where it is told.
  ///   - isVerbose: whether all that is done and judged is told, too.
  init(console: Console, isVerbose: Bool = false) {
    self.console = console
    self.isVerbose = isVerbose
  }

  deinit { state.withLock { $0.ticking?.cancel() } }

  func follow(_ entry: JournalEntry) {
    switch entry.event {
    case .runStarted(let start):
      announce(start)
      beginTicking()
    case .stepStarted(let start):
      state.withLock { state in
        state.paths[start.step] = start.path
        state.beginnings[start.step] = entry.at
        if StockParts.isPlace(start.location) { state.stock.insert(start.step) }
        state.live = (start.step, LiveLine(step: start.path, limit: start.within), .now)
      }
      show()
    case .acted(let record): acted(record)
    case .judged(let judgement): judged(judgement)
    case .noted(let note): noted(note)
    case .stepEnded(let end): conclude(end, at: entry.at)
    case .runEnded:
      state.withLock { state in
        state.ticking?.cancel()
        (state.live, state.ticking) = (nil, nil)
      }
      console.clear()
    case .pictureKept: break
    }
  }

  private func acted(_ record: ActionRecord) {
    if isVerbose { say(TerminalStyle.faint("             · \(record.what.printable)", console)) }
    state.withLock { state in
      if record.what == ActionWords.powerCut { state.isSupplied = false }
      if record.what.hasPrefix(ActionWords.powerOn) { state.isSupplied = true }
      state.live?.line.attempt = record.attempt
    }
    show()
  }

  private func judged(_ judgement: Judgement) {
    if isVerbose {
      let word = judgement.held ? "seen" : "not seen"
      say(
        TerminalStyle.faint(
          "             · \(word): \(judgement.expected), \(judgement.seen)".printable, console))
    }
    state.withLock { $0.live?.line.sight = judgement.seen }
    show()
  }

  private func noted(_ note: Note) {
    switch note.kind {
    case .interruption, .power:
      say(TerminalStyle.faint("             · \(note.text.printable)", console))
    case .signal:
      state.withLock { $0.signal = note.text.hasSuffix(ActionWords.signalBack) ? nil : note.text }
      show()
    case .witness, .pointer, .mail, .other:
      if isVerbose { say(TerminalStyle.faint("             · \(note.text.printable)", console)) }
    }
  }

  private func announce(_ start: RunStart) {
    say(
      "\(start.scenario.name) on \(start.rig.name), model \(start.model.name), seed \(start.seed)"
        .printable)
  }

  private func conclude(_ end: StepEnd, at instant: MonotonicInstant) {
    let (path, seconds, isStock) = state.withLock { state in
      if state.live?.step == end.step { state.live = nil }
      return (
        state.paths[end.step] ?? "",
        (state.beginnings[end.step] ?? instant).duration(to: instant).inSeconds,
        state.stock.contains(end.step)
      )
    }
    // What is not open needs no leaving.
    if isStock, end.outcome == .notApplicable { return }
    let word = end.outcome == .notApplicable ? "n/a" : end.outcome.rawValue
    var line = "  " + TerminalStyle.colored(word.padded(to: 8), end.outcome, console)
    line += TerminalStyle.seconds(seconds).leftPadded(to: 10) + "  " + path.printable
    if let reason = end.reason { line += TerminalStyle.faint(" — \(reason.printable)", console) }
    say(line)
  }

  /// Writes a line that stays.
  private func say(_ line: String) { console.say(line) }

  // MARK: What goes on just now

  private func beginTicking() {
    guard console.terminal != nil else { return }
    let task = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.tick)
        guard let self, !Task.isCancelled else { return }
        show()
      }
    }
    state.withLock { $0.ticking = task }
  }

  /// Writes the line of the step that is going on over the one before.
  private func show() {
    guard let terminal = console.terminal else { return }
    let live = state.withLock { state in
      state.live?.line.state =
        (state.isSupplied ? [] : ["power off"]) + [state.signal].compactMap { $0 }
      return state.live
    }
    guard let (_, line, since) = live else { return }
    let elapsed = since.duration(to: .now).inSeconds
    console.show(line.text(elapsed: elapsed, columns: terminal.columns() - 1))
  }
}
