import Commands
import ExpectedVerdicts

/// The password reset on healthy recorders: every run must pass.
package struct Founding: Sendable {
  /// The scenario.
  static let scenario = "Scenarios/password-reset.yaml"

  /// The models to play it on.
  package var models: [String]
  /// The first seed.
  package var firstSeed: UInt64
  /// How many seeds each.
  package var seeds: Int

  /// Creates it for all models.
  package init(
    models: [String] = VirtualExpectation.models, firstSeed: UInt64 = 1, seeds: Int = 100
  ) {
    self.models = models
    self.firstSeed = firstSeed
    self.seeds = seeds
  }

  /// What is set for recorders that restart by themselves, or don't.
  static func overrides(restarts: Bool) -> [String] {
    // A model that says that its recorders restart by themselves holds them to it.
    ["virtual.autoReboot=\(restarts)"] + (restarts ? [] : ["model.boot.rebootsByItself=false"])
  }

  /// Plays a series of which every run must pass.
  static func passes(of series: Series, on stage: Stage) async throws -> Tally {
    var tally = Tally()
    for outcome in try await stage.play(series) {
      tally.count(
        outcome, of: series, isRight: outcome.verdict == "passed", wanted: "passed",
        on: stage.console)
    }
    return tally
  }

  /// Plays it with and without a restart of the recorder's own.
  package func play(on stage: Stage) async throws -> Tally {
    stage.console.say("The password reset, \(seeds) seeds each:")
    var all = Tally()
    for model in models {
      for restarts in [true, false] {
        all.add(try await play(model, restarts: restarts, on: stage))
      }
    }
    stage.console.say("  all: passed \(all.words)")
    return all
  }

  private func play(_ model: String, restarts: Bool, on stage: Stage) async throws -> Tally {
    let series = Series(
      scenario: Self.scenario, model: model, overrides: Self.overrides(restarts: restarts),
      firstSeed: firstSeed, count: seeds)
    let start = ProcessorTime.milliseconds
    let tally = try await Self.passes(of: series, on: stage)
    let seconds = (ProcessorTime.milliseconds - start) / 1000 / Double(max(1, tally.total))
    stage.console.say(
      "  \(model), \(restarts ? "restarts by itself" : "waits for the plug"): passed "
        + "\(tally.words), \((seconds * 10).rounded() / 10) s of processor time a run")
    return tally
  }
}
