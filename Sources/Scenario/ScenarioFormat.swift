public import SourceYAML

/// What a scenario file looks like.
///
/// The keys of an action stand in its file, as those of a predicate; both are listed in a
/// registry.
public enum ScenarioFormat {
  /// The shapes of a scenario file.
  public static let book = ShapeBook(
    title: "Gantry scenario",
    about: "A scenario file: what a person would do at a recorder and see, whatever its model.",
    root: root,
    shapes: [
      ("step", StepKeys.step), ("steps", StepKeys.steps), ("target", TargetKeys.target),
      ("place", TargetKeys.place), ("region", TargetKeys.regionShape),
      ("anchor", TargetKeys.anchor),
      ("expectation", ExpectationFormat.expectation), ("predicate", ExpectationFormat.predicate),
      ("sight", TargetKeys.sight), ("condition", Condition.shape),
    ])

  // MARK: The file

  static let name = FieldShape.required(
    "scenario", .name, "The scenario's name, such as password-reset."
  ).shown(by: "scenario: password-reset")
  static let about = FieldShape.required("about", .text, "One sentence for people.")
  static let timeout = FieldShape(
    "timeout", .duration, "The longest that the whole run may take; 15m if left out."
  ).shown(by: "timeout: 20m")
  static let parameters = FieldShape(
    "parameters", .names(NamesShape(parameter, what: "a parameter")),
    "Values that a caller may or must give."
  ).shown(
    by: """
      parameters:
        password: {about: The password to hand in., secret: true}
        port: {default: "80"}
      """)
  static let secrets = FieldShape(
    "secrets", .names(NamesShape(secret, what: "a secret")),
    "Values that are never written anywhere."
  ).shown(
    by: """
      secrets:
        newPassword: {generate: {length: 10}}
        token: {env: LAB_TOKEN}
        pin: {file: /etc/lab/pin}
        factoryPassword: {model: password}
        oldPassword: {recorder: password}
      """)
  static let steps = FieldShape.required(
    "steps", .list(ListShape(.step, what: "a list of steps")), "What is played, in order."
  ).shown(
    by: """
      steps:
        - rightClick: centre
          expect: {image: menu-bar}
        - click: {group: menu-icons}
          expect: {label: forgotPassword}
      """)
  static let finally = FieldShape(
    "finally", .steps, "What is played afterwards, however the steps ended."
  ).shown(by: "finally: {power: restore}")

  private static let root = Shape.object(
    ObjectShape(
      "a scenario",
      [
        name, about, timeout, parameters, secrets, StartState.field, Leaving.field, steps, finally,
      ]))

  // MARK: Parameters

  static let parameterAbout = FieldShape("about", .text, "One sentence for people.")
  static let parameterDefault = FieldShape(
    "default", .scalar(.anyText), "The value when none is given; without it one must be.")
  static let parameterSecret = FieldShape(
    "secret", .scalar(.boolean), "Whether the value is never to be written.")

  private static let parameter = Shape.object(
    ObjectShape("a parameter", [parameterAbout, parameterDefault, parameterSecret]))

  // MARK: Secrets

  static let secretLength = FieldShape.required(
    "length", .scalar(.integer(1...128)), "How many characters.")
  static let secretGenerate = FieldShape(
    "generate", .object(ObjectShape("generate", [secretLength])),
    "Drawn anew for each run, by the model's password rules.")
  static let secretVariable = FieldShape(
    "env", .text, "The environment variable that holds it.")
  static let secretFile = FieldShape(
    "file", .text,
    "The file whose first line it is; its path begins at the scenario file's folder, or with `/`.")
  static let secretModel = FieldShape(
    "model", .name, "The name of the model's value that it is.")

  static let secretRecorder = FieldShape(
    "recorder", .scalar(.word(["password"])),
    "password: the one that holds on the recorder, as far as is known; the model's own where nothing "
      + "is known.")

  private static let secretSources = [
    secretGenerate, secretVariable, secretFile, secretModel, secretRecorder,
  ]
  private static let secret = Shape.object(
    ObjectShape(
      "a secret", secretSources,
      rules: [
        .atMostOne(of: secretSources.map(\.name)),
        .atLeastOne(of: secretSources.map(\.name), what: "a source"),
      ]))
}

extension Shape {
  static let text = Shape.scalar(.text)
  static let name = Shape.scalar(.name)
  static let nameOrValue = Shape.scalar(.nameOrValue)
  static let duration = Shape.scalar(.duration)
  // Shapes of the book.
  static let step = Shape.reference("step")
  static let steps = Shape.reference("steps")
  static let target = Shape.reference("target")
  static let place = Shape.reference("place")
  static let region = Shape.reference("region")
  static let expectation = Shape.reference("expectation")
  static let predicate = Shape.reference("predicate")
  static let sight = Shape.reference("sight")
  static let condition = Shape.reference("condition")
}
