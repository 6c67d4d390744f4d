import SourceYAML

/// Every step can be reached, and every expectation can go either way.
struct ReachRules {
  private var findings: [Finding] = []

  static func findings(in scenario: Scenario) -> [Finding] {
    var rules = ReachRules()
    rules.visit(scenario.steps)
    rules.visit(scenario.finally)
    return rules.findings
  }

  private mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  private mutating func visit(_ steps: [Step]) {
    for step in steps {
      if let truth = step.condition?.constant {
        report(
          step.location,
          truth ? "the condition of this step always holds" : "this step is never played",
          remedy: truth ? "leave when out" : "its condition can't hold; leave it out or correct it")
        if !truth { continue }
      }
      if let expectation = step.expectation { visit(expectation) }
      switch step.action?.needs.plays ?? .none {
      case .none, .part: break
      case .branches(let branches, let otherwise): visit(branches, otherwise: otherwise)
      case .rounds(let steps, let until):
        visit(steps)
        visit(until)
      }
    }
  }

  private mutating func visit(_ expectation: Expectation) {
    guard let truth = expectation.predicate.meaning.constant else { return }
    report(
      expectation.location,
      truth
        ? "the expectation always holds, so it shows nothing" : "the expectation can never hold",
      remedy: "expect something that the recorder decides")
  }

  private mutating func visit(_ branches: [Branch], otherwise: [Step]?) {
    var earlier: [Expectation] = []
    for branch in branches {
      let expectation = branch.expectation
      if let first = earlier.first(where: { $0.shadows(expectation) }) {
        report(
          branch.location, "this branch is never reached",
          remedy: "the one at line \(first.location.line) is always taken first")
      } else {
        visit(expectation)
        visit(branch.steps)
      }
      earlier.append(expectation)
    }
    visit(otherwise ?? [])
    if let first = otherwise?.first,
      let sure = earlier.first(where: { $0.predicate.meaning.constant == true })
    {
      report(
        first.location, "this step is never reached",
        remedy: "the branch at line \(sure.location.line) is always taken")
    }
  }
}

extension Expectation {
  /// Whether another one that is judged after this one, on the same frames, is never decided.
  fileprivate func shadows(_ later: Expectation) -> Bool {
    if predicate.meaning.constant == true { return true }
    return predicate.summary == later.predicate.summary && within >= later.within
  }
}
