import SourceYAML

/// How the supply runs through a relay.
public enum RelayContact: String, Sendable, Hashable, Codable, CaseIterable {
  /// The contact is closed while the coil is at rest: a relay without power supplies the device.
  case normallyClosed = "normally-closed"
  /// The contact is closed while the coil has power.
  case normallyOpen = "normally-open"
}

extension RelayContact {
  /// The key that names it.
  static let field = FieldShape.required(
    "contact", .scalar(.word(allCases.map(\.rawValue))),
    "The relay's contact that the supply runs through.")

  /// Reads the key of a section.
  init(_ section: YAMLNode) {
    self = section[Self.field]?.text.flatMap(Self.init(rawValue:)) ?? .normallyClosed
  }
}
