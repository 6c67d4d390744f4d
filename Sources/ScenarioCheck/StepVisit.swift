import RigDescription
import Scenario
import SourceYAML

/// A step of a scenario or of its parts, with what is known where it is played.
struct StepVisit {
  let step: Step
  /// Whether any run plays it: false where its condition, or that of a step around it, never holds.
  let mayBePlayed: Bool
  /// Values that every run has here, by name.
  private let constants: [String: Constant]
  /// The values of the model.
  private let values: [String: String]

  /// A value that is known before a run.
  struct Constant {
    var text: String
    /// Whether messages must not show any of it.
    var isSecret: Bool
  }

  /// Every step in order, those of branches and parts included.
  ///
  /// - Parameters:
  ///   - scenario: the scenario.
  ///   - values: the values of the model.
  ///   - rebootsByItself: what the model says of that; nil where it is not known.
  /// - Returns: the steps.
  static func all(
    of scenario: Scenario, values: [String: String], rebootsByItself: Bool? = nil
  ) -> [StepVisit] {
    collect(
      scenario, constants: constants(of: scenario, given: [:], values: values), values: values,
      rebootsByItself, mayBePlayed: true)
  }

  private static func collect(
    _ scenario: Scenario, constants: [String: Constant], values: [String: String],
    _ rebootsByItself: Bool?, mayBePlayed: Bool
  ) -> [StepVisit] {
    func visits(_ steps: [Step], _ mayBePlayed: Bool) -> [StepVisit] {
      steps.flatMap { step in
        let unconditional = StepVisit(
          step: step, mayBePlayed: mayBePlayed, constants: constants, values: values)
        let applies = step.condition.map { unconditional.holds($0, rebootsByItself) } ?? true
        let visit = StepVisit(
          step: step, mayBePlayed: mayBePlayed && applies != false, constants: constants,
          values: values)
        switch step.action?.needs.plays ?? .none {
        case .none: return [visit]
        case .branches, .rounds:
          let inner = step.action?.needs.plays.ownSteps ?? []
          return [visit] + visits(inner, visit.mayBePlayed)
        case .part(let part):
          var given: [String: Constant?] = [:]
          for argument in part.arguments {
            given.updateValue(visit.constant(argument.value), forKey: argument.name)
          }
          let inner = Self.constants(of: part.scenario, given: given, values: values)
          return [visit]
            + collect(
              part.scenario, constants: inner, values: values, rebootsByItself,
              mayBePlayed: visit.mayBePlayed)
        }
      }
    }
    return visits(scenario.steps + scenario.finally, mayBePlayed)
  }

  /// The values that a scenario has in every run.
  ///
  /// - Parameters:
  ///   - scenario: the scenario.
  ///   - given: what its parameters are given; nil for what a run decides.
  ///   - values: the values of the model.
  /// - Returns: the values by name.
  private static func constants(
    of scenario: Scenario, given: [String: Constant?], values: [String: String]
  ) -> [String: Constant] {
    var constants = given.compactMapValues(\.self)
    for parameter in scenario.parameters where parameter.isSecret {
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
      switch secret.source {
      case .model(let name):
        if let text = values[name] { constants[secret.name] = Constant(text: text, isSecret: true) }
      // What holds on the recorder shows only when it is played.
      case .generate, .environment, .file, .recorderPassword: break
      }
    }
    return constants
  }

  /// The device that the step is played on; nil where a run decides.
  var device: Constant? {
    step.device.map(constant) ?? Constant(text: DeviceWiring.recorder, isSecret: false)
  }

  /// The text that a value always has here; nil where a run decides.
  func constant(_ text: ValueText) -> Constant? {
    Self.resolved(text, constants: constants, values: values)
  }

  /// Whether a condition always or never holds here; nil where a run decides.
  private func holds(_ condition: Condition, _ rebootsByItself: Bool?) -> Bool? {
    switch condition {
    case .equal(let first, let second):
      if let first = constant(first), let second = constant(second) {
        first.text == second.text
      } else {
        nil
      }
    case .modelRebootsByItself: rebootsByItself
    case .flow, .seen: nil
    case .not(let other): holds(other, rebootsByItself).map { !$0 }
    }
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
  /// What the step's action needs, then what each expectation needs that the step judges itself
  /// (what must follow, its condition, its branches), with a place for findings.
  var needs: [(needs: Needs, location: SourceLocation)] {
    var expectations = [expectation].compactMap { $0 } + (condition?.expectations ?? [])
    let acted = action?.needs
    expectations += acted?.plays.expectations ?? []
    return [acted].compactMap { $0 }.map { ($0, actionLocation) }
      + expectations.map { ($0.predicate.needs, $0.location) }
  }

  /// The ways of recorders that the step, or a branch of it, belongs to, or is played for.
  var ways: [FlowWay] {
    var ways = [option?.way]
    if case .branches(let branches, _)? = action?.needs.plays { ways += branches.map(\.way) }
    return ways.compactMap { $0 } + (condition?.ways ?? [])
  }

  /// Every text in which the step itself refers to values.
  var texts: [ValueText] {
    let all = needs.map(\.needs.allTexts)
    let acted = action == nil ? [] : all[0]
    return acted + [device].compactMap { $0 } + (condition?.texts ?? [])
      + all.dropFirst(action == nil ? 0 : 1).joined()
  }
}
