import ArgumentParser
import Attestation
import Gate
import OrderedJSON
import RecorderModel
import RigDescription
import Scenario
import SourceYAML
import Suites

/// `gantry schema`: what editors need to help with files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Prints the JSON Schema of scenario, rig, suite, gate, waiver, trust or model files, for editors.",
    discussion: """
      Without a kind it prints one schema for all: a file with the key scenario is judged as a \
      scenario, one with the key rig as a rig, and so for suite, gate, waivers and trust; any other as a \
      model.
      """)

  /// The kinds of file, each called as the key that every file of it has.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case scenario
    case rig
    case suite
    case gate
    case waivers
    case trust
    case model

    /// The shapes of such a file.
    var book: ShapeBook {
      switch self {
      case .scenario: ScenarioFormat.book
      case .rig: RigFormat.book
      case .suite: SuiteFormat.book
      case .gate: GateFormat.book
      case .waivers: WaiverFormat.book
      case .trust: TrustFormat.book
      case .model: ModelFormat.book
      }
    }

    var schema: JSONValue { JSONSchema.schema(of: book) }
  }

  @Argument(help: "The kind of file; all of them if left out.")
  var kind: Kind?

  func run() { Console.current.write((kind?.schema ?? Self.common).indented) }

  /// One schema for all kinds.
  private static var common: JSONValue {
    let whole = Kind.scenario.schema.members.first { $0.name == "$schema" }
    let kinds = Kind.allCases.map { kind in
      JSONValue.Member(kind.rawValue, moved(kind.schema, to: "#/$defs/\(kind.rawValue)"))
    }
    return .object(
      [whole, .init("title", .string("Gantry file"))].compactMap(\.self)
        + choice(Kind.allCases[...]) + [.init("$defs", .object(kinds))])
  }

  /// The first kind whose key a file has, or the last kind.
  private static func choice(_ kinds: ArraySlice<Kind>) -> [JSONValue.Member] {
    guard let kind = kinds.first else { return [] }
    let reference = JSONValue.Member("$ref", .string("#/$defs/\(kind.rawValue)"))
    if kinds.count == 1 { return [reference] }
    return [
      .init("if", .object([.init("required", .array([.string(kind.rawValue)]))])),
      .init("then", .object([reference])),
      .init("else", .object(choice(kinds.dropFirst()))),
    ]
  }

  /// A schema that stands at another place of a larger one.
  private static func moved(_ schema: JSONValue, to place: String) -> JSONValue {
    switch schema {
    case .object(let members):
      .object(
        members.filter { $0.name != "$schema" }.map { member in
          if member.name == "$ref", case .string(let target) = member.value {
            return .init("$ref", .string(place + target.dropFirst()))
          }
          return .init(member.name, moved(member.value, to: place))
        })
    case .array(let values): .array(values.map { moved($0, to: place) })
    case .null, .bool, .number, .string: schema
    }
  }
}

extension JSONValue {
  fileprivate var members: [Member] { if case .object(let members) = self { members } else { [] } }
}
