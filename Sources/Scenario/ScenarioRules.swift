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
  }
}

extension Predicate {
  /// The texts that the predicate refers to values in.
  var texts: [ValueText] {
    switch self {
    case .seen(let target), .notSeen(let target): target.texts
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.texts)
    case .equal(let first, let second): [first, second]
    case .signalLost, .signalBack, .rebooting, .still, .changed: []
    }
  }
}

extension Target {
  /// The texts that the target refers to values in.
  var texts: [ValueText] {
    switch kind {
    case .text(let text): [text]
    case .beside(_, let other, _): other.texts
    case .anyOf(let targets): targets.flatMap(\.texts)
    case .image, .label, .point, .group: []
    }
  }
}

extension Condition {
  /// The texts that the condition refers to values in.
  var texts: [ValueText] {
    switch self {
    case .equal(let first, let second): [first, second]
    case .modelRebootsByItself: []
    case .seen(let expectation): expectation.predicate.texts
    case .not(let other): other.texts
    }
  }
}
