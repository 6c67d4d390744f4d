import Scenario
import SourceYAML

/// A step of a scenario or of its parts, with what is known where it is played.
struct StepVisit {
  var step: Step
  /// Values that every run has here, by name.
  var constants: [String: Constant]

  /// A value that is known before a run.
  struct Constant {
    var text: String
    /// Whether messages must not show any of it.
    var isSecret: Bool
  }

  /// Every step in order, those of branches and parts included.
  static func all(of scenario: Scenario, values: [String: String]) -> [StepVisit] {
    collect(
      scenario, constants: constants(of: scenario, given: [:], values: values), values: values)
  }

  private static func collect(
    _ scenario: Scenario, constants: [String: Constant], values: [String: String]
  ) -> [StepVisit] {
    func visits(_ steps: [Step]) -> [StepVisit] {
      steps.flatMap { step in
        let visit = StepVisit(step: step, constants: constants)
        switch step.action {
        case .either(let branches, let otherwise):
          return [visit] + branches.flatMap { visits($0.steps) } + visits(otherwise ?? [])
        case .use(let use):
          var given: [String: Constant] = [:]
          for argument in use.arguments {
            given[argument.name] = visit.constant(argument.value, values: values)
          }
          let inner = Self.constants(of: use.scenario, given: given, values: values)
          return [visit] + collect(use.scenario, constants: inner, values: values)
        default: return [visit]
        }
      }
    }
    return visits(scenario.steps + scenario.finally)
  }

  private static func constants(
    of scenario: Scenario, given: [String: Constant], values: [String: String]
  ) -> [String: Constant] {
    var constants = given
    for parameter in scenario.parameters where given[parameter.name] != nil && parameter.isSecret {
      constants[parameter.name]?.isSecret = true
    }
    for parameter in scenario.parameters where given[parameter.name] == nil {
      guard let text = parameter.defaultValue else { continue }
      let empty = StepVisit.resolved(text, constants: [:], values: values)
      constants[parameter.name] = empty.map {
        Constant(text: $0.text, isSecret: parameter.isSecret)
      }
    }
    for secret in scenario.secrets {
      guard case .model(let name) = secret.source, let text = values[name] else { continue }
      constants[secret.name] = Constant(text: text, isSecret: true)
    }
    return constants
  }

  /// The text that a value always has here; nil where a run decides.
  func constant(_ text: ValueText, values: [String: String]) -> Constant? {
    Self.resolved(text, constants: constants, values: values)
  }

  private static func resolved(
    _ text: ValueText, constants: [String: Constant], values: [String: String]
  ) -> Constant? {
    var resolved = Constant(text: "", isSecret: false)
    for segment in text.segments {
      switch segment {
      case .literal(let part): resolved.text += part
      case .reference(let name):
        let known =
          constants[name]
          ?? values[String(name.dropFirst("model.".count))]
          .flatMap { name.hasPrefix("model.") ? Constant(text: $0, isSecret: false) : nil }
        guard let known else { return nil }
        resolved.text += known.text
        resolved.isSecret = resolved.isSecret || known.isSecret
      }
    }
    return resolved
  }
}

extension Step {
  /// Every predicate that the step judges itself: what must follow, its condition, its branches.
  var predicates: [(predicate: Predicate, location: SourceLocation)] {
    var expectations = [expectation].compactMap { $0 } + (condition?.expectations ?? [])
    if case .either(let branches, _) = action { expectations += branches.map(\.expectation) }
    return expectations.map { ($0.predicate, $0.location) }
  }

  /// Every text in which the step itself refers to values.
  var texts: [ValueText] {
    (action?.texts ?? []) + (condition?.texts ?? []) + predicates.flatMap(\.predicate.texts)
  }

  /// Every target that the step itself names.
  var targets: [Target] {
    let acted: [Target] =
      switch action {
      case .click(let target, _, _), .move(let target), .scroll(let target, _): [target]
      case .drag(let from, let to): [from, to]
      default: []
      }
    return (acted + predicates.flatMap(\.predicate.targets)).flatMap(\.allTargets)
  }

  /// Every region that the step itself names, with a place for a finding.
  var regions: [(region: Region, location: SourceLocation)] {
    var regions = targets.compactMap { target in target.region.map { ($0, target.location) } }
    if case .read(let read) = action { regions.append((read.region, actionLocation)) }
    for (predicate, location) in predicates {
      regions += predicate.ownRegions.map { ($0, location) }
    }
    return regions
  }
}

extension Condition {
  fileprivate var expectations: [Expectation] {
    switch self {
    case .equal, .modelRebootsByItself: []
    case .seen(let expectation): [expectation]
    case .not(let other): other.expectations
    }
  }
}

extension Predicate {
  fileprivate var targets: [Target] {
    switch self {
    case .seen(let target), .notSeen(let target): [target]
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.targets)
    case .signalLost, .signalBack, .rebooting, .still, .changed, .equal: []
    }
  }

  fileprivate var ownRegions: [Region] {
    switch self {
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.ownRegions)
    case .still(let region, _), .changed(let region): [region].compactMap { $0 }
    case .seen, .notSeen, .signalLost, .signalBack, .rebooting, .equal: []
    }
  }
}

extension Target {
  /// The target and those that it is made of.
  fileprivate var allTargets: [Target] {
    switch kind {
    case .beside(_, let other, _): [self] + other.allTargets
    case .anyOf(let targets): [self] + targets.flatMap(\.allTargets)
    case .image, .label, .text, .point, .group: [self]
    }
  }
}
