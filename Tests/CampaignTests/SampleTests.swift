import Commands
import ExpectedVerdicts
import Testing

@testable import Campaign

/// A small part of the campaign: a run of each kind.
@Suite("A sample of the campaign")
struct SampleTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test("the password reset passes", arguments: VirtualExpectation.models)
  func founding(model: String) async throws {
    let tally = try await Founding(models: [model], seeds: 1).play(on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 2)
  }

  @Test("the password reset passes whenever a pop-up comes")
  func interrupted() async throws {
    let tally = try await Interrupting(models: ["night-series"], moments: 2).play(on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 4)
  }

  @Test("the password reset passes where the grabber delivers 1080 lines of the recorder's 720")
  func captured() async throws {
    let series = Series(
      scenario: Founding.scenario, model: "summit-series",
      overrides: ["virtual.captureLines=1080"], firstSeed: 5)
    let tally = try await Founding.passes(of: series, on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 1)
  }

  @Test(
    "healthy worlds that were misjudged once pass",
    arguments: [
      // Icons tell that luma was expanded; it was done to red, green and blue.
      ("Scenarios/log-in.yaml", "night-series", UInt64(21)),
      // What was learnt of the pointer fits elsewhere, too: fast reports seemed to move nothing.
      ("Scenarios/power-cut.yaml", "harbor-series", 1_783_233),
    ])
  func misjudgedOnce(scenario: String, model: String, seed: UInt64) async throws {
    let series = Series(scenario: scenario, model: model, overrides: [], firstSeed: seed)
    let outcome = try #require(try await folder.stage.play(series).first)
    #expect(outcome.verdict == "passed", "\(outcome.reason ?? "")")
  }

  @Test(
    "a grabber that delivers less than the model's pictures show is the rig's fault",
    arguments: [UInt64(1), 4])
  func capturedSmaller(seed: UInt64) async throws {
    let series = Series(
      scenario: Founding.scenario, model: "harbor-series",
      overrides: ["virtual.captureLines=720"], firstSeed: seed)
    let outcome = try #require(try await folder.stage.play(series).first)
    #expect(outcome.verdict == "errored")
    #expect(outcome.reason?.contains("is made for 1920x1080") == true)
  }

  @Test("a flaw is judged as listed", arguments: VirtualExpectation.flaws)
  func flaw(name: String) async throws {
    let tally = try await Fooling(flaws: [name], places: .inTurn, seeds: 1).play(on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 1)
  }

  @Test(
    "a fault that a run can make up for is never blamed on the recorder",
    arguments: VirtualExpectation.correctable)
  func correctable(name: String) async throws {
    let tally = try await Fooling(flaws: [name], seeds: 1).play(on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == VirtualExpectation.models.count)
  }

  @Test("an expectation that is switched off lets something through")
  func mutation() async throws {
    // Without it, the defect that it is for passes altogether.
    let tally = try await Mutating(models: ["night-series"], seeds: 1, steps: ["See the main menu"])
      .play(on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 1)
  }
}
