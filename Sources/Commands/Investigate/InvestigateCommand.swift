import ArgumentParser
import Ledger
import OrderedJSON
import RunJournal
import RunSessions

/// `gantry investigate`: why a run did not pass, asked by playing again.
struct InvestigateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "investigate",
    abstract: "Plays a run again to find what its trouble hangs on.",
    discussion: """
      First the same again: what does not come to the same each time is flaky, and nothing more is \
      asked. Then one thing is changed at a time: the scenario of the last run that passed on this \
      rig and model, where --scenario-before names its file; its firmware, on a virtual recorder \
      that is born with each run; another rig, where --other-rig names one. What passes each time \
      names what the trouble hangs on. All of these runs are booked.

      Exit codes: 0 it was found, 1 it was not, 2 invalid input, 130 interrupted.
      """)

  @Argument(help: "The run folder.", completion: .directory)
  var run: String

  @Option(help: "The rig file that it was played on.", completion: .file(extensions: ["yaml"]))
  var rig: String

  @Option(
    help: "Its scenario file, where it is not the one that the journal names.",
    completion: .file(extensions: ["yaml"]))
  var scenario: String?

  @Option(
    help: "The scenario file as the last good run had it.",
    completion: .file(extensions: ["yaml"]))
  var scenarioBefore: String?

  @Option(help: "Another rig file of the same model.", completion: .file(extensions: ["yaml"]))
  var otherRig: String?

  @Option(
    help: ArgumentHelp("Give a secret parameter its value again.", valueName: "name=value"))
  var param: [String] = []

  @Option(help: "Play each so many times.")
  var times = 3

  @Option(help: "The folder of all run folders.", completion: .directory)
  var out = "runs"

  @OptionGroup var ledger: LedgerOptions

  @OptionGroup var log: LogOptions

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func validate() throws {
    if times < 1 { throw ValidationError("--times must be at least 1.") }
  }

  func run() async throws {
    let subject = try InvestigatedRun(run)
    let given = Set(param.map { $0.prefix { $0 != "=" } })
    if let name = subject.withheld.first(where: { !given.contains($0[...]) }) {
      throw CommandFailure.invalid("\(run): \(name) was secret; give it again by --param \(name)=…")
    }
    let good = try ledger.path.flatMap { _ in try subject.lastGood(in: ledger.store(isMade: true)) }
    let trials = InvestigationPlan(
      subject, good: good, rig: rig, scenario: scenario, scenarioBefore: scenarioBefore,
      otherRig: otherRig, parameters: param, program: VersionCommand.line)
    let settings = RunSettings(out: out, log: log.logger, book: ledger.book)
    let (times, tell) = (times, !json)
    let console = Console.current
    let report = try await stoppable(saying: "\nStopping; the recorder is left powered first.") {
      try await trials.play(times: times, settings) { trial, result in
        guard tell else { return }
        console.say(
          "\(trial.rawValue): \(Investigation.Sign(result.end).words)  \(result.folder)")
      }
    }
    say(report, good)
    if report.investigation.answers == [.unclear] {
      throw ExitCode(CommandOutcome.failed.rawValue)
    }
  }

  private func say(_ report: InvestigationPlan.Report, _ good: LedgerEntry?) {
    let answers = report.investigation.answers.map(\.rawValue)
    if json {
      let runs = report.runs.map { trial, result in
        JSONValue.object([
          .init("trial", .string(trial.rawValue)),
          .init("verdict", .string(result.end.verdict.rawValue)),
          .init("cause", .optional(result.end.cause?.code)),
          .init("step", .optional(result.end.step)), .init("folder", .string(result.folder)),
        ])
      }
      return Console.current.say(
        JSONValue.object([
          .init("answers", .strings(answers)), .init("lastGood", .optional(good?.folder)),
          .init("runs", .array(runs)), .init("notes", .strings(report.notes)),
        ]).description)
    }
    for note in report.notes { Console.current.say(note) }
    Console.current.say("it hangs on: \(answers.joined(separator: ", "))")
  }
}
