public import SourceYAML

/// What a driver is told by the rig file: the driver's section, as checked values.
///
/// A type of settings says itself what its section looks like, and reads it. It is named in
/// ``DriverRegistry``, and `Drivers` makes devices from it as it is.
public protocol DriverSettings: Hashable, Sendable {
  /// The section's key, such as `ch9329`.
  static var key: String { get }

  /// What the driver is, in one sentence for editors.
  static var about: String { get }

  /// A piece of a rig file that has the section, for the reference.
  static var example: String { get }

  /// The keys of the section.
  static var fields: [FieldShape] { get }

  /// What holds between them.
  static var rules: [ObjectRule] { get }

  /// Reads a section that was held against the shape.
  ///
  /// - Parameters:
  ///   - section: the section; where the shape has found something, what is wrong is missing.
  ///   - reader: knows where the file lies, and is told what the shape can't find.
  init(_ section: YAMLNode, _ reader: inout SectionReader)
}

extension DriverSettings {
  /// No rules.
  public static var rules: [ObjectRule] { [] }

  /// What the section looks like.
  static var shape: Shape { .object(ObjectShape(key, fields, rules: rules)) }

  /// The section as a key that may be left out.
  static var field: FieldShape { FieldShape(key, shape, about).shown(by: example) }
}

/// The settings of a driver through which a picture comes.
public protocol ScreenSettings: DriverSettings {}

/// The settings of a driver that moves a mouse.
public protocol MouseSettings: DriverSettings {}

/// The settings of a driver that switches a supply; the process that guards the supply is told them.
public protocol PowerSettings: DriverSettings, Codable {}

/// The settings of a driver that reads mail.
public protocol MailSettings: DriverSettings {}

/// The settings of a driver that is a whole recorder, with all that is wired to it.
public protocol RecorderSettings: ScreenSettings, MouseSettings, PowerSettings, MailSettings {}

/// Reads what the sections of a rig file say, and keeps what is wrong.
public struct SectionReader {
  private let file: String
  /// What is wrong, in the order of reading.
  public private(set) var findings: [Finding] = []

  /// Reads sections of a file, beside which the paths in it lie.
  public init(file: String) {
    self.file = file
  }

  /// A path as it is seen from the working directory.
  public func path(_ node: YAMLNode?) -> String? {
    node?.text.map { SourceFiles.path($0, beside: file) }
  }

  /// Keeps something that is wrong.
  public mutating func report(_ finding: Finding) { findings.append(finding) }

  /// A text of a form of its own.
  ///
  /// - Parameters:
  ///   - node: the text; nil where it was left out.
  ///   - problem: what the text is when it has not that form, such as `is no mode`.
  ///   - remedy: what to write.
  ///   - read: makes a value from the text, or nil where it has not that form.
  /// - Returns: the value; nil where there is none.
  public mutating func value<Value>(
    _ node: YAMLNode?, orElse problem: String, _ remedy: String, read: (String) -> Value?
  ) -> Value? {
    guard let text = node?.locatedText else { return nil }
    if let value = read(text.text) { return value }
    report(Finding(text.location, "\"\(text.text)\" \(problem)", remedy: remedy))
    return nil
  }
}
