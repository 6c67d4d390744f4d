import Bench
import RecorderModel
import RecorderPast
import RunJournal
import Scenario
import SeededRandom

/// The values that the steps now played can refer to: parameters, secrets, and what steps save. A
/// part has its own.
final class ValueStore {
  private let request: RunRequest
  private let secrecy: Secrecy
  private let lots: Lots
  private var values: Values
  private var outer: [Values] = []

  init(_ request: RunRequest, secrecy: Secrecy, lots: Lots) {
    self.request = request
    self.secrecy = secrecy
    self.lots = lots
    values = Self.fresh(request)
  }

  private static func fresh(_ request: RunRequest) -> Values {
    Values(
      model: request.model.values,
      firmware: request.start.firmware.map { String($0.prefix { $0 != "@" }) },
      recorderPassword: recorderPassword(request))
  }

  /// The password that holds on the recorder, as far as is known.
  private static func recorderPassword(_ request: RunRequest) -> String? {
    request.past?.record.password ?? request.labPassword?.revealed()
      ?? request.model.values["password"]
  }

  /// The firmware that must be on the recorder; nil where nobody says.
  var firmware: String? {
    request.start.firmware ?? request.past?.record.firmware.flashed
      ?? request.model.values["firmware"]
  }

  /// A text with its references replaced; secret as soon as one part is.
  func text(_ text: ValueText) throws(Stop) -> Value { try values.text(text) }

  /// The name that a text stands for; a secret is none, since names are written.
  func name(_ text: ValueText) throws(Stop) -> String {
    switch try values.text(text) {
    case .plain(let name): return name
    case .secret:
      throw Stop(.scenarioInvalid, "\(text.location): \(text.source) is a secret, and no name")
    }
  }

  /// Whether a text refers to a secret.
  func isSecret(_ text: ValueText) -> Bool { values.isSecret(text) }

  /// Gives a name a value, and remembers what must not be written.
  func save(_ value: Value, as name: String) async {
    values.save(value, as: name)
    if case .secret(let secret) = value { await secrecy.conceal(secret) }
  }

  /// Says what a saved value was read as.
  func take(_ kind: ValueKind, as name: String) { values.take(kind, as: name) }

  /// What a text was read as, where it is one saved value; nil where it is but a text.
  func kind(of text: ValueText) -> ValueKind? { values.kind(of: text) }

  // MARK: - Parts

  /// A part begins: none of the values of what is around it are known in it.
  func beginPart() {
    outer.append(values)
    values = Self.fresh(request)
  }

  /// The part ends.
  func endPart() {
    if let last = outer.popLast() { values = last }
  }

  // MARK: - Parameters and secrets

  /// Gives the parameters and secrets of a scenario their values, from texts.
  func admit(_ scenario: Scenario, arguments: [String: String]) async throws(Stop) {
    for name in arguments.keys.sorted()
    where !scenario.parameters.contains(where: { $0.name == name }) {
      throw Stop(.scenarioInvalid, "\(scenario.name) has no parameter \(name)")
    }
    // The recorder's password may have been found out since.
    values = Self.fresh(request)
    try await admit(scenario, given: arguments.mapValues(Value.plain))
  }

  /// Gives the parameters and secrets of a scenario or part their values.
  func admit(_ scenario: Scenario, given: [String: Value]) async throws(Stop) {
    for parameter in scenario.parameters {
      var value: Value
      if let argument = given[parameter.name] {
        value = argument
      } else if let standard = parameter.defaultValue {
        value = try values.text(standard)
      } else {
        throw Stop(
          .valueMissing, "\(parameter.location): the parameter \(parameter.name) has no value")
      }
      if parameter.isSecret { value = .secret(Secret(value.revealed())) }
      await save(value, as: parameter.name)
    }
    for declaration in scenario.secrets {
      await save(.secret(try secret(of: declaration)), as: declaration.name)
    }
  }

  private func secret(of declaration: SecretDeclaration) throws(Stop) -> Secret {
    switch declaration.source {
    case .environment, .file:
      do throws(HostSecrets.Lack) {
        return Secret(try request.hostSecrets.value(of: declaration) ?? "")
      } catch {
        throw Stop(.valueMissing, "\(declaration.location): \(error.problem)")
      }
    case .model(let name):
      guard let text = request.model.values[name] else {
        throw Stop(.valueMissing, "\(declaration.location): the model has no value named \(name)")
      }
      return Secret(text)
    case .recorderPassword:
      guard let text = Self.recorderPassword(request) else {
        throw Stop(
          .passwordUnknown,
          "\(declaration.location): nothing is known of the recorder's password, and the model has no "
            + "value named password")
      }
      return Secret(text)
    case .generate(let length):
      guard let text = draw(length: length, for: declaration.name) else {
        throw Stop(
          .valueMissing,
          "\(declaration.location): no password can be drawn by the model's password rules")
      }
      return Secret(text)
    }
  }

  private func draw(length: Int, for name: String) -> String? {
    guard let rules = request.model.password else { return nil }
    let characters = request.model.keyboard?.characters
    switch request.secretSource {
    case .system:
      var random = SystemRandomNumberGenerator()
      return rules.draw(length: length, typedWith: characters, using: &random)
    case .seed(let seed):
      var random = lots.stream(seed: seed, for: "secret", name)
      return rules.draw(length: length, typedWith: characters, using: &random)
    }
  }
}
