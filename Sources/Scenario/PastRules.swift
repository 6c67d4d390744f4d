import SourceYAML

/// What a scenario says that it leaves is what its steps do.
enum PastRules {
  static func findings(in scenario: Scenario) -> [Finding] {
    let proposal = scenario.allSteps.first { step in
      if case .proposes? = step.credential { true } else { false }
    }
    // A part says nothing of what is left: that is for whoever plays it.
    guard let proposal, scenario.start != nil, !scenario.leaves.contains(.password) else {
      return []
    }
    return [
      Finding(
        proposal.location,
        "\"\(proposal.name)\" hands in a new password, and leaves does not say so",
        remedy: "add leaves: [password]")
    ]
  }
}

extension Scenario {
  /// Its steps and those of all that is played within them, in order.
  public var allSteps: [Step] { (steps + finally).flatMap(\.withInner) }
}

extension Step {
  /// The step and those that are played within it.
  fileprivate var withInner: [Step] {
    guard let plays = action?.needs.plays else { return [self] }
    return [self] + (plays.part?.scenario.allSteps ?? []) + plays.ownSteps.flatMap(\.withInner)
  }
}
