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
      if case .either(let branches, let otherwise) = step.action {
        visit(branches, otherwise: otherwise)
      }
    }
  }

  private mutating func visit(_ expectation: Expectation) {
    guard let truth = expectation.predicate.constant else { return }
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
      let sure = earlier.first(where: { $0.predicate.constant == true })
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
    if predicate.constant == true { return true }
    return predicate.summary == later.predicate.summary && within >= later.within
  }
}

extension Condition {
  /// The value that the condition always has; nil where a run decides.
  fileprivate var constant: Bool? {
    switch self {
    case .equal(let first, let second): first.equals(second)
    case .modelRebootsByItself: nil
    case .seen(let expectation): expectation.predicate.constant
    case .not(let other): other.constant.map { !$0 }
    }
  }
}

extension Predicate {
  /// The value that the predicate always has; nil where a run decides.
  fileprivate var constant: Bool? {
    switch self {
    case .equal(let first, let second): return first.equals(second)
    case .anyOf(let parts):
      if parts.contains(where: { $0.constant == true }) { return true }
      return parts.allSatisfy { $0.constant == false } ? false : nil
    case .allOf(let parts):
      if parts.contains(where: { $0.constant == false }) || Self.contradict(parts) { return false }
      return parts.allSatisfy { $0.constant == true } ? true : nil
    case .seen, .notSeen, .signalLost, .signalBack, .rebooting, .still, .changed: return nil
    }
  }

  /// Whether one frame can't show all of some things.
  private static func contradict(_ parts: [Predicate]) -> Bool {
    var seen: Set<String> = []
    var unseen: Set<String> = []
    var needsPicture = false
    var needsNone = false
    for part in parts {
      switch part {
      case .seen(let target):
        seen.insert(target.summary)
        needsPicture = true
      case .notSeen(let target):
        unseen.insert(target.summary)
        needsPicture = true
      case .signalBack, .still, .changed: needsPicture = true
      case .signalLost: needsNone = true
      case .anyOf, .allOf, .rebooting, .equal: break
      }
    }
    return needsPicture && needsNone || !seen.isDisjoint(with: unseen)
  }
}

extension ValueText {
  /// Whether two texts are always the same, or never; nil where values decide.
  fileprivate func equals(_ other: ValueText) -> Bool? {
    if segments == other.segments { return true }
    guard let first = constant, let second = other.constant else { return nil }
    return first == second
  }
}
