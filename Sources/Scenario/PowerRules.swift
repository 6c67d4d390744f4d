import SourceYAML

/// Nothing is done to a recorder, or expected of it, while its power is cut.
struct PowerRules {
  private enum Supply: Equatable {
    case on
    case off(since: SourceLocation)
    case unknown

    /// What is known where two ways meet.
    func joined(_ other: Supply) -> Supply { self == other ? self : .unknown }
  }

  private var supply: Supply
  private var findings: [Finding] = []

  static func findings(in scenario: Scenario) -> [Finding] {
    var rules = PowerRules(supply: .on)
    rules.visit(scenario.steps)
    rules.supply = .unknown
    rules.visit(scenario.finally)
    return rules.findings
  }

  private init(supply: Supply) {
    self.supply = supply
  }

  private mutating func visit(_ steps: [Step]) {
    for step in steps where step.device == nil {
      let before = supply
      if let action = step.action { visit(action.needs, at: step.actionLocation) }
      if let expectation = step.expectation { visit(expectation) }
      if step.condition != nil || step.option != nil { supply = before.joined(supply) }
    }
  }

  private mutating func visit(_ needs: Needs, at location: SourceLocation) {
    switch needs.supply {
    case .indifferent: break
    case .needed: refuse("nothing answers here", at: location)
    case .cut:
      if case .off(let since) = supply {
        findings.append(
          Finding(
            location, "the power is cut already, at line \(since.line)",
            remedy: "switch it on in between, or leave this out"))
      }
      supply = .off(since: location)
    case .restored: supply = .on
    }
    switch needs.plays {
    case .none: break
    case .part(let part): visit(part)
    case .branches(let branches, let otherwise): visit(branches, otherwise: otherwise)
    case .rounds(let steps, let until):
      visit(steps)
      visit(until)
    }
  }

  private mutating func refuse(_ problem: String, at location: SourceLocation) {
    guard case .off(let since) = supply else { return }
    findings.append(
      Finding(
        location, "\(problem): the power is cut at line \(since.line)",
        remedy: "switch it on before (power: on)"))
    // One line is enough for one forgotten step.
    supply = .unknown
  }

  private mutating func visit(_ expectation: Expectation) {
    if expectation.predicate.needs.supply == .needed {
      refuse("this can't be seen", at: expectation.location)
    }
  }

  private mutating func visit(_ part: Part) {
    var inner = PowerRules(supply: supply)
    inner.visit(part.scenario.steps + part.scenario.finally)
    if !inner.findings.isEmpty { refuse("the part can't be played", at: part.location) }
    supply = inner.supply
  }

  private mutating func visit(_ branches: [Branch], otherwise: [Step]?) {
    let before = supply
    var ends: [Supply] = []
    for branch in branches {
      supply = before
      visit(branch.expectation)
      visit(branch.steps)
      ends.append(supply)
    }
    if let otherwise {
      supply = before
      visit(otherwise)
      ends.append(supply)
    }
    supply = ends.dropFirst().reduce(ends.first ?? before) { $0.joined($1) }
  }
}
