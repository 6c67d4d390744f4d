package import Bench
import OrderedJSON
package import RunJournal

/// What a run of a shipped scenario says of a virtual recorder or rig that has a flaw.
package struct VirtualExpectation: Sendable, Hashable {
  /// The defect's or fault's name.
  package var flaw: String
  /// The scenario's name.
  package var scenario: String
  /// The model's name.
  package var model: String
  /// What the run says.
  package var verdict: Verdict
  /// The step that decides, as a path of names; nil where it depends on the seed.
  package var step: String?
  /// What it may say that it did not pass for: a right verdict for another reason is a miss.
  package var causes: Set<FaultCode>

  /// What is set in the rig for the recorder, or the rig, to have the flaw, `key=value`.
  package var override: String {
    let kind = verdict == .failed ? "defects" : "faults"
    return "virtual.\(kind)=[\(flaw)]"
  }

  /// The codes of what it may say that it did not pass for.
  package var causeNames: [String] { FaultCode.allCases.filter(causes.contains).map(\.rawValue) }

  /// Whether a run may have said that it did not pass for a cause.
  package func isCause(_ code: String?) -> Bool {
    code.flatMap(FaultCode.init).map(causes.contains) ?? false
  }

  /// The expectation as `gantry-proving expectations --json` lists it.
  var json: JSONValue {
    .object([
      .init("scenario", .string(scenario)), .init("model", .string(model)),
      .init("verdict", .string(verdict.rawValue)), .init("step", .optional(step)),
      .init("causes", .strings(causeNames)),
    ])
  }
}

/// What is expected of a flaw, by a person who knows the recorder, the rig and the scenarios.
struct FlawExpectation: Sendable {
  /// A scenario that does not pass.
  struct Judgement: Sendable {
    var scenario: String
    var verdict: Verdict
    var step: String?
    var models: [String]

    /// The recorder is at fault.
    static func failed(
      _ scenario: String, at step: String?, on models: [String] = VirtualExpectation.models
    ) -> Judgement {
      Judgement(scenario: scenario, verdict: .failed, step: step, models: models)
    }

    /// The rig is at fault.
    static func errored(
      _ scenario: String, at step: String?, on models: [String] = VirtualExpectation.models
    ) -> Judgement {
      Judgement(scenario: scenario, verdict: .errored, step: step, models: models)
    }

    /// The recorder is at fault, in each of several scenarios.
    static func failed(in places: [(scenario: String, step: String)]) -> [Judgement] {
      places.map { .failed($0.scenario, at: $0.step) }
    }

    /// The rig is at fault, in each of several scenarios.
    static func errored(in places: [(scenario: String, step: String)]) -> [Judgement] {
      places.map { .errored($0.scenario, at: $0.step) }
    }
  }

  var flaw: String
  /// What a run may say that it did not pass for.
  var causes: Set<FaultCode>
  var judgements: [Judgement]

  init(_ flaw: String, _ causes: Set<FaultCode>, _ judgements: [Judgement]) {
    self.flaw = flaw
    self.causes = causes
    self.judgements = judgements
  }
}

extension VirtualExpectation {
  /// The models of the virtual recorder.
  package static let models = ["night-series", "harbor-series", "summit-series"]

  /// Faults that a careful hand sees and makes up for where it can: a run with one passes or is
  /// errored, and never says anything of the recorder.
  package static let correctable = ["pointer-offset", "mail-duplicated", "mail-of-others"]
  /// What such a run may be errored for.
  private static let correctableCauses: [String: Set<FaultCode>] = [
    "pointer-offset": [.mouseAstray], "mail-of-others": [.mailAmbiguous],
  ]

  /// The codes of the causes that are right for a run that a flaw ends.
  static func causes(of flaw: String) -> Set<FaultCode> {
    if correctable.contains(flaw) { return correctableCauses[flaw] ?? [] }
    return (FlawExpectation.defects + FlawExpectation.faults).first { $0.flaw == flaw }?.causes
      ?? []
  }

  /// The names of all flaws of which something is expected, in the order of the list.
  package static let flaws = all.reduce(into: [String]()) { names, expected in
    if names.last != expected.flaw { names.append(expected.flaw) }
  }

  /// Everything that is expected: whatever is not among it is not sure to be noticed.
  package static let all: [VirtualExpectation] = (FlawExpectation.defects + FlawExpectation.faults)
    .flatMap { flaw in
      flaw.judgements.flatMap { judgement in
        judgement.models.map { model in
          VirtualExpectation(
            flaw: flaw.flaw, scenario: judgement.scenario, model: model, verdict: judgement.verdict,
            step: judgement.step, causes: flaw.causes)
        }
      }
    }
}
