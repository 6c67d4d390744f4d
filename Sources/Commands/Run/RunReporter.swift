import Evidence
import Glibc
import OrderedJSON
import RunJournal
import RunSessions
import Synchronization

/// Tells what runs came to, one after the other.
final class RunReporter: Sendable {
  /// Where it is told.
  let console: Console
  private let json: Bool
  private let isSingle: Bool
  private let isQuiet: Bool
  private let course: Mutex<RunCourse>
  private let junit: JUnitCollection?
  /// The worst outcome of the runs that were told of.
  private let worst = Mutex(CommandOutcome.passed)
  /// Why a run was not booked, as it was told last: what is wrong with the ledger is told once.
  private let toldRefusal = Mutex("")

  /// Creates a reporter that has told of no run.
  ///
  /// - Parameters:
  ///   - console: where it is told.
  ///   - json: whether as an object a run.
  ///   - count: how many runs there are, without those that are played again.
  ///   - isSingle: whether there is only one, whose steps were shown.
  ///   - isQuiet: whether passed runs are not told of.
  ///   - junit: gathers what all runs came to for build servers; nil where nobody asks for it.
  init(
    console: Console, json: Bool, count: Int, isSingle: Bool, isQuiet: Bool = false,
    junit: JUnitCollection? = nil
  ) {
    self.junit = junit
    self.console = console
    self.json = json
    self.isSingle = isSingle
    self.isQuiet = isQuiet
    course = Mutex(RunCourse(count: count))
  }

  /// Tells of a run.
  func report(_ result: RunResult) {
    worst.withLock { $0 = $0.worse(result.outcome) }
    tell(result)
    let line = course.withLock { course in
      course.take(result.end.verdict)
      return course.line(at: .now)
    }
    if !json, let line { console.show(line) }
  }

  /// Writes what all runs so far came to for build servers.
  ///
  /// - Returns: whether it was written, or nobody asks for it.
  func writeJUnit() -> Bool {
    do throws(EvidenceError) {
      try junit?.write()
      return true
    } catch {
      console.complain("the JUnit file can't be written: \(error)")
      return false
    }
  }

  /// Tells of a run that hangs, and ends the program: nothing else frees what the run holds.
  func end(hanging result: RunResult) -> Never {
    let status = worst.withLock { $0.worse(result.outcome) }.rawValue
    briefly { [self] in
      tell(result)
      _ = writeJUnit()
      console.complain(
        "Ended, since nothing frees the rig's devices; a supply that is cut is switched on again by "
          + "its guardian." + (isSingle ? "" : " The runs that are left are not played."))
    }
    _exit(status)
  }

  private func tell(_ result: RunResult) {
    junit?.add(result)
    if let reason = result.reportFailure {
      console.complain(
        "the reports can't be written: \(reason); make room, then: gantry report \(result.folder)")
    }
    if let reason = result.filmFailure { console.complain("no video: \(reason)") }
    tellBooking(of: result)
    if json { return console.say(result.json.description) }
    let end = result.end
    if isQuiet, end.verdict == .passed { return }
    let outcome = StepEnd.Outcome(rawValue: end.verdict.rawValue) ?? .errored
    var line = TerminalStyle.colored(end.verdict.rawValue.uppercased(), outcome, console)
    line += "  \(result.start.scenario.name.printable), seed \(result.start.seed): "
    line += "\(TerminalStyle.seconds(end.recorderSeconds)) of the recorder's time"
    line += " in \(TerminalStyle.seconds(end.wallSeconds))"
    if !isSingle { line += "  \(result.folder.printable)" }
    console.say((isSingle ? "\n" : "") + line)
    if let step = end.step { console.say("  at \(step): \(end.reason ?? "")".printable) }
    if end.step == nil, let reason = end.reason { console.say("  \(reason)".printable) }
    if let cause = end.cause { console.say("  cause: \(cause.words)") }
    if end.verdict == .passed, let tested = end.testedLine { console.say("  \(tested)".printable) }
    guard isSingle else { return }
    for step in end.skipped where end.verdict != .passed {
      console.say("  left out: \(step)".printable)
    }
    if result.hasReports { console.say("  \(result.folder)/report.html".printable) }
    console.say(result.folder.printable)
  }

  private func tellBooking(of result: RunResult) {
    guard case .refused(let reason)? = result.booking else { return }
    let isNew = toldRefusal.withLock { told in
      defer { told = reason }
      return told != reason
    }
    if isNew {
      console.complain(
        "not booked: \(reason); the verdict stands, and gantry ledger import books the run later")
    }
  }
}
