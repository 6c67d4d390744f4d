public import SourceYAML

/// A relay on a USB board.
public struct USBRelaySettings: PowerSettings {
  /// Which board, where there are several.
  public var board: DeviceMatch?
  /// The board's five letters, for boards that have them.
  public var serial: String?
  /// The relay, counted from 1.
  public var channel: Int
  /// Which contact the supply runs through.
  public var contact: RelayContact

  /// Creates settings.
  public init(board: DeviceMatch?, serial: String?, channel: Int, contact: RelayContact) {
    self.board = board
    self.serial = serial
    self.channel = channel
    self.contact = contact
  }
}

extension USBRelaySettings {
  /// The section's key.
  public static let key = "usbRelay"
  /// What the driver is.
  public static let about = "A relay on a USB board."
  /// A piece of a rig file.
  public static let example = """
    power:
      usbRelay: {serial: BITFT, channel: 1, contact: normally-closed}
    """

  private static let match = FieldShape(
    "match", DeviceMatch.shape, "What the board must be, where there are several.")
  private static let serial = FieldShape(
    "serial", .scalar(.text), "The board's five letters, where there are several.")
  private static let channel = FieldShape.required(
    "channel", .scalar(.integer(1...8)), "The relay, counted from 1.")

  /// The keys of the section.
  public static let fields = [match, serial, channel, RelayContact.field]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(
      board: section[Self.match].map { DeviceMatch($0) }, serial: section[Self.serial]?.text,
      channel: section[Self.channel]?.integer ?? 1, contact: RelayContact(section))
  }
}
