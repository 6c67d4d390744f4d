import ArgumentParser
import RigDescription
import RunSessions

/// `gantry check`: finds what is wrong with files before anything moves.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds everything that is wrong with scenarios, their model and rig.",
    discussion: """
      Each mistake is a line on standard error: file:line:column: what is wrong; what would be \
      right. A scenario that can be seen to test nothing gets a warning, and is not wrong. Exit \
      codes: 0 nothing is wrong; 2 something is.
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml"]))
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
    let files = try InputFiles(scenarios: scenarios, rig: rig, extras: .init(overrides: set))
    for warning in files.warnings { Console.current.complain("warning: \(warning)") }
    let count = files.scenarios.count
    let place = files.rig.map { " on the rig \($0.name)" } ?? ""
    Console.current.say(
      "\(count) scenario\(count == 1 ? "" : "s")\(place): nothing is wrong")
  }
}
