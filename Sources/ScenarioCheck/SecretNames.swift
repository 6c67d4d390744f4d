public import RecorderModel
public import Scenario

/// What of all that a run is given must not be written: the values that its scenario declares to be
/// secret, hands to parts in which they are, or types where no character of them is shown.
public struct SecretNames: Sendable, Hashable {
  /// The scenario's parameters.
  public private(set) var parameters: Set<String> = []
  /// The model's values.
  public private(set) var modelValues: Set<String> = []

  /// Finds the secret names of several scenarios together.
  public init(of scenarios: [Scenario], model: RecorderModel) {
    for scenario in scenarios {
      let names = SecretNames(of: scenario, model, isSensitive: false)
      parameters.formUnion(names.parameters)
      modelValues.formUnion(names.modelValues)
    }
  }

  /// The model's value that stands in for a password of which nothing is known.
  private static let password = "password"

  private init(of scenario: Scenario, _ model: RecorderModel, isSensitive: Bool) {
    parameters = Set(scenario.parameters.filter(\.isSecret).map(\.name))
    for secret in scenario.secrets {
      switch secret.source {
      case .model(let name): modelValues.insert(name)
      case .recorderPassword: modelValues.insert(Self.password)
      case .generate, .environment, .file: break
      }
    }
    add(scenario.steps + scenario.finally, model, isSensitive: isSensitive)
    for parameter in scenario.parameters where parameters.contains(parameter.name) {
      if let text = parameter.defaultValue { add(text) }
    }
  }

  private mutating func add(_ steps: [Step], _ model: RecorderModel, isSensitive: Bool) {
    for step in steps {
      guard let needs = step.action?.needs else { continue }
      let isSensitive = isSensitive || step.isSensitive
      if isSensitive || needs.typesHidden(on: model) {
        for case .keys(let text) in needs.ofModel { add(text) }
      }
      switch needs.plays {
      case .none: break
      case .part(let part):
        let inner = SecretNames(of: part.scenario, model, isSensitive: isSensitive)
        modelValues.formUnion(inner.modelValues)
        for argument in part.arguments where inner.parameters.contains(argument.name) {
          add(argument.value)
        }
      case .branches, .rounds: add(needs.plays.ownSteps, model, isSensitive: isSensitive)
      }
    }
  }

  /// Adds what a secret text refers to; what is no parameter of the scenario changes nothing.
  private mutating func add(_ text: ValueText) {
    for name in text.references {
      if name.hasPrefix("model.") {
        modelValues.insert(String(name.dropFirst("model.".count)))
      } else if name == ValueText.recorderPassword {
        modelValues.insert(Self.password)
      } else {
        parameters.insert(name)
      }
    }
  }
}

extension Needs {
  /// Whether something is typed into a field that shows dots; so it is where only the run knows the
  /// field.
  fileprivate func typesHidden(on model: RecorderModel) -> Bool {
    ofModel.contains { need in
      guard case .named(.field, let name) = need else { return false }
      return name.constant.map { model.fields[$0]?.display == .dots } ?? true
    }
  }
}
