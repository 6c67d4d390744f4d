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
      if let action = step.action { visit(action, at: step.actionLocation) }
      if let expectation = step.expectation { visit(expectation) }
      if step.condition != nil { supply = before.joined(supply) }
    }
  }

  private mutating func visit(_ action: Action, at location: SourceLocation) {
    switch action {
    case .power(let power): visit(power, at: location)
    case .click, .move, .drag, .scroll, .type, .read:
      refuse("nothing answers here", at: location)
    case .use(let use): visit(use)
    case .either(let branches, let otherwise): visit(branches, otherwise: otherwise)
    case .mail, .wait, .capture, .operate: break
    }
  }

  private mutating func visit(_ power: PowerAction, at location: SourceLocation) {
    switch power {
    case .off:
      if case .off(let since) = supply {
        findings.append(
          Finding(
            location, "the power is cut already, at line \(since.line)",
            remedy: "switch it on in between, or leave this out"))
      }
      supply = .off(since: location)
    case .on, .restore, .cycle: supply = .on
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
    if !expectation.predicate.canHoldWithoutPower {
      refuse("this can't be seen", at: expectation.location)
    }
  }

  private mutating func visit(_ use: UseAction) {
    var part = PowerRules(supply: supply)
    part.visit(use.scenario.steps + use.scenario.finally)
    if !part.findings.isEmpty { refuse("the part can't be played", at: use.location) }
    supply = part.supply
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

extension Predicate {
  fileprivate var canHoldWithoutPower: Bool {
    switch self {
    case .signalLost, .equal: true
    case .anyOf(let parts): parts.contains(where: \.canHoldWithoutPower)
    case .allOf(let parts): parts.allSatisfy(\.canHoldWithoutPower)
    case .seen, .notSeen, .signalBack, .rebooting, .still, .changed: false
    }
  }
}
