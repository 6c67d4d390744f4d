import ArgumentParser
import Gate
import RigDescription
import RunSessions
import Suites

/// `gantry check`: finds what is wrong with files before anything moves.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds everything that is wrong with scenarios, their model and rig, or a gate.",
    discussion: """
      Each mistake is a line on standard error: file:line:column: what is wrong; what would be \
      right. A scenario that can be seen to test nothing gets a warning, and is not wrong. Exit \
      codes: 0 nothing is wrong; 2 something is.
      """)

  @Argument(
    help: "Scenario files and folders of them, a suite file, or a gate file with its waivers.",
    completion: .file(extensions: ["yaml"]))
  var scenarios: [String]

  @Option(
    help: "The rig to check them on, and its model.", completion: .file(extensions: ["yaml"]))
  var rig: String?

  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file, or with model. before it, of the model file; may be "
        + "repeated.", valueName: "key=value"))
  var set: [String] = []

  func validate() throws {
    if rig == nil, !set.isEmpty { throw ValidationError("--set needs a --rig.") }
  }

  func run() throws {
    if scenarios.count == 1, rig == nil, GateLoader.isGate(scenarios[0]) {
      let gate = try GateFiles(scenarios[0])
      return Console.current.say(
        "the gate \(gate.policy.name) with \(gate.waivers?.all.count ?? 0) "
          + "waiver\(gate.waivers?.all.count == 1 ? "" : "s"): nothing is wrong")
    }
    let paths: [String]
    switch try PlayedFiles(scenarios) {
    case .scenarios(let found): paths = found
    case .suite(let suite): return try check(suite)
    }
    let files = try InputFiles(scenarios: paths, rig: rig, extras: .init(overrides: set))
    for warning in files.warnings { Console.current.complain("warning: \(warning)") }
    let count = files.scenarios.count
    let place = files.rig.map { " on the rig \($0.name)" } ?? ""
    Console.current.say(
      "\(count) scenario\(count == 1 ? "" : "s")\(place): nothing is wrong")
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
