import Commands
import ExpectedVerdicts

/// The password reset on healthy recorders that show a pop-up at one moment after the other: every
/// run must pass.
///
/// Left to the seeds, few pop-ups come up while something is being typed, and fewer still between a
/// shift key and the letter that it is pressed for.
package struct Interrupting: Sendable {
  /// The first moment after the recorder's start, in seconds: nothing has been clicked yet.
  private static let first = 3
  /// The last one: the new password has been confirmed.
  private static let last = 75

  /// How many recorders, that is seeds, each moment is played on.
  private static let recorders = 2

  /// The models to play it on.
  package var models: [String]
  /// The first moment's first seed; each moment has the next ones.
  package var firstSeed: UInt64
  /// How many moments, spread evenly.
  package var moments: Int

  /// Creates it for all models.
  package init(
    models: [String] = VirtualExpectation.models, firstSeed: UInt64 = 1, moments: Int = 50
  ) {
    self.models = models
    self.firstSeed = firstSeed
    self.moments = moments
  }

  /// Plays it on recorders that wait for the plug: none of their time goes by in restarting.
  package func play(on stage: Stage) async throws -> Tally {
    stage.console.say("The password reset, with a pop-up at \(moments) moments:")
    var all = Tally()
    for model in models {
      var tally = Tally()
      for moment in 0..<moments {
        let series = Series(
          scenario: Founding.scenario, model: model,
          overrides: Founding.overrides(restarts: false)
            + ["virtual.popUpAfter=\(milliseconds(moment))ms"],
          firstSeed: firstSeed + UInt64(moment * Self.recorders), count: Self.recorders)
        tally.add(try await Founding.passes(of: series, on: stage))
      }
      stage.console.say("  \(model): passed \(tally.words)")
      all.add(tally)
    }
    stage.console.say("  all: passed \(all.words)")
    return all
  }

  private func milliseconds(_ moment: Int) -> Int {
    Self.first * 1000 + (Self.last - Self.first) * 1000 * moment / max(1, moments)
  }
}
