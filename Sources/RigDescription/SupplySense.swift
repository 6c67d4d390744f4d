import SourceYAML

/// A GPIO line that follows the supply behind a switch's contact, of whatever kind the switch is.
public struct SupplySenseSettings: Sendable, Hashable {
  /// The chip: its label, its name such as `gpiochip0`, or its node.
  public var chip: String
  /// The line: its name, or its number on the chip.
  public var line: String
  /// Whether a low level means that the recorder is supplied.
  public var activeLow: Bool

  /// Creates settings.
  public init(chip: String, line: String, activeLow: Bool = false) {
    self.chip = chip
    self.line = line
    self.activeLow = activeLow
  }
}

extension SupplySenseSettings {
  private static let activeLow = FieldShape(
    "activeLow", .scalar(.boolean), "Whether a low level means that the recorder is supplied.")

  private static let shape = Shape.object(
    ObjectShape("sense", [GPIORelaySettings.chip, GPIORelaySettings.line, activeLow]))

  /// The key of a power switch that has a sense.
  static let field = FieldShape(
    "sense", shape,
    "A GPIO line that is read to know whether the supply is there, wired behind the contact, on the "
      + "recorder's side. What it says counts, whatever supply: says."
  ).shown(
    by: """
      power:
        usbRelay: {serial: BITFT, channel: 1, contact: normally-closed}
        sense: {chip: pinctrl-bcm2711, line: 27, activeLow: true}
      """)

  /// Reads the value of the key.
  init(_ node: YAMLNode) {
    self.init(
      chip: node[GPIORelaySettings.chip]?.text ?? "",
      line: node[GPIORelaySettings.line]?.text ?? "",
      activeLow: node[Self.activeLow]?.boolean ?? false)
  }
}

extension GPIORelaySettings {
  /// Whether a sense is the relay's own line, as both are named.
  func isLine(of sense: SupplySenseSettings) -> Bool { chip == sense.chip && line == sense.line }
}
