import Foundation
import RunJournal
import Testing

@Suite("Schemas for editors")
struct SchemaTests {
  /// Whether another reader of YAML and JSON Schema accepts a file.
  private func accepts(_ file: String, by schema: String, in folder: Folder) throws -> Bool {
    let script = """
      import json, sys, yaml, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.Draft202012Validator(schema).validate(
          yaml.load(open(sys.argv[2]), Loader=yaml.BaseLoader))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, "\(folder.path)/\(schema)", file]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test("the schema of a kind, and the one for all kinds, judge files as their parser does")
  func common() async throws {
    let folder = try Folder()
    _ = try folder.write(await gantry("schema").out, to: "all.json")
    let minimal = [
      ("scenario", "scenario: a\nabout: b\nsteps: [{wait: 1s}]\n"),
      ("rig", "rig: a\nmodel: m\nvirtual: {}\n"),
      (
        "trust",
        "trust: a\nkeys: [{name: b, public: c}]\n"
      ),
      ("suite", "suite: a\nscenarios: [b.yaml]\nrigs: [c.yaml]\n"),
      ("suite", "suite: a\nruns: [{scenario: b.yaml, rig: c.yaml}]\n"),
      (
        "gate",
        "gate: a\nproduct: b\nrequire: [{name: c, scenarios: [d], models: [e], passes: 1}]\n"
      ),
      ("waivers", "waivers: []\n"),
      (
        "model",
        "model: a\nabout: b\nscreen: [640, 360]\nboot: {longest: 60s, rebootsByItself: false}\n"
      ),
    ]
    for (kind, text) in minimal {
      _ = try folder.write(await gantry("schema", kind).out, to: "\(kind).json")
      let good = try folder.write(text, to: "good.yaml")
      let bad = try folder.write(text + "colour: red\n", to: "bad.yaml")
      for schema in ["all.json", "\(kind).json"] {
        #expect(try accepts(good, by: schema, in: folder), "\(kind) by \(schema)")
        #expect(try !accepts(bad, by: schema, in: folder), "\(kind) by \(schema)")
      }
    }
  }

  @Test("a kind that there is not is wrong usage")
  func unknown() async {
    #expect(await gantry("schema", "journal").status == 2)
  }
}
