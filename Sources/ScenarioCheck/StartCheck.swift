import RecorderModel
import RigDescription
import Scenario
import SourceYAML

/// Bringing a recorder with a past to where a scenario begins takes stock parts, which ask of model
/// and rig what any scenario would.
enum StartCheck {
  /// What model and rig lack, told where the scenario says how it begins.
  static func findings(
    in scenario: Scenario, model: RecorderModel, rig: RigDescription
  ) -> [Finding] {
    guard let start = scenario.start else { return [] }
    let parts = StockParts.all(
      for: start, labels: Set(model.labels.keys), images: Set(model.images.keys),
      refusesInline: model.flow.refusals == .inline)
    var lacks: [String] = []
    for part in parts {
      var uses = ModelUseCheck(model: model, brokenNames: [])
      var needs = RigUseCheck(rig: rig)
      for visit in StepVisit.all(of: part, values: model.values) {
        uses.visit(visit)
        needs.visit(visit)
      }
      for finding in uses.findings + needs.allFindings where !lacks.contains(finding.problem) {
        lacks.append(finding.problem)
      }
    }
    return lacks.map { lack in
      Finding(
        start.location, "what start asks for can't be brought about: \(lack)",
        remedy: "add it, or leave that out of start")
    }
  }
}
