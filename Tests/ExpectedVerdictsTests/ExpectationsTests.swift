import Foundation
import OrderedJSON
import RunJournal
import Scenario
import Testing
import VirtualRecorder

@testable import ExpectedVerdicts

/// What is listed can be relied on: it names what there is, and leaves nothing out.
@Suite("The list of expected verdicts")
struct ExpectationsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  @Test("every defect is failed by a shipped scenario, every fault errored by one")
  func complete() {
    for (entries, verdict) in [
      (VirtualCatalogue.defects, Verdict.failed), (VirtualCatalogue.faults, .errored),
    ] {
      for entry in entries where !VirtualExpectation.correctable.contains(entry.name) {
        let expected = VirtualExpectation.all.filter { $0.flaw == entry.name }
        #expect(!expected.isEmpty, "\(entry.name) is not expected to be noticed")
        #expect(expected.allSatisfy { $0.verdict == verdict }, "\(entry.name)")
      }
    }
    #expect(VirtualCatalogue.defects.count >= 15)
    #expect(VirtualCatalogue.faults.count >= 12)
  }

  @Test("nothing is expected of what there is not, or twice")
  func known() {
    let flaws = VirtualCatalogue.defects + VirtualCatalogue.faults
    #expect(
      Set(VirtualExpectation.all.map(\.flaw) + VirtualExpectation.correctable)
        == Set(flaws.map(\.name)))
    #expect(VirtualExpectation.models == VirtualCatalogue.models.map(\.name))
    let places = VirtualExpectation.all.map { [$0.flaw, $0.scenario, $0.model] }
    #expect(Set(places).count == places.count)
  }

  @Test("every scenario is shipped, and every step is one of it")
  func steps() throws {
    let expected = VirtualExpectation.all
    for scenario in Set(expected.map(\.scenario)) {
      let parsed = ScenarioParser.parse(file: "\(Self.root)/Scenarios/\(scenario).yaml")
      let paths = Self.paths(of: try #require(parsed.scenario).steps)
      for step in Set(expected.filter { $0.scenario == scenario }.compactMap(\.step)) {
        #expect(paths.contains(step), "\(scenario) has no step \(step)")
      }
    }
  }

  /// The name paths of steps, those of branches and parts included.
  private static func paths(of steps: [Step]) -> [String] {
    steps.flatMap { step in
      let inner =
        (step.action?.needs.plays.part?.scenario.steps ?? [])
        + (step.action?.needs.plays.ownSteps ?? [])
      return [step.name] + paths(of: inner).map { "\(step.name) / \($0)" }
    }
  }

  @Test("it is told to programs, with nothing left out")
  func object() throws {
    let answer = ExpectationsCommand.object
    #expect(answer["models"] == .strings(["night-series", "harbor-series", "summit-series"]))
    guard case .array(let defects)? = answer["defects"] else {
      Issue.record("no list of defects: \(answer)")
      return
    }
    #expect(defects.count == VirtualCatalogue.defects.count)
    let missing = defects.first { $0["name"] == .string("auto-reboot-missing") }
    #expect(
      missing?["scenarios"]
        == .array([
          .object([
            .init("scenario", .string("password-reset")),
            .init("model", .string("harbor-series")), .init("verdict", .string("failed")),
            .init("step", .string("Restarts by itself")),
            .init("causes", .strings(["expectation-unmet"])),
          ])
        ]))
  }

  @Test("it is told to people, a line a scenario")
  func table() {
    let lines = ExpectationsCommand.lines
    #expect(lines.contains("  never-sends-mail: never sends the secure code"))
    #expect(lines.contains("    failed  password-reset  at Fetch the secure code"))
    #expect(lines.contains { $0.hasSuffix("at Restarts by itself; only harbor-series") })
  }
}
