public import RecorderModel
public import RigDescription
public import Scenario
public import SourceYAML

/// Finds what a scenario asks of a model or a rig that they do not have.
///
/// Mistakes of the files themselves are found when they are parsed; this looks at what only shows
/// when they come together, before anything moves.
public enum ScenarioChecker {
  /// What whoever starts a run gives to it.
  public struct RunInput: Sendable {
    /// The names of the parameters that are given, with their places on the command line.
    public var parameters: [LocatedText]
    /// Whether the firmware under test is named.
    public var namesFirmware: Bool

    /// Creates an input.
    public init(parameters: [LocatedText], namesFirmware: Bool) {
      self.parameters = parameters
      self.namesFirmware = namesFirmware
    }
  }

  /// Everything that is wrong with a scenario on a model and a rig.
  ///
  /// - Parameters:
  ///   - scenario: the scenario as parsed; its own findings are part of the answer.
  ///   - model: the model; nil leaves out what needs one. Its own findings are not part of the
  ///     answer: several scenarios may be checked on it.
  ///   - rig: the rig; nil leaves out what needs one.
  ///   - input: what the run is given; nil leaves out whether it suffices.
  ///   - hostSecrets: what the host holds for secrets; nil leaves out whether it holds them.
  /// - Returns: the mistakes, in the order of their places.
  public static func check(
    _ scenario: ParsedScenario, model: ParsedModel?, rig: RigDescription?,
    input: RunInput? = nil, hostSecrets: HostSecrets? = nil
  ) -> [Finding] {
    var findings = scenario.findings
    if let parsed = scenario.scenario {
      let values = model?.model?.values ?? [:]
      let visits = StepVisit.all(of: parsed, values: values)
      if let model, let names = model.model {
        var check = ModelUseCheck(model: names, brokenNames: model.brokenNames)
        check.visit(parsed)
        for visit in visits { check.visit(visit) }
        findings += check.findings
      }
      if let model = model?.model, let rig, rig.hasPast {
        findings += StartCheck.findings(in: parsed, model: model, rig: rig)
      }
      if let rig {
        var check = RigUseCheck(rig: rig)
        for visit in visits { check.visit(visit) }
        findings += check.allFindings
      }
      if let hostSecrets { findings += InputCheck.unsetSecrets(in: parsed, hostSecrets) }
      if let input {
        findings += InputCheck.findings(
          in: parsed, visits: visits, values: values, input: input)
      }
    }
    return Findings(findings).all
  }

  /// What is not wrong with a scenario, and yet hardly meant: that no run of it tests anything, so
  /// that none is ever passed; or that its wrong tries must lock the recorder.
  ///
  /// A default that a caller may replace counts as what it is.
  ///
  /// - Parameters:
  ///   - scenario: the scenario.
  ///   - model: the model; nil leaves open what it would say.
  /// - Returns: the warnings, in the order of their places.
  public static func warnings(in scenario: Scenario, model: RecorderModel?) -> [Finding] {
    let locks = model.map { LockoutCheck.warnings(in: scenario, model: $0) } ?? []
    let visits = StepVisit.all(
      of: scenario, values: model?.values ?? [:], rebootsByItself: model?.boot.rebootsByItself)
    if visits.contains(where: { $0.mayBePlayed && $0.step.tests }) { return locks }
    return locks + [
      Finding(
        scenario.location,
        "no step of \(scenario.name) that is ever played expects anything, so "
          + "that nothing is tested and no run passes", remedy: "expect what must be seen")
    ]
  }

  /// The reference images of a model that can't be told from other things.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - weakness: why a picture is no good as a reference; nil where it is good.
  /// - Returns: the mistakes, in the order of their places.
  public static func weakImages(
    in model: RecorderModel, weakness: (ReferenceImage) -> String?
  ) -> [Finding] {
    let findings = model.images.values.compactMap { image in
      weakness(image).map { why in
        Finding(
          image.location, "the picture \(image.file) is too weak a reference: \(why)",
          remedy: "cut a larger or richer part of the screen")
      }
    }
    return Findings(findings).all
  }
}

extension Step {
  /// Whether the step itself tests something.
  fileprivate var tests: Bool {
    if expectation != nil || action?.needs.tests == true { return true }
    return action?.needs.plays.expectations.isEmpty == false
  }
}
