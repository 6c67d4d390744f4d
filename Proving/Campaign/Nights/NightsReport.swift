import Commands

/// What nights came to.
struct NightsReport {
  /// What each sequence came to.
  var sequences: [(sequence: NightSequence, outcomes: [NightOutcome])]

  private var all: [NightOutcome] { sequences.flatMap(\.outcomes) }

  private func count(_ outcome: CommandOutcome) -> Int {
    all.count { $0.status == outcome.rawValue }
  }

  /// The runs that ended by themselves.
  private var ended: Int { all.count { !$0.wasKilled } }

  /// Runs that did not pass and after which the next that was let be did not pass either.
  private var notRecovered: Int {
    sequences.reduce(0) { sum, item in
      let ended = item.outcomes.filter { !$0.wasKilled }
      return sum
        + zip(ended, ended.dropFirst()).count { pair in
          pair.0.status == CommandOutcome.errored.rawValue && pair.1.status != 0
        }
    }
  }

  /// Whether a bound is broken.
  var isBroken: Bool {
    count(.failed) > 0 || notRecovered > 0 || Double(count(.passed)) < 0.99 * Double(ended)
  }

  /// The report for people.
  var lines: [String] {
    var lines = [
      "\(sequences.count) recorders, \(all.count) runs: \(count(.passed)) passed, "
        + "\(count(.failed)) failed, \(count(.errored)) errored, "
        + "\(all.count { $0.wasKilled }) killed on the way.",
      "Bounds: none failed; at least 99 % of those that were let be passed; after each errored one "
        + "the next passes (\(notRecovered) did not).",
    ]
    for (sequence, outcomes) in sequences {
      for (index, outcome) in outcomes.enumerated() where outcome.status ?? 0 != 0 {
        lines.append(
          "  recorder \(sequence.index) (\(sequence.model)), run \(index), \(outcome.run.scenario), "
            + "seed \(outcome.run.seed): \(outcome.words)")
        for before in outcomes[max(0, index - 2)..<index] {
          lines.append(
            "    before it: \(before.run.scenario), \(before.wasKilled ? "killed" : "status \(before.status ?? 0)")"
          )
        }
      }
    }
    return lines
  }
}
