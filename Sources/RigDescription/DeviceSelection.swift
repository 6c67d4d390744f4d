import SourceYAML

/// What a device must be, as a rig file says it.
public struct DeviceMatch: Sendable, Hashable, Codable, CustomStringConvertible {
  /// A key and its value: a udev property or a file in the device's folder below `/sys`. With `@`
  /// before the key, any device that this one hangs on must have it.
  public struct Rule: Sendable, Hashable, Codable {
    /// The key, with its `@` where it has one.
    public var key: String
    /// The value, to the letter.
    public var value: String

    /// Creates a rule.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// All of them must hold; in the order of the file.
  public var rules: [Rule]

  /// Creates a match.
  public init(_ rules: [Rule]) {
    self.rules = rules
  }

  /// Reads the value of a key `match`; without one, any device is meant.
  init(_ node: YAMLNode?) {
    rules = (node?.entries ?? []).map { Rule(key: $0.key, value: $0.value.text ?? "") }
  }

  /// What the value of a key `match` looks like.
  static let shape = Shape.names(
    NamesShape(.scalar(.anyText), what: "a property", mayBeEmpty: false, takesAnyKey: true))

  /// Such as `{ID_VENDOR_ID: 534d, ID_MODEL_ID: 2109}`.
  public var description: String {
    "{" + rules.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
  }
}

/// How a rig file names a device.
public enum DeviceSelection: Sendable, Hashable, Codable {
  /// By its node, such as `/dev/video0`.
  case node(String)
  /// By what it is; exactly one device must be so.
  case match(DeviceMatch)

  private static let device = FieldShape(
    "device", .scalar(.text), "The device's node, such as /dev/video0.")
  private static let match = FieldShape(
    "match", DeviceMatch.shape,
    "What the one device must be: udev properties or attributes; @KEY for one that it hangs on.")

  /// The keys that name a device, of which a section has one.
  static let fields = [device, match]
  /// That it has one.
  static let rules: [ObjectRule] = [
    .atMostOne(of: fields.map(\.name)), .atLeastOne(of: fields.map(\.name), what: "its device"),
  ]

  /// Reads the keys of a section.
  init(_ section: YAMLNode) {
    self =
      section[Self.device]?.text.map { .node($0) } ?? .match(DeviceMatch(section[Self.match]))
  }
}
