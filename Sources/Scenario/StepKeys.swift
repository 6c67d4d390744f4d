import SourceYAML

/// The keys of a step beside those of its action.
enum StepKeys {
  static let name = FieldShape(
    "name", .text, "What reports call the step; made from the action if left out."
  ).shown(by: "- {name: Open the menu bar, rightClick: centre}")
  static let expect = FieldShape("expect", .expectation, "What must follow.")
    .shown(by: "- {rightClick: centre, expect: {image: menu-bar}, within: 3s, attempts: 2}")
  static let within = FieldShape(
    "within", .duration, "How long that may take; 5s if left out."
  ).shown(by: "- {power: cycle, expect: signal-back, within: 90s}")
  static let attempts = FieldShape(
    "attempts", .scalar(.integer(1...100)),
    "How often the action may be done until the expectation holds; 1 if left out."
  ).shown(by: "- {click: {label: ok}, expect: changed, attempts: 3}")
  static let already = FieldShape(
    "already", .scalar(.word(["allowed"])),
    "Lets the expectation count though it held before the action, and nothing has changed where it "
      + "looks."
  ).shown(by: "- {click: {label: refresh}, expect: {label: cameraName}, already: allowed}")
  static let measure = FieldShape(
    "measure", .name,
    "What history and gates call the time from the step's action, or from its begin where it only "
      + "looks, to the picture that shows what it expects."
  ).shown(by: "- {power: cycle, expect: {label: cameraName}, within: 2m, measure: liveAgain}")
  /// What the ledger measures of every run by itself.
  static let takenMeasures: Set = ["boot", "mail", "run", "wall"]
  static let sensitive = FieldShape(
    "sensitive", .scalar(.boolean),
    "Keeps coordinates, keys, scores and pictures out of the journal."
  ).shown(by: "- {click: {label: showPassword}, sensitive: true}")
  static let when = FieldShape("when", .condition, "The step is played only if this holds.")
    .shown(by: "- {power: cycle, when: {not: rebootsByItself}}")
  static let optional = FieldShape(
    "optional", FlowWay.shape,
    "The step is played where what it does something to, or expects, is seen within its time, which "
      + "must be as the model's flow says: always, never, or sometimes."
  ).shown(by: "- {click: {label: yes}, optional: confirmReset, within: 3s}")
  static let device = FieldShape(
    "on", .nameOrValue, "The device that it is played on; the recorder if left out."
  ).shown(by: "- {click: {text: Allow}, on: phone}")

  /// The shape of a step.
  static let step = Shape.object(
    ObjectShape(
      "a step",
      [name] + ActionRegistry.fields + [
        expect, within, attempts, already, measure, sensitive, when, optional, device,
        CredentialUse.field,
      ],
      rules: [
        .atMostOne(of: ActionRegistry.keys),
        .atLeastOne(
          of: ActionRegistry.keys + [expect.name], what: "an action or an expectation"),
        .only(
          within.name, with: [expect.name, optional.name] + ActionRegistry.borrowers(of: within)),
        .only(attempts.name, with: [expect.name]),
        .only(already.name, with: [expect.name]), .only(measure.name, with: [expect.name]),
      ] + ActionRegistry.companionRules))

  /// The shape of steps.
  static let steps = Shape.forms(
    FormsShape(
      "steps", example: "a list of steps, or one step",
      list: .list(ListShape(.step, counts: 0...1_000, what: "a list of steps")),
      mapping: .step))
}
