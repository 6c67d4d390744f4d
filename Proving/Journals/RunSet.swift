import ExpectedVerdicts
import FoundationEssentials

/// Runs that are listed by themselves.
package enum RunSet: String, CaseIterable, Sendable {
  /// All shipped scenarios on all models, with ten seeds each.
  case scenarios
  /// Each defect and fault once in each place that it is listed for.
  case flaws
  /// A few of both: each scenario once on each model, each defect and fault in one of its places.
  case sample

  /// The runs of the set.
  ///
  /// - Parameter root: the project's root, with its scenarios.
  /// - Returns: the keys in a fixed order.
  /// - Throws: when the scenarios can't be listed.
  package func keys(root: String) throws -> [RunKey] {
    switch self {
    case .scenarios:
      return try Self.pairs(root).flatMap { scenario, model in
        (1...10).map { RunKey(scenario: scenario, model: model, seed: $0) }
      }
    case .flaws: return VirtualExpectation.all.map(Self.key)
    case .sample:
      let whole = try Self.pairs(root).enumerated().map { turn, pair in
        RunKey(scenario: pair.scenario, model: pair.model, seed: UInt64(turn % 10 + 1))
      }
      // Each in another of its places than the one before, so that all kinds of places come up.
      let spoiled = VirtualExpectation.flaws.enumerated().map { turn, flaw in
        let places = VirtualExpectation.all.filter { $0.flaw == flaw }
        return Self.key(places[turn % places.count])
      }
      return whole + spoiled
    }
  }

  private static func key(_ expected: VirtualExpectation) -> RunKey {
    RunKey(
      scenario: expected.scenario, model: expected.model, overrides: [expected.override], seed: 1)
  }

  private static func pairs(_ root: String) throws -> [(scenario: String, model: String)] {
    let files = try FileManager.default.contentsOfDirectory(atPath: root + "/Scenarios")
    let scenarios = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    return scenarios.flatMap { scenario in
      VirtualExpectation.models.map { (scenario, $0) }
    }
  }
}
