import Bench
import Scenario

/// The values that a scenario's texts can refer to while it plays.
struct Values: Sendable {
  /// Parameters, secrets and saved values by name.
  private(set) var named: [String: Value] = [:]
  /// What saved values were read as.
  private(set) var kinds: [String: ValueKind] = [:]
  /// What `model.…` refers to.
  let model: [String: String]
  /// What `run.firmware` refers to; the model's own where the run names none.
  let firmware: String?

  /// What `recorder.password` refers to; nil where nothing is known of it.
  private let recorderPassword: Secret?

  init(model: [String: String], firmware: String?, recorderPassword: String?) {
    self.model = model
    self.firmware = firmware
    self.recorderPassword = recorderPassword.map { Secret($0) }
  }

  /// Gives a name a value.
  mutating func save(_ value: Value, as name: String) {
    named[name] = value
    kinds[name] = nil
  }

  /// Says what a saved value was read as.
  mutating func take(_ kind: ValueKind, as name: String) {
    kinds[name] = kind == .text ? nil : kind
  }

  /// What a text was read as, where it is one saved value; nil where it is but a text.
  func kind(of text: ValueText) -> ValueKind? {
    guard text.segments.count == 1, case .reference(let name)? = text.segments.first else {
      return nil
    }
    return kinds[name]
  }

  /// A text with its references replaced; secret as soon as one part is.
  func text(_ text: ValueText) throws(Stop) -> Value {
    var joined = ""
    var isSecret = false
    for segment in text.segments {
      switch segment {
      case .literal(let literal): joined += literal
      case .reference(let name):
        guard let value = value(of: name) else {
          throw Stop(.valueMissing, "\(text.location): ${\(name)} has no value")
        }
        joined += value.revealed()
        isSecret = isSecret || value.isSecret
      }
    }
    return isSecret ? .secret(Secret(joined)) : .plain(joined)
  }

  private func value(of name: String) -> Value? {
    if let value = named[name] { return value }
    if name == ValueText.recorderPassword { return recorderPassword.map(Value.secret) }
    if name == "run.firmware" { return (firmware ?? model["firmware"]).map(Value.plain) }
    if name.hasPrefix("model.") { return model[String(name.dropFirst(6))].map(Value.plain) }
    return nil
  }

  /// Whether a text refers to a secret.
  func isSecret(_ text: ValueText) -> Bool {
    text.references.contains { value(of: $0)?.isSecret ?? false }
  }
}
