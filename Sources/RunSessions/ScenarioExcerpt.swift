import Scenario

/// The beginning of a scenario, up to a step.
enum ScenarioExcerpt {
  /// The scenario up to and including a step, of which only the action is played: what it expects
  /// may be what a model does not know yet.
  ///
  /// - Parameters:
  ///   - scenario: the whole scenario.
  ///   - path: the step's name, with the names of those that it is a part of before it, joined by
  ///     ` / `.
  /// - Returns: the beginning without a `finally`; nil when there is no such step.
  static func of(_ scenario: Scenario, until path: String) -> Scenario? {
    for (index, step) in scenario.steps.enumerated() {
      guard let last = last(step, of: path) else { continue }
      var excerpt = scenario
      excerpt.steps = scenario.steps[..<index] + [last]
      excerpt.finally = []
      return excerpt
    }
    return nil
  }

  /// The names of all steps that an excerpt may end with.
  static func paths(in scenario: Scenario) -> [String] {
    scenario.steps.flatMap { step in
      guard case .part(let part)? = step.action?.needs.plays else { return [step.name] }
      return [step.name] + paths(in: part.scenario).map { "\(step.name) / \($0)" }
    }
  }

  private static func last(_ step: Step, of path: String) -> Step? {
    var step = step
    if step.name == path {
      step.expectation = nil
      return step
    }
    guard path.hasPrefix(step.name + " / "), var use = step.action as? UsePart else { return nil }
    let rest = String(path.dropFirst(step.name.count + 3))
    guard let part = of(use.part.scenario, until: rest) else { return nil }
    use.part.scenario = part
    step.action = use
    step.expectation = nil
    return step
  }
}
