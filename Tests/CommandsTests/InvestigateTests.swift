import Foundation
import OrderedJSON
import Testing

/// A run that did not pass is played again, to find what that hangs on.
@Suite("Investigating a run")
struct InvestigateTests {
  private let folder: Folder
  private let ledger: String
  private let out: String

  private static let rig = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Rigs/virtual.yaml").standardizedFileURL.path

  init() throws {
    folder = try Folder()
    ledger = folder.path + "/ledger.sqlite"
    out = folder.path + "/runs"
  }

  private func write(_ expected: String, to name: String) throws -> String {
    try folder.write(
      "scenario: look\nabout: Looks.\ntimeout: 5m\nsteps:\n"
        + "  - name: Look\n    expect: \(expected)\n    within: 2s\n", to: name)
  }

  private func play(_ scenario: String) async throws -> JSONValue {
    let spoken = await gantry(
      "run", scenario, "--rig", Self.rig, "--out", out, "--unattended", "--json", "--ledger",
      ledger)
    return try JSONValue(parsing: spoken.out.utf8)
  }

  private func folderOf(_ run: JSONValue) throws -> String {
    guard case .string(let folder)? = run["folder"] else { return "" }
    return folder
  }

  private func investigate(_ run: String, _ more: String...) async -> Spoken {
    await gantry(
      [
        "investigate", run, "--rig", Self.rig, "--out", out, "--ledger", ledger, "--times", "2",
      ] + more)
  }

  @Test("a run that fails since its scenario was changed hangs on the scenario")
  func changedScenario() async throws {
    let scenario = try write("{not: {text: Bicycle}}", to: "look.yaml")
    let good = try await play(scenario)
    #expect(good["verdict"] == .string("passed"))
    let passed = await investigate(try folderOf(good))
    #expect(passed.status == 2)
    #expect(passed.err.contains("the run passed"))

    let before = try write("{not: {text: Bicycle}}", to: "before.yaml")
    // Runs are told apart by the second in which they begin.
    try await Task.sleep(for: .seconds(1.1))
    _ = try write("{text: Bicycle}", to: "look.yaml")
    let bad = try folderOf(try await play(scenario))
    let unasked = await investigate(bad)
    #expect(unasked.status == 1)
    #expect(unasked.out.contains("--scenario-before asks whether it is that"))
    let found = await investigate(bad, "--scenario-before", before, "--json")
    #expect(found.status == 0)
    let answer = try JSONValue(parsing: found.out.utf8)
    #expect(answer["answers"] == .strings(["scenario"]))
    #expect(answer["lastGood"] == good["folder"])
    guard case .array(let runs)? = answer["runs"] else {
      Issue.record("no runs are told")
      return
    }
    #expect(
      runs.map { $0["verdict"] }
        == [.string("failed"), .string("failed"), .string("passed"), .string("passed")])

    _ = try write("{text: Tricycle}", to: "look.yaml")
    let other = await investigate(bad)
    #expect(other.status == 2)
    #expect(other.err.contains("this is not the scenario that was played"))
  }
}
