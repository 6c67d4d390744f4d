public import SourceYAML

/// A relay on a GPIO line.
public struct GPIORelaySettings: PowerSettings {
  /// What becomes of the line when nobody holds it.
  public enum Release: String, Sendable, Hashable, Codable, CaseIterable {
    /// It goes to a level at which the recorder is supplied.
    case powered
    /// It keeps its level.
    case kept
  }

  /// The chip: its label, its name such as `gpiochip0`, or its node.
  public var chip: String
  /// The line: its name, or its number on the chip.
  public var line: String
  /// Whether a low level gives the coil power.
  public var activeLow: Bool
  /// Which contact the supply runs through.
  public var contact: RelayContact
  /// What becomes of the line when nobody holds it.
  public var whenReleased: Release

  /// Creates settings.
  public init(
    chip: String, line: String, activeLow: Bool, contact: RelayContact,
    whenReleased: Release = .powered
  ) {
    self.chip = chip
    self.line = line
    self.activeLow = activeLow
    self.contact = contact
    self.whenReleased = whenReleased
  }
}

extension GPIORelaySettings {
  /// The section's key.
  public static let key = "gpioRelay"
  /// What the driver is.
  public static let about = "A relay on a GPIO line."
  /// A piece of a rig file.
  public static let example = """
    power:
      gpioRelay:
        chip: pinctrl-bcm2711
        line: 17
        contact: normally-closed
        whenReleased: kept
    """

  static let chip = FieldShape.required(
    "chip", .scalar(.text), "The chip's label, its name such as gpiochip0, or its node.")
  static let line = FieldShape.required(
    "line", .scalar(.text), "The line's name or number.")
  private static let activeLow = FieldShape(
    "activeLow", .scalar(.boolean), "Whether a low level gives the coil power.")
  private static let whenReleased = FieldShape.required(
    "whenReleased", .scalar(.word(Release.allCases.map(\.rawValue))),
    "What becomes of the line when no program holds it: the recorder is powered, or the level is "
      + "kept. A line that would cut the recorder must be wired otherwise.")

  /// The keys of the section.
  public static let fields = [chip, line, activeLow, RelayContact.field, whenReleased]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(
      chip: section[Self.chip]?.text ?? "", line: section[Self.line]?.text ?? "",
      activeLow: section[Self.activeLow]?.boolean ?? false, contact: RelayContact(section),
      whenReleased: section[Self.whenReleased]?.text.flatMap(Release.init(rawValue:)) ?? .powered)
  }
}
