import ArgumentParser
import Digests
import OrderedJSON
import RunJournal

/// `gantry version`.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Tells the program's version and the digest that its journals carry.")

  /// The program's version.
  static let number = "0.1.0"
  /// What `--version` says, and journals call the program.
  static let line = "gantry \(number)"

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let digest = try SHA256Digest.ofThisProgram()
    if json {
      Console.current.say(
        JSONValue.object([
          .init("version", .string(Self.number)), .init("sha256", .string(digest)),
          .init("journal", .string(JournalFormat.version.description)),
        ]).description)
    } else {
      Console.current.say("\(Self.line)\nsha256 \(digest)")
    }
  }
}
