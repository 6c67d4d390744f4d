import Commands
import ExpectedVerdicts
import RunJournal

/// Defective recorders and faulty rigs: every run must be judged as listed.
package struct Fooling: Sendable {
  /// Where flaws are played.
  package enum Places: Sendable {
    /// In every scenario and on every model that is listed for them.
    case all
    /// Each seed in another of the places that are listed, spread over all of them.
    case inTurn
  }

  /// The flaws to play; nil for all.
  package var flaws: [String]?
  /// The models to play them on.
  package var models: [String]
  /// Where they are played.
  package var places: Places
  /// The first seed.
  package var firstSeed: UInt64
  /// How many seeds at each place.
  package var seeds: Int

  /// Creates it.
  package init(
    flaws: [String]? = nil, models: [String] = VirtualExpectation.models, places: Places = .all,
    firstSeed: UInt64 = 1, seeds: Int = 10
  ) {
    self.flaws = flaws
    self.models = models
    self.places = places
    self.firstSeed = firstSeed
    self.seeds = seeds
  }

  /// Plays all of it.
  package func play(on stage: Stage) async throws -> Tally {
    stage.console.say("Defects and faults, \(seeds) seeds at each place:")
    var all = Tally()
    for (turn, flaw) in VirtualExpectation.flaws.enumerated() where flaws?.contains(flaw) ?? true {
      var tally = Tally()
      let listed = series(of: flaw, turn: turn)
      let outcomes = try await stage.play(listed.map(\.1))
      for ((expected, series), outcomes) in zip(listed, outcomes) {
        count(outcomes, of: series, expecting: expected, in: &tally, on: stage.console)
      }
      if tally.total == 0 { continue }
      stage.console.say("  \(flaw): as listed \(tally.words)")
      all.add(tally)
    }
    for fault in VirtualExpectation.correctable where flaws?.contains(fault) ?? true {
      all.add(try await play(correctable: fault, on: stage))
    }
    stage.console.say("  all: as listed \(all.words)")
    return all
  }

  /// What is played of a flaw, and what is expected of it.
  private func series(of flaw: String, turn: Int) -> [(VirtualExpectation, Series)] {
    let listed = VirtualExpectation.all.filter { $0.flaw == flaw && models.contains($0.model) }
    switch places {
    case .all: return listed.map { ($0, $0.series(firstSeed: firstSeed, count: seeds)) }
    case .inTurn:
      if listed.isEmpty { return [] }
      return (0..<seeds).map { at in
        let step = listed.count > seeds ? at * listed.count / seeds : at
        let expected = listed[(step + turn) % listed.count]
        return (expected, expected.series(firstSeed: firstSeed + UInt64(at), count: 1))
      }
    }
  }

  private func count(
    _ outcomes: [Outcome], of series: Series, expecting expected: VirtualExpectation,
    in tally: inout Tally, on console: Console
  ) {
    for outcome in outcomes {
      let isRight =
        outcome.verdict == expected.verdict.rawValue
        && (expected.step == nil || outcome.step == expected.step)
        && expected.isCause(outcome.cause)
      tally.count(
        outcome, of: series, isRight: isRight,
        wanted: expected.verdict.rawValue + (expected.step.map { " at \($0)" } ?? "")
          + " for " + expected.causeNames.joined(separator: " or "),
        on: console)
    }
  }

  /// A fault that a careful hand makes up for, or gives up before: the recorder is never blamed.
  private func play(correctable fault: String, on stage: Stage) async throws -> Tally {
    var (tally, passed) = (Tally(), 0)
    let listed = models.map { model in
      Series(
        scenario: "Scenarios/log-in.yaml", model: model, overrides: ["virtual.faults=[\(fault)]"],
        firstSeed: firstSeed, count: seeds)
    }
    for (series, outcomes) in zip(listed, try await stage.play(listed)) {
      for outcome in outcomes {
        if outcome.verdict == "passed" { passed += 1 }
        tally.count(
          outcome, of: series, isRight: ["passed", "errored"].contains(outcome.verdict),
          wanted: "passed or errored", on: stage.console)
      }
    }
    stage.console.say("  \(fault): passed or errored \(tally.words), passed \(passed)")
    return tally
  }
}

extension VirtualExpectation {
  /// The runs that should be judged like this.
  func series(firstSeed: UInt64, count: Int) -> Series {
    Series(
      scenario: "Scenarios/\(scenario).yaml", model: model, overrides: [override],
      firstSeed: firstSeed, count: count)
  }
}
