import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Parameters and secrets.
extension ScenarioRun {
  /// Gives the parameters and secrets of a scenario their values, from texts.
  func admitValues(of scenario: Scenario, arguments: [String: String]) async throws(Stop) {
    for name in arguments.keys.sorted()
    where !scenario.parameters.contains(where: { $0.name == name }) {
      throw .errored("\(scenario.name) has no parameter \(name)")
    }
    try await admitValues(of: scenario, given: arguments.mapValues(Value.plain))
  }

  /// Gives the parameters and secrets of a scenario or part their values.
  func admitValues(of scenario: Scenario, given: [String: Value]) async throws(Stop) {
    for parameter in scenario.parameters {
      var value: Value
      if let argument = given[parameter.name] {
        value = argument
      } else if let standard = parameter.defaultValue {
        value = try values.text(standard)
      } else {
        throw .errored("\(parameter.location): the parameter \(parameter.name) has no value")
      }
      if parameter.isSecret { value = .secret(Secret(value.revealed())) }
      await save(value, as: parameter.name)
    }
    for declaration in scenario.secrets {
      await save(.secret(try secret(of: declaration)), as: declaration.name)
    }
  }

  /// Gives a name a value, and remembers what must not be written.
  func save(_ value: Value, as name: String) async {
    values.save(value, as: name)
    if case .secret(let secret) = value { await conceal(secret) }
  }

  /// Keeps a secret out of everything that is written from now on.
  func conceal(_ secret: Secret) async {
    redactor.learn(secret)
    await sink.conceal(secret.revealed())
  }

  private func secret(of declaration: SecretDeclaration) throws(Stop) -> Secret {
    switch declaration.source {
    case .environment(let variable):
      guard let text = request.environment[variable], !text.isEmpty else {
        throw .errored("\(declaration.location): the variable \(variable) is not set")
      }
      return Secret(text)
    case .model(let name):
      guard let text = model.values[name] else {
        throw .errored("\(declaration.location): the model has no value named \(name)")
      }
      return Secret(text)
    case .generate(let length):
      guard let text = draw(length: length, for: declaration.name) else {
        throw .errored(
          "\(declaration.location): no password can be drawn by the model's password rules")
      }
      return Secret(text)
    }
  }

  private func draw(length: Int, for name: String) -> String? {
    guard let rules = model.password else { return nil }
    let characters = model.keyboard?.characters
    switch request.secretSource {
    case .system:
      var random = SystemRandomNumberGenerator()
      return rules.draw(length: length, typedWith: characters, using: &random)
    case .seed(let seed):
      draws += 1
      var random = SeededStream(seed: seed, name: "secret \(draws) \(name)")
      return rules.draw(length: length, typedWith: characters, using: &random)
    }
  }

  /// Whether a step handles something that must not be written.
  func isSensitive(_ step: Step) -> Bool {
    if step.isSensitive { return true }
    guard let typing = step.action as? TypeText else { return false }
    return model.fields[typing.field.text]?.display == .dots || values.isSecret(typing.text)
  }
}
