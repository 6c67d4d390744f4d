import Commands
import Foundation
import OrderedJSON
import RunJournal
import Testing

@testable import Campaign

@Suite("Counting and repeating")
struct CountingTests {
  @Test("a run that is not as it should be is told with the command that repeats it")
  func surprise() throws {
    let series = Series(
      scenario: "Scenarios/log-in.yaml", model: "harbor-series",
      overrides: ["virtual.defects=[hangs-in-menu]"], firstSeed: 3, count: 2)
    let outcomes = try ["failed", "passed"].enumerated().map { index, verdict in
      try #require(
        Outcome(
          .object([
            .init("seed", .int(3 + index)), .init("verdict", .string(verdict)),
            .init("step", .null), .init("reason", .string("it hangs")),
            .init("folder", .string("runs/x")),
          ])))
    }
    var tally = Tally()
    for outcome in outcomes {
      tally.count(
        outcome, of: series, isRight: outcome.verdict == "failed", wanted: "failed",
        on: Console(out: { _ in }, err: { _ in }))
    }
    #expect(tally.right == 1)
    #expect(tally.total == 2)
    #expect(
      tally.surprises == [
        """
            passed, not failed: it hangs
              gantry run Scenarios/log-in.yaml --rig Rigs/virtual.yaml --unattended --seed 4 \
        --set model=models/harbor-series --set 'virtual.defects=[hangs-in-menu]'
        """
      ])
    #expect(tally.words == "1 of 2 (95 % interval 9.5 % to 90.5 %)")
  }

  @Test("a series that can't be played is no result")
  func broken() async throws {
    let folder = try Folder()
    let series = Series(scenario: "Scenarios/none.yaml", model: "night-series")
    await #expect(throws: CampaignError.self) { _ = try await folder.stage.play(series) }
  }
}

@Suite("Switching off expectations")
struct MutationTests {
  private static let files = ["password-reset.yaml", "log-in.yaml", "parts/enter-password.yaml"]

  private static func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(root)/Scenarios/\(file)", encoding: .utf8)
  }

  @Test("each expectation is switched off once, and no other", arguments: files)
  func everyOne(file: String) throws {
    let text = try Self.text(file)
    // Those of a step itself; what a round's branches expect is how its way is told.
    func expectations(_ text: String) -> Int {
      text.split(separator: "\n").count { $0.hasPrefix("    expect: ") }
    }
    let steps = text.components(separatedBy: "\n  - name: ").dropFirst()
    let alternatives = steps.count { $0.contains("\n    either:") && expectations($0) == 0 }
    let count = expectations(text) + alternatives
    let mutations = ScenarioMutation.all(of: text, file: file)
    #expect(mutations.count == count)
    #expect(
      mutations.count { expectations($0.text) == expectations(text) - 1 } >= count - alternatives)
    #expect(Set(mutations.map(\.text)).count == count)
  }

  @Test("what is left can be played", arguments: files)
  func sound(file: String) async throws {
    let folder = try Folder()
    let copy = folder.path + "/scenarios"
    try FileManager.default.copyItem(atPath: "\(root)/Scenarios", toPath: copy)
    for mutation in ScenarioMutation.all(of: try Self.text(file), file: file) {
      try Data(mutation.text.utf8).write(to: URL(filePath: "\(copy)/\(file)"))
      let check = await gantry([
        "check", "\(copy)/password-reset.yaml", "--rig", "\(root)/Rigs/virtual.yaml",
      ])
      #expect(check.status == 0, "without the expectation of \(mutation.step)")
    }
  }
}
