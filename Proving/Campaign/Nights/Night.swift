import ExpectedVerdicts
import SeededRandom

/// One recorder with a memory, and the runs that are played on it one after the other.
struct NightSequence: Sendable {
  /// Which of the campaign's sequences it is.
  let index: Int
  /// The recorder's model.
  let model: String
  /// The runs in order.
  let runs: [NightRun]

  /// Draws a sequence.
  ///
  /// - Parameters:
  ///   - seed: the campaign's seed.
  ///   - index: which of its sequences.
  ///   - count: how many runs.
  ///   - scenarios: what is played.
  init(seed: UInt64, index: Int, count: Int, scenarios: [String]) {
    self.index = index
    var lots = SeededStream(seed: seed, name: "nights \(index)")
    model = VirtualExpectation.models.randomElement(using: &lots) ?? ""
    runs = (0..<count).map { run in
      var lots = SeededStream(seed: seed, name: "nights \(index) \(run)")
      let scenario = scenarios.randomElement(using: &lots) ?? ""
      let runSeed = UInt64.random(in: 1...9_999_999, using: &lots)
      let isKilled = Int.random(in: 0..<10, using: &lots) == 0
      let lines = Int.random(in: 1...60, using: &lots)
      return NightRun(scenario: scenario, seed: runSeed, killedAfter: isKilled ? lines : nil)
    }
  }
}

/// One run of a sequence.
struct NightRun: Sendable {
  /// The scenario's name.
  let scenario: String
  /// Its seed.
  let seed: UInt64
  /// After how many lines of its progress the program is killed; nil where it is not.
  let killedAfter: Int?
}

/// What came of a run.
struct NightOutcome: Sendable {
  /// What it was.
  let run: NightRun
  /// What the program ended with; nil where it was killed.
  let status: Int32?
  /// What it said last, cause included.
  let words: String

  /// Whether it was killed before it ended.
  var wasKilled: Bool { status == nil }
}
