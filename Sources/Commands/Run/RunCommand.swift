import ArgumentParser
import Ledger
import OrderedJSON
import RunJournal
import RunSessions

/// `gantry run`: plays scenarios on a rig.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Plays scenarios on a rig and says what they tell of the recorder.",
    discussion: """
      Each run gets a folder of its own with its journal, pictures, report.html and junit.xml. \
      Ctrl-C stops: the recorder is left powered, and the run is reported as aborted. A second \
      Ctrl-C ends the program at once; the recorder is left powered by another process.

      Each run is booked in the ledger as it ends, which gantry history asks. Where that fails, \
      a line on standard error says so and --json has "booked": false; verdict and exit code \
      stay, and gantry ledger import books it later.

      Exit codes: 0 passed, 1 failed, 2 invalid input, 3 errored, 130 interrupted; of several runs \
      the worst, in the order 130, 2, 1, 3, 0.
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml"]))
  var scenarios: [String]

  @OptionGroup var rig: RigOptions

  @OptionGroup var log: LogOptions

  @Option(help: "Play each scenario so many times, with seeds counting up.")
  var `repeat` = 1

  @Option(help: "Play so many runs at the same time, each on a bench of its own.")
  var jobs = 1

  @Option(help: "The folder of all run folders.", completion: .directory)
  var out = "runs"

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "The firmware under test, for journals and reports.")
  var firmware: String?

  @Flag(help: "Leave out the steps that a person must do; they are reported as skipped.")
  var unattended = false

  @Flag(help: "Print a JSON object a run on standard output, and nothing else there.")
  var json = false

  func validate() throws {
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if out.isEmpty { throw ValidationError("--out needs a folder.") }
    if rig.seed.addingReportingOverflow(UInt64(`repeat` - 1)).overflow {
      throw ValidationError("--seed and --repeat count beyond the largest seed.")
    }
  }

  func run() async throws {
    let files = try InputFiles(
      scenarios: scenarios, rig: rig.rig,
      extras: .init(
        overrides: rig.set, parameters: rig.parameters, firmware: firmware))
    let subject = try RunSubject(
      files, rigPath: rig.rig, overrides: rig.set, program: VersionCommand.line)
    let count = subject.parts.count * `repeat`
    let reporter = RunReporter(console: .current, json: json, isSingle: count == 1)
    let book = ledger.book
    // Whatever is wrong with the ledger, is told as the runs end.
    try? book?.bookLeftovers()
    let batch = RunBatch(sessions: sessions(of: subject, book, reporter), width: jobs)
    let (results, wasStopped) = try await play(batch, reporter)
    if !json, count > 1 {
      Console.current.say("")
      for line in RunSummary(results).lines { Console.current.say(line) }
    }
    let start: CommandOutcome = wasStopped ? .interrupted : .passed
    let outcome = results.reduce(start) { $0.worse($1.outcome) }
    if outcome != .passed { throw ExitCode(outcome.rawValue) }
  }

  private func sessions(
    of subject: RunSubject, _ book: LedgerBook?, _ reporter: RunReporter
  ) -> [RunSession] {
    // A person can't be asked several things at a time.
    let attended = !unattended && !json && jobs == 1
    let settings = RunSettings(
      out: out, firmware: firmware, pace: rig.clock.ofBench,
      attendant: attended ? TerminalOperator() : nil, log: log.logger,
      onHang: { reporter.end(hanging: $0) }, book: book)
    return subject.parts.flatMap { part in
      (0..<UInt64(`repeat`)).map { offset in
        RunSession(subject: subject, part: part, seed: rig.seed + offset, settings: settings)
      }
    }
  }

  /// Plays the runs, stopped by the signals that ask for it.
  private func play(
    _ batch: RunBatch, _ reporter: RunReporter
  ) async throws -> (results: [RunResult], wasStopped: Bool) {
    let console = reporter.console
    let isSingle = batch.sessions.count == 1
    let work = Task {
      try await batch.play { () -> any RunProgress in
        isSingle && !json ? StepProgress(console: console) : NoProgress()
      } report: { result in
        reporter.report(result)
      }
    }
    let watch = SignalWatch { count in
      if count > 1 { endAtOnce(console) }
      work.cancel()
      briefly {
        console.complain(
          "\nStopping; the recorder is left powered first. Another Ctrl-C ends at once.")
      }
    }
    defer { watch.stop() }
    let results = try await work.value
    return (results, work.isCancelled)
  }
}
