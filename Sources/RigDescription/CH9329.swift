public import SourceYAML

/// A mouse made by a CH9329 on a serial port.
public struct CH9329Settings: MouseSettings {
  /// The serial port.
  public var selection: DeviceSelection
  /// Bits a second; chips come with 9600.
  public var baud: Int
  /// The port of a USB hub that cuts the chip off when it hangs; nil for none.
  public var hubPort: HubPortSettings?

  /// Creates settings.
  public init(
    selection: DeviceSelection, baud: Int = defaultBaud, hubPort: HubPortSettings? = nil
  ) {
    self.selection = selection
    self.baud = baud
    self.hubPort = hubPort
  }

  /// What chips come with.
  public static let defaultBaud = 9600
}

extension CH9329Settings {
  /// The section's key.
  public static let key = "ch9329"
  /// What the driver is.
  public static let about = "A mouse made by a CH9329 on a serial port."
  /// A piece of a rig file.
  public static let example = """
    mouse:
      ch9329:
        match: {"@idVendor": "1a86", "@idProduct": "7523"}
        baud: 9600
    """

  /// The speeds of serial ports that there are.
  private static let speeds = [9600, 19200, 38400, 57600, 115200]

  private static let baud = FieldShape(
    "baud", .scalar(.integer(1...4_000_000)), "Bits a second; 9600 if left out.")
  private static let hubPort = HubPortSettings.field(
    "The port of a USB hub that cuts the chip off when it hangs.")

  /// The keys of the section.
  public static let fields = DeviceSelection.fields + [baud, hubPort]
  /// What holds between them.
  public static let rules = DeviceSelection.rules

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    let list = Self.speeds.map(String.init).joined(separator: ", ")
    let baud = reader.value(
      section[Self.baud], orElse: "is no speed of a serial port", "write one of \(list)"
    ) { text in
      Int(text).flatMap { Self.speeds.contains($0) ? $0 : nil }
    }
    self.init(
      selection: DeviceSelection(section), baud: baud ?? Self.defaultBaud,
      hubPort: HubPortSettings(section[Self.hubPort]))
  }
}
