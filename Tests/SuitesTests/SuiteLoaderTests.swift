import SourceYAML
import Testing

@testable import Suites

@Suite("Suite files")
struct SuiteLoaderTests {
  private static let causes = ["capture-gone", "mouse-silent"]

  private func load(_ text: String) throws -> SuiteDescription {
    try SuiteLoader.load(
      "Suites/night.yaml", retriable: Self.causes, files: .memory(["Suites/night.yaml": text]))
  }

  private func findings(_ text: String) -> [String] {
    do {
      _ = try load(text)
      return []
    } catch let wrong as Findings {
      return wrong.all.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test("everything that may stand in a suite is read, paths beside the file")
  func whole() throws {
    let suite = try load(
      """
      suite: nightly
      about: What must hold.
      scenarios: [../Scenarios, own.yaml]
      rigs: {in: [../Rigs], class: bench, tags: [hdmi-2, fast]}
      models: [../Rigs/models/night-series]
      firmware: ["4.2.1", 4.30]
      seeds: {from: 5, count: 3}
      repeat: 2
      retry: {atMost: 1, causes: [capture-gone], why: The cable is loose.}
      """)
    #expect(suite.name == "nightly")
    #expect(suite.scenarios.map(\.text) == ["Scenarios", "Suites/own.yaml"])
    #expect(suite.rigs.places.map(\.text) == ["Rigs"])
    #expect(suite.rigs.rigClass?.text == "bench")
    #expect(suite.rigs.tags.map(\.text) == ["hdmi-2", "fast"])
    #expect(suite.models.map(\.text) == ["Rigs/models/night-series"])
    #expect(suite.firmwares.map(\.text) == ["4.2.1", "4.30"])
    #expect(suite.seeds == [5, 6, 7])
    #expect(suite.repeats == 2)
    #expect(suite.retry?.reason == "The cable is loose.")
  }

  @Test("without seeds it is seed 1, once, and nothing is played again")
  func short() throws {
    let suite = try load("suite: s\nscenarios: [a.yaml]\nrigs: [b.yaml]\n")
    #expect(suite.seeds == [1])
    #expect(suite.repeats == 1)
    #expect(suite.retry == nil)
    #expect(suite.rigs.rigClass == nil)
  }

  @Test("what is mistyped is told with its place and the nearest name")
  func mistyped() {
    let wrong = findings(
      """
      suite: s
      scenario: [a.yaml]
      scenarios: [a.yaml]
      rigs: [b.yaml]
      retry: {atMost: 1, causes: [capture-gon], why: So.}
      """)
    #expect(
      wrong == [
        "Suites/night.yaml:2:1: \"scenario\" is no key of a suite; did you mean \"scenarios\"?",
        "Suites/night.yaml:5:29: \"capture-gon\" is no cause of an errored run; "
          + "did you mean \"capture-gone\"?",
      ])
  }

  @Test("a cause that is the recorder's can't be played again")
  func recordersOwn() {
    let wrong = findings(
      """
      suite: s
      scenarios: [a.yaml]
      rigs: [b.yaml]
      retry: {atMost: 1, causes: [expectation-unmet], why: So.}
      """)
    #expect(wrong.count == 1)
    #expect(wrong.first?.contains("failed runs are never played again") == true)
  }

  @Test("only errored runs of a named cause are played again, so often and no more")
  func retries() throws {
    let retry = try #require(
      try load(
        """
        suite: s
        scenarios: [a.yaml]
        rigs: [b.yaml]
        retry: {atMost: 2, causes: [mouse-silent], why: So.}
        """
      ).retry)
    #expect(retry.allows(isErrored: true, cause: "mouse-silent", times: 1))
    #expect(!retry.allows(isErrored: true, cause: "mouse-silent", times: 2))
    #expect(!retry.allows(isErrored: false, cause: "mouse-silent", times: 0))
    #expect(!retry.allows(isErrored: true, cause: "capture-gone", times: 0))
    #expect(!retry.allows(isErrored: true, cause: nil, times: 0))
  }

  @Test("a file is a suite by the key at its top")
  func kind() {
    let files = SourceFiles.memory(["a": "suite: s\n", "b": "scenario: s\n", "c": "- x\n"])
    #expect(SuiteLoader.isSuite("a", files: files))
    #expect(["b", "c", "d"].allSatisfy { !SuiteLoader.isSuite($0, files: files) })
  }

  @Test("runs that are named by themselves are read in their order, and need no scenarios beside")
  func runs() throws {
    let suite = try SuiteLoader.load(
      "Suites/s.yaml", retriable: [],
      files: .memory([
        "Suites/s.yaml": """
        suite: s
        runs:
          - {scenario: a.yaml, rig: ../b.yaml, firmware: 4.2.1, seed: 7, times: 2, why: It failed.}
          - {scenario: c.yaml, rig: d.yaml, model: m}
        """
      ]))
    #expect(suite.runs.map(\.scenario.text) == ["Suites/a.yaml", "Suites/c.yaml"])
    #expect(suite.runs.map(\.rig.text) == ["b.yaml", "Suites/d.yaml"])
    #expect(suite.runs.map(\.model?.text) == [nil, "Suites/m"])
    #expect(suite.runs.map(\.firmware) == ["4.2.1", nil])
    #expect(suite.runs.map(\.seed) == [7, 1])
    #expect(suite.runs.map(\.times) == [2, 1])
    #expect(suite.scenarios.isEmpty)
  }

  private static var examples: [String] {
    let reference = Reference([("suite", SuiteFormat.book)])
    return Set(reference.kinds.flatMap { reference.pages(of: $0) }.compactMap(\.example)).sorted()
  }

  @Test("every example of the reference is one", arguments: examples)
  func shown(example: String) {
    var text = example
    for (key, line) in [
      ("suite", "suite: s"), ("scenarios", "scenarios: [a.yaml]"), ("rigs", "rigs: [b.yaml]"),
    ] where !text.split(separator: "\n").contains(where: { $0.hasPrefix("\(key):") }) {
      text += "\n" + line
    }
    #expect(findings(text) == [], "\(text)")
  }
}
