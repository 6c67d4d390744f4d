import Scenario
import SourceYAML

/// Everything that a run needs from whoever starts it is given, and nothing else.
enum InputCheck {
  static func findings(
    in scenario: Scenario, visits: [StepVisit], values: [String: String],
    input: ScenarioChecker.RunInput
  ) -> [Finding] {
    var findings: [Finding] = []
    let names = scenario.parameters.map(\.name)
    for given in input.parameters where !names.contains(given.text) {
      findings.append(
        Finding(
          given.location, "\(scenario.name) has no parameter \"\(given.text)\"",
          remedy: NearestName.remedy(for: given.text, among: names, what: "parameters")))
    }
    for parameter in scenario.parameters where parameter.defaultValue == nil {
      if !input.parameters.contains(where: { $0.text == parameter.name }) {
        findings.append(
          Finding(
            parameter.location, "the parameter \"\(parameter.name)\" is given no value",
            remedy: "run with --param \(parameter.name)=…"))
      }
    }
    // The model's own version stands in for one that is not named.
    if !input.namesFirmware, values["firmware"] == nil {
      findings += unnamedFirmware(scenario, visits)
    }
    return findings
  }

  /// The secrets of a scenario and of its parts whose variables are not set.
  static func unsetSecrets(
    in scenario: Scenario, _ visits: [StepVisit], environment: [String: String]
  ) -> [Finding] {
    let parts: [Scenario] = visits.compactMap { visit in
      if case .part(let part)? = visit.step.action?.needs.plays { part.scenario } else { nil }
    }
    return ([scenario] + parts).flatMap(\.secrets).compactMap { secret in
      guard case .environment(let variable) = secret.source,
        environment[variable, default: ""].isEmpty
      else { return nil }
      return Finding(
        secret.location, "the variable \(variable) of the secret \"\(secret.name)\" is not set",
        remedy: "set \(variable) in the environment of gantry")
    }
  }

  private static func unnamedFirmware(_ scenario: Scenario, _ visits: [StepVisit]) -> [Finding] {
    let texts = scenario.parameters.compactMap(\.defaultValue) + visits.flatMap(\.step.texts)
    guard let first = texts.first(where: { $0.references.contains("run.firmware") }) else {
      return []
    }
    return [
      Finding(
        first.location, "the firmware under test is not named",
        remedy: "run with --firmware VERSION, or add the value firmware to the model")
    ]
  }
}
