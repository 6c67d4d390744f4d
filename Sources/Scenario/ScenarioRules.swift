import SourceYAML

/// What must hold of a scenario whatever model and rig it is played on.
enum ScenarioRules {
  /// All that is wrong.
  ///
  /// - Parameters:
  ///   - scenario: the scenario, without the rules of the parts that it uses.
  ///   - uncertainNames: names that may be declared by something that could not be read.
  /// - Returns: the mistakes, in any order.
  static func findings(in scenario: Scenario, uncertainNames: Set<String>) -> [Finding] {
    NameRules.findings(in: scenario, uncertainNames: uncertainNames)
      + PowerRules.findings(in: scenario) + ReachRules.findings(in: scenario)
      + PastRules.findings(in: scenario)
  }
}
