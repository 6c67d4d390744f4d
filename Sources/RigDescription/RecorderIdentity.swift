import SourceYAML

/// Which recorder a rig is wired to, and where what is believed of it is kept.
public struct RecorderIdentity: Sendable, Hashable {
  /// What tells the recorder from all others; the rig's name where nobody says.
  public var id: String
  /// The folder of what is believed; nil for the one of this user.
  public var folder: String?
  /// Where this host has the password that the lab wants the recorder to have; nil where any will do.
  public var password: SecretSource?

  /// Creates an identity.
  public init(id: String, folder: String? = nil, password: SecretSource? = nil) {
    self.id = id
    self.folder = folder
    self.password = password
  }
}

extension RecorderIdentity {
  private static let id = FieldShape(
    "id", .scalar(.text),
    "What tells it from all others, such as its serial number; the rig's name if left out.")
  private static let state = FieldShape(
    "state", .scalar(.text),
    "The folder in which is kept what is believed of it, beside this file: passwords stand in it, so "
      + "that it is for its owner alone. If left out, gantry/recorders under $XDG_STATE_HOME.")
  private static let password = FieldShape(
    "password", SecretSource.shape("a password"),
    "Where the password is that the lab wants the recorder to have. A scenario that ends with "
      + "recorder: baseline brings it back, by the recorder's menu or by a reset, as the model has it."
  )
  private static let fields = [id, state, password]

  /// How it is written.
  static let field = FieldShape(
    "recorder",
    .object(
      ObjectShape(
        "recorder", fields,
        rules: [.atLeastOne(of: fields.map(\.name), what: "anything about the recorder")])),
    "Which recorder it is, so that its passwords, spent tries and firmware are remembered from run to "
      + "run. A virtual one has a past only with a memory."
  ).shown(by: "recorder: {id: NVR-2208814471, state: /var/lib/gantry/recorders}")

  /// Reads the section, if there is one.
  init(_ section: YAMLNode?, rig: String, _ reader: inout SectionReader) {
    self.init(
      id: section?[Self.id]?.text ?? rig, folder: reader.path(section?[Self.state]),
      password: SecretSource(section?[Self.password], &reader))
  }
}
