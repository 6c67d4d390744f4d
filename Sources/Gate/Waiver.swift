public import FoundationEssentials
public import SourceYAML

/// A failure that somebody answers for until a day.
///
/// It covers failed runs of its scenario, on its model, for its cause, and of what else it names; never
/// anything that it does not name, and nothing after its last day.
public struct Waiver: Sendable, Hashable {
  /// Who answers for it.
  public var who: String
  /// Why it may be so.
  public var why: String
  /// The last day, in UTC.
  public var until: String
  /// When it is over.
  public var end: Date
  /// The scenario.
  public var scenario: String
  /// The model.
  public var model: String
  /// The cause.
  public var cause: String
  /// The step that decided; nil for any.
  public var step: String?
  /// The firmware; nil for any.
  public var firmware: FirmwareImage?
  /// Where it stands.
  public var location: SourceLocation
}

/// All waivers of a file.
public struct Waivers: Sendable, Hashable {
  /// The waivers in the order of the file.
  public var all: [Waiver]
  /// SHA-256 of the file, in hex.
  public var digest: String

  /// Creates waivers.
  public init(_ all: [Waiver], digest: String) {
    self.all = all
    self.digest = digest
  }
}

/// What a waiver file looks like.
public enum WaiverFormat {
  /// The shapes of a waiver file.
  public static let book = ShapeBook(
    title: "Gantry waivers",
    about: "A waiver file: failures that somebody answers for until a day.",
    root: .object(ObjectShape("waivers", [waivers])), shapes: [])

  static let waivers = FieldShape.required(
    "waivers",
    .list(
      ListShape(
        .object(
          ObjectShape("a waiver", [who, why, until, scenario, model, cause, step, firmware])),
        counts: 0...1000, what: "a list of waivers")),
    "The failures. A failed run that is all that one of them names counts as waived, which is told "
      + "wherever it is: no other run, and none after the last day."
  ).shown(
    by: """
      waivers:
        - who: maria
          why: The new dialog is right; the scenario is mended next week.
          until: 2026-12-31
          scenario: password-reset
          model: night-series
          cause: expectation-unmet
          step: Forgot the password
      """)
  static let who = FieldShape.required("who", .scalar(.text), "Who answers for it.")
  static let why = FieldShape.required("why", .scalar(.text), "Why it may be so.")
  static let until = FieldShape.required(
    "until", .scalar(GateTexts.day), "The last day on which it holds, in UTC.")
  static let scenario = FieldShape.required("scenario", .scalar(.name), "The scenario, by name.")
  static let model = FieldShape.required("model", .scalar(.name), "The model, by name.")
  static let cause = FieldShape.required(
    "cause", .scalar(.name), "The cause; gantry explain cause lists them.")
  static let step = FieldShape(
    "step", .scalar(.text),
    "The step that decided, by the names from the top joined by \" / \"; any if left out.")
  static let firmware = FieldShape(
    "firmware", .scalar(GateTexts.image),
    "The firmware, VERSION@sha256:DIGEST; any if left out.")
}
