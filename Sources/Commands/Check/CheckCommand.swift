import ArgumentParser
import Gate
import RigDescription
import RunSessions
import Scenario
import ScenarioCheck
import Suites

/// `gantry check`: finds what is wrong with files before anything moves.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds everything that is wrong with scenarios, their model and rig, or a gate.",
    discussion: """
      With --names it lists what these scenarios ask of a model, for a recorder that nobody has \
      described yet. Each mistake is a line on standard error: file:line:column: what is wrong; what would be \
      right. A scenario that can be seen to test nothing gets a warning, and is not wrong. With \
      --upgrade it rewrites files of any kind, and those in folders (a model's, too), in the newest \
      format of their kind: old words are replaced where they stand, and nothing else changes. A \
      file with a mistake is left as it is. Exit codes: 0 nothing is wrong; 2 something is, or a \
      file could not be rewritten.
      """)

  @Argument(
    help: ArgumentHelp(
      "Scenario files and folders of them, a suite file, or a gate file with its waivers.",
      valueName: "path"), completion: .file(extensions: ["yaml"]))
  var scenarios: [String]

  @Option(
    help: "The rig to check them on, and its model.", completion: .file(extensions: ["yaml"]))
  var rig: String?

  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file, or with model. before it, of the model file; may be "
        + "repeated.", valueName: "key=value"))
  var set: [String] = []

  @Flag(help: "List the names that the scenarios ask of a model, and which of them ask.")
  var names = false

  @Flag(help: "Rewrite the files in the newest format instead, a line a change.")
  var upgrade = false

  func validate() throws {
    if upgrade, rig != nil || names { throw ValidationError("--upgrade goes with paths alone.") }
    if rig == nil, !set.isEmpty { throw ValidationError("--set needs a --rig.") }
  }

  func run() throws {
    if upgrade { return try FileUpgrades.run(scenarios) }
    if scenarios.count == 1, rig == nil, GateLoader.isGate(scenarios[0]) {
      let gate = try GateFiles(scenarios[0])
      return Console.current.say(
        "the gate \(gate.policy.name) with \(gate.waivers?.all.count ?? 0) "
          + "waiver\(gate.waivers?.all.count == 1 ? "" : "s"): nothing is wrong")
    }
    let paths: [String]
    switch try PlayedFiles(scenarios) {
    case .scenarios(let found): paths = found
    case .suite(let suite):
      if names { throw CommandFailure.invalid("\(suite): --names goes with scenarios") }
      return try check(suite)
    }
    let files = try InputFiles(scenarios: paths, rig: rig, extras: .init(overrides: set))
    for warning in files.warnings { Console.current.complain("warning: \(warning)") }
    if names { return sayNames(of: files.scenarios.map(\.scenario)) }
    let count = files.scenarios.count
    let place = files.rig.map { " on the rig \($0.name)" } ?? ""
    Console.current.say(
      "\(count) scenario\(count == 1 ? "" : "s")\(place): nothing is wrong")
  }

  /// How wide the column of names is, in characters.
  private static let nameWidth = 22

  private func sayNames(of scenarios: [Scenario]) {
    let names = ModelNames(of: scenarios)
    for kind in ModelNames.Kind.allCases where !names[kind].isEmpty {
      Console.current.say("\(kind.rawValue):")
      for use in names[kind] {
        let who = use.scenarios + (use.servesStart ? ["start"] : [])
        let space = String(repeating: " ", count: max(1, Self.nameWidth - use.name.count))
        Console.current.say("  \(use.name)\(space)\(who.joined(separator: ", "))")
      }
    }
  }

  private func check(_ suite: String) throws {
    if rig != nil {
      throw CommandFailure.invalid("\(suite): a suite names its rigs; leave out --rig")
    }
    let plan = try SuitePlan(
      suite, overrides: set, parameters: [], program: VersionCommand.line)
    Console.current.say(
      "the suite \(plan.suite.name) with \(plan.units.count) "
        + "run\(plan.units.count == 1 ? "" : "s"): nothing is wrong")
  }
}
