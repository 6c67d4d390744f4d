import ArgumentParser
import Evidence
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
      Each run gets a folder of its own with its journal, pictures, report.html and junit.xml; of \
      several, index.html and index.json beside them tell of all runs of the folder. A suite plays \
      scenarios on rigs, models, firmwares and seeds, and errored runs again where it says so \
      (gantry explain suite). \
      Ctrl-C stops: the recorder is left powered, and the run is reported as aborted. A second \
      Ctrl-C ends the program at once; the recorder is left powered by another process.

      Each run is booked in the ledger as it ends, which gantry history asks. Where that fails, \
      a line on standard error says so and --json has "booked": false; verdict and exit code \
      stay, and gantry ledger import books it later.

      Exit codes: 0 passed, 1 failed, 2 invalid input, 3 errored, 130 interrupted; of several runs \
      the worst, in the order 130, 2, 1, 3, 0.
      """)

  @Argument(
    help: "Scenario files and folders of them, or suite files.",
    completion: .file(extensions: ["yaml"]))
  var scenarios: [String]

  @Option(
    help: "The rig file; a suite names its own.", completion: .file(extensions: ["yaml"]))
  var rig: String?

  @OptionGroup var bench: BenchOptions

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

  @Flag(
    help: ArgumentHelp(
      "Film what the screen shows, as video.mp4 in the run folder.",
      discussion: """
        By ffmpeg, where it is installed; a run without it is the same. What kept pictures have black \
        since a secret may be seen, the film has, too.
        """))
  var video = false

  @Option(
    help: "Write one JUnit file for all runs, for build servers.",
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(help: "Print a JSON object a run on standard output, and nothing else there.")
  var json = false

  @Flag(help: "Tell only of runs that did not pass, and of what they all came to.")
  var quiet = false

  @Flag(help: "Tell all that is done and judged in each step of a single run.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if out.isEmpty { throw ValidationError("--out needs a folder.") }
    if bench.seed.addingReportingOverflow(UInt64(`repeat` - 1)).overflow {
      throw ValidationError("--seed and --repeat count beyond the largest seed.")
    }
  }

  func run() async throws {
    let book = ledger.book
    switch try PlayedFiles(scenarios) {
    case .scenarios(let paths): try await play(paths, book)
    case .suite(let path): try await play(suite: path, book)
    }
  }

  private func play(_ paths: [String], _ book: LedgerBook?) async throws {
    guard let rig else {
      throw CommandFailure.invalid("scenarios are played on a rig: name one by --rig")
    }
    let files = try InputFiles(
      scenarios: paths, rig: rig,
      extras: .init(overrides: bench.set, parameters: bench.parameters, firmware: firmware))
    let subject = try RunSubject(
      files, rigPath: rig, overrides: bench.set, program: VersionCommand.line)
    bookLeftovers(book)
    let count = subject.parts.count * `repeat`
    let reporter = reporter(count: count)
    let settings = settings(book, reporter)
    let batch = RunBatch(
      sessions: subject.parts.flatMap { part in
        (0..<UInt64(`repeat`)).map { offset in
          RunSession(
            subject: subject, part: part, seed: bench.seed + offset, settings: settings)
        }
      }, width: jobs)
    let (showsSteps, console) = (count == 1 && !json && !quiet, reporter.console)
    let isVerbose = verbose
    let (results, wasStopped) = try await stopped(console) {
      try await batch.play { () -> any RunProgress in
        showsSteps ? StepProgress(console: console, isVerbose: isVerbose) : NoProgress()
      } report: { result in
        reporter.report(result)
      }
    }
    try conclude(
      results, of: results, by: reporter, indexed: count > 1, notes: [], wasStopped: wasStopped)
  }

  private func play(suite path: String, _ book: LedgerBook?) async throws {
    if rig != nil || `repeat` > 1 || firmware != nil || bench.seed != 1 {
      throw CommandFailure.invalid(
        "\(path): a suite says rigs, firmwares, seeds and repetitions itself; leave out --rig, "
          + "--firmware, --seed and --repeat")
    }
    let plan = try SuitePlan(
      path, overrides: bench.set, parameters: bench.parameters, program: VersionCommand.line)
    bookLeftovers(book)
    let reporter = reporter(count: plan.units.count, isSuite: true)
    let batch = SuiteBatch(plan: plan, settings: settings(book, reporter), width: jobs)
    let (outcomes, wasStopped) = try await stopped(reporter.console) {
      try await batch.play {
        NoProgress()
      } report: { result, _ in
        reporter.report(result)
      }
    }
    let retried = outcomes.filter(\.isRetriedPass).compactMap(\.last)
    let notes = retried.map {
      "passed only when played again: \($0.start.scenario.name), seed \($0.start.seed): \($0.folder)"
    }
    try conclude(
      outcomes.compactMap(\.last), of: outcomes.flatMap(\.tries), by: reporter, indexed: true,
      notes: notes, wasStopped: wasStopped)
  }

  /// Books and reports what killed runs have left; whatever is wrong with the ledger, is told as the
  /// runs end.
  private func bookLeftovers(_ book: LedgerBook?) {
    for folder in (try? book?.bookLeftovers()) ?? [] {
      // Its journal may be cut off, and its folder be another user's: gantry report says why.
      _ = try? RunReports.write(in: folder)
    }
  }

  private func settings(_ book: LedgerBook?, _ reporter: RunReporter) -> RunSettings {
    // A person can't be asked several things at a time.
    let attended = !unattended && !json && jobs == 1
    var settings = RunSettings(
      out: out, firmware: firmware, pace: bench.clock.ofBench,
      attendant: attended ? TerminalOperator() : nil, log: log.logger,
      onHang: { reporter.end(hanging: $0) }, book: book)
    settings.isFilmed = video
    return settings
  }

  private func reporter(count: Int, isSuite: Bool = false) -> RunReporter {
    RunReporter(
      console: .current, json: json, count: count, isSingle: count == 1 && !isSuite, isQuiet: quiet,
      junit: junit.map(JUnitCollection.init))
  }

  /// Tells what all runs came to, and ends with the worst that counts.
  ///
  /// - Parameters:
  ///   - counted: the runs that count.
  ///   - all: these, and those that were played again.
  ///   - reporter: told of each of them.
  ///   - indexed: whether there are several, which get a page.
  ///   - notes: what is told beside.
  ///   - wasStopped: whether somebody stopped them.
  /// - Throws: what the program ends with, unless all passed.
  private func conclude(
    _ counted: [RunResult], of all: [RunResult], by reporter: RunReporter, indexed: Bool,
    notes: [String], wasStopped: Bool
  ) throws {
    let start: CommandOutcome = wasStopped ? .interrupted : .passed
    var outcome = counted.reduce(start) { $0.worse($1.outcome) }
    var page: String?
    if indexed {
      do throws(LedgerError) {
        page = try RunIndex(of: out).write()
      } catch {
        Console.current.complain("the index can't be written: \(error)")
        outcome = outcome.worse(.errored)
      }
    }
    if !json, indexed {
      Console.current.say("")
      for line in RunSummary(all).lines + notes { Console.current.say(line) }
      if let page { Console.current.say(page) }
    }
    if !reporter.writeJUnit() { outcome = outcome.worse(.errored) }
    if outcome != .passed { throw ExitCode(outcome.rawValue) }
  }

  /// Plays runs, stopped by the signals that ask for it.
  private func stopped<Played: Sendable>(
    _ console: Console, _ play: @escaping @Sendable () async throws -> [Played]
  ) async throws -> (results: [Played], wasStopped: Bool) {
    let work = Task { try await play() }
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
