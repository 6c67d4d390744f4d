public import SourceYAML

/// A virtual recorder that is a process of its own, with all that a rig wires to it, behind a Unix
/// socket of this host.
public struct RecorderSocketSettings: RecorderSettings {
  /// The socket, as it is seen from the working directory.
  public var path: String

  /// Creates settings.
  public init(path: String) {
    self.path = path
  }
}

extension RecorderSocketSettings {
  /// The section's key.
  public static let key = "virtual"
  /// What the driver is.
  public static let about = "A virtual recorder that is a process of its own."
  /// A piece of a rig file.
  public static let example = """
    virtual: {at: /run/gantry/recorder.sock}
    power: {minimumOff: 10s}
    """

  static let at = FieldShape(
    "at", .scalar(.text),
    "The socket of a recorder that is a process of its own, beside this file: `gantry-proving "
      + "recorder --on socket:PATH` is one. It lives in real time and has a past; what else would "
      + "stand here is told to that process."
  ).shown(by: example)

  /// The keys of the section.
  public static let fields = [at]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(path: reader.path(section[Self.at]) ?? "")
    for entry in section.entries where entry.key != Self.at.name {
      reader.report(
        Finding(
          entry.keyLocation,
          "\"\(entry.key)\" is for the recorder's own process to know, which is at \(path)",
          remedy: "remove it, and give it to gantry-proving recorder, where --help has it"))
    }
  }
}
