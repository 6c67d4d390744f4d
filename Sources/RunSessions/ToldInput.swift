import RecorderModel
import RunJournal
import Runner
import Scenario
import ScenarioCheck
import SourceYAML

/// What journals tell of all that a set of runs is given on the command line: everything but secrets.
struct ToldInput {
  private let names: SecretNames
  private let arguments: [String: String]
  private var secrets = Redactor()

  /// Takes what the runs are given.
  ///
  /// - Parameters:
  ///   - files: the files that the runs are made from.
  ///   - model: the model, its values replaced as the command line says.
  init(_ files: InputFiles, model: RecorderModel) {
    names = SecretNames(of: files.scenarios.map(\.scenario), model: model)
    arguments = files.arguments
    let values =
      names.parameters.compactMap { files.arguments[$0] }
      + names.modelValues.compactMap { model.values[$0] }
    let held = files.scenarios.flatMap(\.scenario.allSecrets).compactMap { secret in
      try? files.hostSecrets.value(of: secret)
    }
    for value in values + held { secrets.add(value) }
  }

  /// Overrides and parameters, `key=value` each.
  func lines(overrides: [String]) -> [String] {
    overrides.map(told)
      + arguments.sorted { $0.key < $1.key }.map { name, value in
        RunStart.toldParameter(
          "\(name)=\(told(value, isSecret: names.parameters.contains(name)))")
      }
  }

  private func told(_ override: String) -> String {
    guard let equals = override.firstIndex(of: "=") else { return override }
    let value = String(override[override.index(after: equals)...])
    return "\(override[..<equals])=\(told(value, isSecret: setsSecret(override)))"
  }

  /// The value, or what stands in its stead: also where a secret is part of what is none.
  private func told(_ value: String, isSecret: Bool) -> String {
    isSecret || secrets.redacted(value) != value ? Secret.placeholder : value
  }

  /// Whether an override gives a secret value of the model its text, alone or among others.
  private func setsSecret(_ text: String) -> Bool {
    guard let override = try? Override.parse(text, number: 1),
      let values = override.below("model"), values.path.first?.text == "values"
    else { return false }
    if values.path.count > 1 { return names.modelValues.contains(values.path[1].text) }
    return values.value.entries.contains { names.modelValues.contains($0.key) }
  }
}
