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

  /// A recorder that leads its own way, on a model that declares it.
  private static func series(
    _ scenario: String, _ model: String, seed: UInt64, defects: [String] = []
  ) -> Series {
    let way = FlowVariant(seed: seed, name: "way")
    let defects = defects.isEmpty ? [] : ["virtual.defects=[\(defects.joined(separator: ", "))]"]
    return Series(
      scenario: scenario, model: model,
      overrides: way.recorder + way.declared(on: model) + defects, firstSeed: seed)
  }

  @Test(
    "the password reset passes unchanged whatever way the recorder leads",
    arguments: VirtualExpectation.models, [UInt64(31), 32, 33])
  func ways(model: String, seed: UInt64) async throws {
    let tally = try await Founding.passes(
      of: Self.series(Founding.scenario, model, seed: seed), on: folder.stage)
    #expect(tally.surprises == [])
    #expect(tally.total == 1)
  }

  @Test("a weak password is refused on one page, too", arguments: VirtualExpectation.models)
  func weakOnOnePage(model: String) async throws {
    var way = FlowVariant()
    (way.isOnePage, way.hasButtonBetween) = (true, false)
    let series = Series(
      scenario: "Scenarios/weak-password.yaml", model: model,
      overrides: way.recorder + way.declared(on: model), firstSeed: 3)
    let tally = try await Founding.passes(of: series, on: folder.stage)
    #expect(tally.surprises == [])
  }

  @Test(
    "what is refused may stand in the form, whose button says what a message's does",
    arguments: ["wrong-code", "weak-password", "password-reset"], VirtualExpectation.models)
  func refusedInline(scenario: String, model: String) async throws {
    var way = FlowVariant()
    way.refusesInline = true
    let series = Series(
      scenario: "Scenarios/\(scenario).yaml", model: model,
      overrides: way.recorder + way.declared(on: model), firstSeed: 29)
    let tally = try await Founding.passes(of: series, on: folder.stage)
    #expect(tally.surprises == [])
  }

  @Test("a pointer that lies on a field when its box is looked for is moved off it first")
  func pointerOnField() async throws {
    let series = Series(
      scenario: "Scenarios/weak-password.yaml", model: "night-series",
      overrides: [
        "virtual.capture.brightness=-14", "virtual.capture.noise=3.1",
        "virtual.capture.quality=78", "virtual.acceleration=17",
      ], firstSeed: 5_632_199)
    let tally = try await Founding.passes(of: series, on: folder.stage)
    #expect(tally.surprises == [])
  }

  @Test(
    "a defect of the reset is seen whatever way the recorder leads",
    arguments: ["skips-confirmation", "keeps-old-password", "success-without-storing"])
  func defectsOfWays(name: String) async throws {
    let series = Self.series(
      Founding.scenario, "summit-series", seed: UInt64(40 + name.count), defects: [name])
    let outcome = try #require(try await folder.stage.play(series).first)
    #expect(outcome.verdict == "failed", "\(outcome.reason ?? "")")
  }

  @Test(
    "a way that the model does not declare is failed",
    arguments: ["passwordPages=one", "confirmReset=always", "success=toast"])
  func undeclared(way: String) async throws {
    let series = Series(
      scenario: Founding.scenario, model: "night-series",
      overrides: ["virtual.flow.\(way)"], firstSeed: 6)
    let outcome = try #require(try await folder.stage.play(series).first)
    #expect(outcome.verdict == "failed", "\(outcome.reason ?? "")")
    if !way.hasPrefix("success") { #expect(outcome.cause == "flow-differs") }
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

  @Test("a field seen while its page faded in over moving video is known in full in the end")
  func fadingField() async throws {
    let series = Series(
      scenario: Founding.scenario, model: "summit-series",
      overrides: [
        "virtual.autoReboot=true", "virtual.capture.tone=stretched", "virtual.capture.noise=3.4",
        "virtual.capture.quality=80", "virtual.acceleration=46",
      ], firstSeed: 3_102_581)
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
