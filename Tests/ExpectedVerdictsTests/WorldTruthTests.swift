import Foundation
import RunJournal
import Scenario
import Testing

@testable import ExpectedVerdicts

@Suite("What is right to say of a world")
struct WorldTruthTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  /// A run of the password reset whose steps begin at round moments.
  private func truth(
    _ flaws: [WorldFlaw], scenario: String = "password-reset", restarts: Bool = false,
    end: Double = 150
  ) -> WorldTruth {
    WorldTruth(
      flaws: flaws, scenario: scenario, restartsByItself: restarts,
      steps: [
        "Choose Forgot Password": 10,
        "Choose a new password / Go by what is asked for / Hand in the confirmation": 60,
        "Restart by the plug": 70, "Try the old password": 100,
        "Log in with the new password": 120, "Enter the password": 0,
      ], end: end)
  }

  @Test("a healthy recorder on a healthy rig passes, and so does one whose flaw comes too late")
  func healthy() {
    let late = truth([WorldFlaw(name: "cable-lost", at: 151_000)])
    for truth in [truth([]), late] {
      #expect(truth.kind == .healthy)
      #expect(truth.right == [.passed])
    }
  }

  @Test("a faulty rig is never a recorder's failure")
  func fault() {
    let truth = truth([WorldFlaw(name: "cable-lost", at: 20_000)])
    #expect(truth.kind == .fault)
    #expect(truth.right == [.passed, .errored])
  }

  @Test("a defect is failed where it is listed, and while it has chances to show")
  func defect() {
    let fromStart = truth([WorldFlaw(name: "never-sends-mail")])
    #expect(fromStart.isSure)
    #expect(fromStart.right == [.failed])
    let inTime = truth([WorldFlaw(name: "never-sends-mail", at: 10_000)])
    #expect(inTime.right == [.failed])
    let late = truth([WorldFlaw(name: "never-sends-mail", at: 10_001)])
    #expect(!late.isSure)
    #expect(late.right == [.passed, .failed])
    #expect(late.kind == .defect)
  }

  @Test("whether the plug is pulled decides what a restart by the plug shows")
  func restarts() {
    let flaw = WorldFlaw(name: "no-boot-after-power-cut", at: 5_000)
    #expect(truth([flaw]).isSure)
    #expect(!truth([flaw], restarts: true).isSure)
    let missing = WorldFlaw(name: "auto-reboot-missing")
    #expect(!truth([missing]).isSure)
    #expect(truth([missing], restarts: true).isSure)
  }

  @Test("a crash that could be the restart that is waited for is not sure to show")
  func crashInsteadOfRestart() {
    func isSure(at seconds: Int) -> Bool {
      truth([WorldFlaw(name: "crashes-in-menu", at: seconds * 1000)]).isSure
    }
    #expect(isSure(at: 59))
    #expect(!isSure(at: 60))
    #expect(!isSure(at: 99))
    #expect(isSure(at: 100))
    #expect(!isSure(at: 121))
  }

  @Test("a recorder that refuses on its pages has no message that may stay open")
  func refusesInline() {
    func isSure(inline: Bool) -> Bool {
      WorldTruth(
        flaws: [WorldFlaw(name: "messages-will-not-close")], scenario: "weak-password",
        restartsByItself: false, refusesInline: inline, steps: ["Close the refusal": 40], end: 90
      ).isSure
    }
    #expect(isSure(inline: false))
    #expect(!isSure(inline: true))
  }

  @Test("a defect that another one makes good is not sure to show")
  func hidden() {
    let both = ["key-types-another", "log-in-accepts-any-password"].map { WorldFlaw(name: $0) }
    #expect(truth([both[0]], scenario: "log-in").isSure)
    #expect(!truth(both, scenario: "log-in").isSure)
    #expect(truth(both).isSure)
  }

  @Test("a defect and a fault do not pass where one of them is sure to show")
  func both() {
    let late = WorldFlaw(name: "cable-lost", at: 149_000)
    let sure = truth([WorldFlaw(name: "keeps-old-password"), late])
    #expect(sure.kind == .both)
    #expect(sure.right == [.failed, .errored])
    let unsure = truth([WorldFlaw(name: "wrong-firmware-version"), late])
    #expect(!unsure.isSure)
    #expect(unsure.right.contains(.passed))
    let early = WorldFlaw(name: "cable-lost", at: 20_000)
    #expect(truth([WorldFlaw(name: "wrong-firmware-version"), early]).isSure)
  }

  @Test("every place that a defect is listed for has a last chance, at a step that there is")
  func chances() throws {
    for expected in VirtualExpectation.all where expected.verdict == .failed {
      #expect(
        FlawChance.last(of: expected.flaw, in: expected.scenario) != nil,
        "\(expected.flaw) in \(expected.scenario)")
    }
    let flaws = WorldFlaw.defects + WorldFlaw.faults
    for (flaw, places) in FlawChance.all {
      #expect(flaws.contains(flaw), "\(flaw)")
      for (scenario, chance) in places {
        let parsed = ScenarioParser.parse(file: "\(Self.root)/Scenarios/\(scenario).yaml")
        let names = Self.paths(of: try #require(parsed.scenario).steps)
        for step in [chance.until, chance.butFrom, chance.butTo].compactMap({ $0 }) {
          #expect(names.contains(step), "\(scenario) has no step \(step)")
        }
      }
    }
  }

  /// The name paths of steps, those within others included.
  private static func paths(of steps: [Step]) -> [String] {
    steps.flatMap { step in
      [step.name]
        + paths(of: step.action?.needs.plays.ownSteps ?? []).map { "\(step.name) / \($0)" }
    }
  }
}
