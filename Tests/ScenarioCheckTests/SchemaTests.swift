import Foundation
import OrderedJSON
import RecorderModel
import RigDescription
import Scenario
import SourceYAML
import Testing

/// A kind of file: its shapes, and files that are right and wrong in ways that a schema can see.
private struct FileKind {
  var name: String
  var book: ShapeBook
  var accepted: [String]
  var rejected: [String]
}

private let kinds = [
  FileKind(
    name: "scenario", book: ScenarioFormat.book, accepted: acceptedScenarios,
    rejected: rejectedScenarios),
  FileKind(name: "rig", book: RigFormat.book, accepted: acceptedRigs, rejected: rejectedRigs),
  FileKind(
    name: "model", book: ModelFormat.book, accepted: acceptedModels, rejected: rejectedModels),
]

/// Asks a real validator about texts. It loads YAML by the core schema, as editors do.
private enum Validator {
  private static let program = """
    import json, re, sys, yaml
    from jsonschema import Draft202012Validator

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        pass

    Loader.yaml_implicit_resolvers = {}
    for tag, pattern, first in [
        ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
        ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
        ("float", r"^(?:[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
                  r"|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$", list("-+0123456789.")),
    ]:
        Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)
    # The library's own reading of whole numbers knows bases that the core schema does not.
    Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))

    def keyed(value):
        if isinstance(value, dict):
            return {str(key): keyed(inner) for key, inner in value.items()}
        return [keyed(inner) for inner in value] if isinstance(value, list) else value

    asked = json.load(sys.stdin)
    for kind in asked:
        Draft202012Validator.check_schema(kind["schema"])
        validator = Draft202012Validator(kind["schema"])
        for text in kind["texts"]:
            print("yes" if validator.is_valid(keyed(yaml.load(text, Loader))) else "no")
    """

  /// Whether each text is valid, in order.
  static func verdicts(on questions: [(schema: JSONValue, texts: [String])]) throws -> [Bool] {
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    python.arguments = ["-c", program]
    let input = Pipe()
    let output = Pipe()
    python.standardInput = input
    python.standardOutput = output
    let asked = JSONValue.array(
      questions.map { question in
        .object([
          .init("schema", question.schema),
          .init("texts", .array(question.texts.map(JSONValue.string))),
        ])
      })
    try python.run()
    // The validator reads everything before it writes anything.
    input.fileHandleForWriting.write(Data(asked.indented.utf8))
    try input.fileHandleForWriting.close()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    python.waitUntilExit()
    try #require(
      python.terminationStatus == 0, "python3-jsonschema and python3-yaml must be installed")
    return String(decoding: answer, as: UTF8.self).split(separator: "\n").map { $0 == "yes" }
  }
}

/// Whether the parser finds nothing wrong with a text's structure.
private func isAccepted(_ text: String, _ book: ShapeBook) -> Bool {
  let reading = YAMLReader.read(Array(text.utf8), file: "f.yaml")
  guard let root = reading.root, reading.findings.isEmpty else { return false }
  return ShapeCheck.check(root, against: book).findings.isEmpty
}

@Suite struct SchemaTests {
  @Test func `parser and schema agree on every example, and on every example with one slip`()
    throws
  {
    var questions: [(schema: JSONValue, texts: [String])] = []
    var expected: [(kind: String, text: String, isAccepted: Bool)] = []
    for kind in kinds {
      var texts: [String] = []
      for text in kind.accepted {
        #expect(isAccepted(text, kind.book), "\(text)")
        texts.append(text)
        let root = try #require(YAMLReader.read(Array(text.utf8), file: "f.yaml").root)
        texts += root.slips().map(\.flowText)
      }
      for text in kind.rejected {
        #expect(!isAccepted(text, kind.book), "\(text)")
        texts.append(text)
      }
      questions.append((JSONSchema.schema(of: kind.book), texts))
      expected += texts.map { (kind.name, $0, isAccepted($0, kind.book)) }
    }
    // Slips of both kinds, or the comparison would show nothing.
    #expect(expected.filter(\.isAccepted).count > 100)
    #expect(expected.filter { !$0.isAccepted }.count > 500)
    let verdicts = try Validator.verdicts(on: questions)
    try #require(verdicts.count == expected.count)
    for (verdict, example) in zip(verdicts, expected) where verdict != example.isAccepted {
      Issue.record(
        "the schema \(verdict ? "accepts" : "rejects") this \(example.kind): \(example.text)")
    }
  }
}

extension YAMLNode {
  /// The tree with one thing wrong, or left out, once for each thing.
  fileprivate func slips() -> [YAMLNode] {
    let others: [Content] = [
      .nothing, .scalar("zzz zzz"), .scalar("-1"), .scalar(""), .sequence([]), .mapping([]),
    ]
    var slips = others.map { YAMLNode($0, at: location) }
    switch content {
    case .mapping(let entries):
      func changed(_ change: (inout [Entry]) -> Void) -> YAMLNode {
        var entries = entries
        change(&entries)
        return YAMLNode(.mapping(entries), at: location)
      }
      for index in entries.indices {
        slips.append(changed { $0.remove(at: index) })
        slips.append(changed { $0[index].key += "Zz" })
        slips += entries[index].value.slips().map { slip in changed { $0[index].value = slip } }
      }
    case .sequence(let elements):
      for index in elements.indices {
        func changed(_ change: (inout [YAMLNode]) -> Void) -> YAMLNode {
          var elements = elements
          change(&elements)
          return YAMLNode(.sequence(elements), at: location)
        }
        slips.append(changed { $0.remove(at: index) })
        slips.append(changed { $0.append($0[index]) })
        slips += elements[index].slips().map { slip in changed { $0[index] = slip } }
      }
    case .scalar, .nothing: break
    }
    return slips
  }

  /// The tree as a line of YAML.
  fileprivate var flowText: String {
    switch content {
    case .nothing: "~"
    case .scalar(let text): Self.quotedIfNeeded(text)
    case .sequence(let elements): "[" + elements.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\(Self.quotedIfNeeded($0.key)): \($0.value.flowText)" }
        .joined(separator: ", ") + "}"
    }
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let plain = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "%-._".contains($0))
    }
    if plain, !text.isEmpty, !["null", "~"].contains(text) { return text }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}
