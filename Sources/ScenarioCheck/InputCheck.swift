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
            remedy: parameter.isSecret
              ? "run with --param-file \(parameter.name)=… or --param-env \(parameter.name)=…"
              : "run with --param \(parameter.name)=…"))
      }
    }
    // The model's own version stands in for one that is not named.
    if !input.namesFirmware, values["firmware"] == nil {
      findings += unnamedFirmware(scenario, visits)
    }
    return findings
  }

  /// The secrets of a scenario and of its parts that the host should hold and does not.
  static func unsetSecrets(in scenario: Scenario, _ hostSecrets: HostSecrets) -> [Finding] {
    scenario.allSecrets.compactMap { secret in
      do throws(HostSecrets.Lack) {
        _ = try hostSecrets.value(of: secret)
        return nil
      } catch {
        return Finding(secret.location, error.problem, remedy: error.remedy)
      }
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
