import SourceYAML

/// What a step does with a password or a secure code, and what it shows of it: `credential`.
///
/// A recorder remembers what was tried on it, and so must whoever tries: what is handed in is booked
/// before the step, what was shown after it.
public enum CredentialUse: Sendable, Hashable {
  /// Hands a password in at the log-in prompt.
  case tries(ValueText)
  /// Shows that a password lets somebody in.
  case proves(ValueText)
  /// Shows that a password is refused.
  case refutes(ValueText)
  /// Hands a password in as the new one.
  case proposes(ValueText)
  /// Hands a secure code in.
  case triesCode
  /// Shows that a secure code was taken.
  case codeTaken

  /// The password.
  public var text: ValueText? {
    switch self {
    case .tries(let text), .proves(let text), .refutes(let text), .proposes(let text): text
    case .triesCode, .codeTaken: nil
    }
  }
}

extension CredentialUse {
  private static let tries = FieldShape(
    "tries", .scalar(.anyText), "The password that the step hands in at the log-in prompt.")
  private static let proves = FieldShape(
    "proves", .scalar(.anyText), "The password that let somebody in, once the step is passed.")
  private static let refutes = FieldShape(
    "refutes", .scalar(.anyText), "The password that was refused, once the step is passed.")
  private static let proposes = FieldShape(
    "proposes", .scalar(.anyText), "The password that the step hands in as the new one.")
  private static let code = FieldShape(
    "code", .scalar(.word(["tried", "taken"])),
    "tried: the step hands a secure code in; taken: one was taken, once the step is passed.")
  private static let fields = [tries, proves, refutes, proposes, code]

  /// How it is written.
  static let field = FieldShape(
    "credential",
    .object(
      ObjectShape(
        "credential", fields,
        rules: [
          .atMostOne(of: fields.map(\.name)),
          .atLeastOne(of: fields.map(\.name), what: "anything that is tried or shown"),
        ])),
    "What the step does with a password or a secure code, or shows of it: so it is known what may "
      + "hold, and how many tries are spent."
  ).shown(
    by: """
      - click: {label: ok}
        credential: {tries: "${password}"}
      - expect: {label: mainMenu}
        credential: {proves: "${password}"}
      """)

  /// What a node writes.
  static func use(_ node: YAMLNode, _ maker: inout ScenarioMaker) -> CredentialUse? {
    switch node[code]?.text {
    case "tried"?: return .triesCode
    case "taken"?: return .codeTaken
    default: break
    }
    func text(_ field: FieldShape, _ maker: inout ScenarioMaker) -> ValueText? {
      node[field].flatMap { maker.valueText($0) }
    }
    if let password = text(tries, &maker) { return .tries(password) }
    if let password = text(proves, &maker) { return .proves(password) }
    if let password = text(refutes, &maker) { return .refutes(password) }
    return text(proposes, &maker).map { .proposes($0) }
  }
}
