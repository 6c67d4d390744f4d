import Frames
import RecorderModel
import RigDescription
import Scenario
import SourceYAML
import Testing

/// The reference shows what the parsers take.
@Suite("The reference of the files") struct ReferenceTests {
  private static let reference = Reference([
    ("scenario", ScenarioFormat.book), ("rig", RigFormat.book), ("model", ModelFormat.book),
  ])

  private static func examples(of kind: String) -> [String] {
    let pages = reference.kinds.filter { $0.name == kind }.flatMap { reference.pages(of: $0) }
    return Array(Set(pages.compactMap(\.example))).sorted()
  }

  @Test("every example of a scenario is one", arguments: examples(of: "scenario"))
  func scenarios(example: String) {
    var text = example.hasPrefix("- ") ? "steps:\n\(example)" : example
    for (key, line) in [
      ("scenario", "scenario: s"), ("about", "about: An example."),
      ("steps", "steps: [{wait: 1s}]"),
    ] where !text.split(separator: "\n").contains(where: { $0.hasPrefix("\(key):") }) {
      text += "\n" + line
    }
    let names = Set(
      example.matches(of: /\$\{([A-Za-z]+)\}/).map { String($0.output.1) })
    if !names.isEmpty {
      text +=
        "\nparameters: {\(names.sorted().map { "\($0): {secret: \($0 == "newPassword")}" }.joined(separator: ", "))}"
    }
    let part =
      "{scenario: part, about: A part., parameters: {password: {secret: true}}, "
      + "steps: [{wait: 1s}]}"
    let parsed = ScenarioParser.parse(
      file: "s.yaml", files: .memory(["s.yaml": text, "part.yaml": part]))
    #expect(parsed.findings.map(\.description) == [], "\(text)")
  }

  @Test("every example of a rig is one", arguments: examples(of: "rig"))
  func rigs(example: String) {
    var text = example
    for (key, line) in [("rig", "rig: r"), ("model", "model: m")]
    where !text.split(separator: "\n").contains(where: { $0.hasPrefix("\(key):") }) {
      text += "\n" + line
    }
    if !["virtual:", "screen:", "mouse:", "power:"].contains(where: text.contains) {
      text += "\nmouse: {hidGadget: {}}"
    }
    let parsed = RigLoader.load(file: "r.yaml", files: .memory(["r.yaml": text]))
    #expect(parsed.findings.map(\.description) == [], "\(text)")
  }

  @Test("every example of a model is one", arguments: examples(of: "model"))
  func models(example: String) throws {
    var text = example
    for (key, line) in [
      ("model", "model: m"), ("about", "about: An example."), ("screen", "screen: [1280, 720]"),
      ("boot", "boot: {longest: 60s, rebootsByItself: false}"),
    ] where !text.split(separator: "\n").contains(where: { $0.hasPrefix("\(key):") }) {
      text += "\n" + line
    }
    let written = text
    let picture = RGBImage(
      size: PixelSize(width: 20, height: 20), pixels: [UInt8](repeating: 200, count: 1_600))
    let png = try PNGCodec.encode(picture)
    let parsed = ModelLoader.load(
      folder: "m",
      files: SourceFiles { path throws(SourceFiles.Refusal) in
        path == "m/model.yaml" ? Array(written.utf8) : png
      })
    #expect(parsed.findings.map(\.description) == [], "\(text)")
  }

  @Test("every action, expectation and place is shown by an example")
  func shown() throws {
    for shape in ["step", "place", "expectation", "condition"] {
      let page = try Self.reference.page([shape])
      for entry in page.keys + page.words where !["gap", "in"].contains(entry.name) {
        let inner = try Self.reference.page([shape, entry.name])
        // What an expectation and a step share is shown with the step.
        if shape == "expectation", entry.name == "within" { continue }
        #expect(inner.example != nil, "\(shape).\(entry.name) has no example")
      }
    }
  }

  @Test("a path leads through mappings, lists and other forms")
  func paths() throws {
    let pattern = try Self.reference.page(["step.mail.save", "pattern"])
    #expect(pattern.path == "step.mail.save.pattern")
    #expect(pattern.about.hasPrefix("A regular expression, as pcre2pattern(3) describes them"))
    #expect(
      try Self.reference.page(["model", "keyboard", "pages", "rows"]).type
        == "a list of rows (see row)")
    #expect(try Self.reference.page(["model.keyboard.pages.rows.does"]).type.hasPrefix("space"))
    #expect(try Self.reference.page(["scenario.steps.click.image"]).type.hasPrefix("a name"))
    #expect(try Self.reference.page(["model.row"]).path == "model.row")
    #expect(try Self.reference.page(["expectation.rebooting"]).about.hasPrefix("The recorder"))
  }

  @Test("a key is told with what may stand beside it")
  func neighbours() throws {
    let use = try Self.reference.page(["step.use"])
    #expect(
      use.neighbours == [
        "name", "with", "expect", "within", "attempts", "already", "measure", "sensitive",
        "when", "optional", "on", "credential",
      ])
    #expect(try !Self.reference.page(["step.mail"]).neighbours.contains("with"))
    #expect(try !Self.reference.page(["step.mail"]).neighbours.contains("click"))
  }

  @Test(
    "an unknown word is one line with the nearest ones",
    arguments: [
      (["step.mial"], "\"mial\" is no word of step; did you mean \"mail\"?"),
      (["stepp"], "\"stepp\" is no word of the reference; did you mean \"step\"?"),
      (
        ["step", "wait", "long"], "\"long\" is no word of step.wait; there are no words there"
      ),
    ])
  func unknown(words: [String], line: String) {
    #expect(throws: Reference.Unknown(description: line)) {
      try Self.reference.page(words)
    }
  }
}
