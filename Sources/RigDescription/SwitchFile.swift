public import SourceYAML

/// A file that a switch is worked by, such as an attribute of the kernel.
public struct SwitchFileSettings: PowerSettings {
  /// The file, as it is seen from the working directory.
  public var path: String
  /// What is written to supply the device, and read back while it is.
  public var on: String
  /// What is written to cut it off, and read back while it is.
  public var off: String

  /// Creates settings.
  public init(path: String, on: String = "1", off: String = "0") {
    self.path = path
    self.on = on
    self.off = off
  }
}

extension SwitchFileSettings {
  /// The section's key.
  public static let key = "file"
  /// What the driver is.
  public static let about = "A file that a switch is worked by."
  /// A piece of a rig file.
  public static let example = """
    power: {file: {path: /sys/class/leds/socket/brightness}}
    """

  private static let path = FieldShape.required(
    "path", .scalar(.text), "The file, such as an attribute below /sys.")
  private static let on = FieldShape(
    "on", .scalar(.text), "What is written to supply the recorder; 1 if left out.")
  private static let off = FieldShape(
    "off", .scalar(.text), "What is written to cut it off; 0 if left out.")

  /// The keys of the section.
  public static let fields = [path, on, off]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(path: reader.path(section[Self.path]) ?? "")
    on = section[Self.on]?.text ?? on
    off = section[Self.off]?.text ?? off
  }
}
