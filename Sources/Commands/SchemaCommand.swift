import ArgumentParser
import RecorderModel
import RigDescription
import Scenario
import SourceYAML

/// `gantry schema`: what editors need to help with files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of scenario, rig or model files, for editors.")

  /// The kinds of file.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case scenario
    case rig
    case model

    var book: ShapeBook {
      switch self {
      case .scenario: ScenarioFormat.book
      case .rig: RigFormat.book
      case .model: ModelFormat.book
      }
    }
  }

  @Argument(help: "The kind of file.")
  var kind: Kind

  func run() throws { Console.current.say(JSONSchema.schema(of: kind.book).text) }
}
