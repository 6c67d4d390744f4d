import RunJournal

/// What a run of a shipped scenario says of a virtual recorder or rig that has a flaw.
struct VirtualExpectation: Sendable, Hashable {
  /// The defect's or fault's name.
  var flaw: String
  /// The scenario's name.
  var scenario: String
  /// The model's name.
  var model: String
  /// What the run says.
  var verdict: Verdict
  /// The step that decides; nil where that is drawn by lot.
  var step: String?

  /// The expectation as `gantry virtual --json` lists it.
  var json: JSONValue {
    .object([
      .init("scenario", .string(scenario)), .init("model", .string(model)),
      .init("verdict", .string(verdict.rawValue)), .init("step", .optional(step)),
    ])
  }

  /// All expectations that the campaign has confirmed.
  static let all: [VirtualExpectation] = []
}
