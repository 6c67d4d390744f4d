public import SourceYAML

/// A Maildir on this host.
public struct MaildirSettings: MailSettings {
  /// The folder, as it is seen from the working directory.
  public var path: String

  /// Creates settings.
  public init(path: String) {
    self.path = path
  }
}

extension MaildirSettings {
  /// The section's key.
  public static let key = "maildir"
  /// What the driver is.
  public static let about = "A Maildir on this host."
  /// A piece of a rig file.
  public static let example = """
    mail: {maildir: {path: /var/mail/gantry}}
    """

  private static let path = FieldShape.required(
    "path", .scalar(.text), "The Maildir's folder, beside this file.")

  /// The keys of the section.
  public static let fields = [path]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(path: reader.path(section[Self.path]) ?? "")
  }
}
