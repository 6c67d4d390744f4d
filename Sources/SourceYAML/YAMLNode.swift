/// A part of a YAML file that keeps where it stands.
///
/// Scalars are the text that the file holds: `on`, `no`, `1e3` and `007` stay what was written.
public struct YAMLNode: Sendable, Hashable {
  /// What a node holds.
  public enum Content: Sendable, Hashable {
    /// Text.
    case scalar(String)
    /// No value: a key with nothing after it, or a plain `~` or `null`.
    case nothing
    /// A list.
    case sequence([YAMLNode])
    /// Keys and values in the order of the file; no key stands twice.
    case mapping([Entry])
  }

  /// A key and its value.
  public struct Entry: Sendable, Hashable {
    /// The key's text.
    public var key: String
    /// Where the key stands.
    public var keyLocation: SourceLocation
    /// The value.
    public var value: YAMLNode

    /// Creates an entry.
    public init(key: String, keyLocation: SourceLocation, value: YAMLNode) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  /// What the node holds.
  public var content: Content
  /// Where it begins.
  public var location: SourceLocation
  /// How a scalar is spelt there; nil where that is not known.
  var spelling: ScalarSpelling?

  /// Creates a node.
  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The value of a key; nil where the node is no mapping or lacks the key.
  public subscript(key: String) -> YAMLNode? { entry(key)?.value }

  /// The value of a shape's key; nil where the node is no mapping or lacks the key.
  public subscript(field: FieldShape) -> YAMLNode? { self[field.name] }

  /// A key and its value; nil where the node is no mapping or lacks the key.
  public func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// The entries of a mapping; empty for anything else.
  public var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The elements of a list; nil for anything else.
  public var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The text of a scalar; nil for anything else.
  public var text: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// Whether the node is a mapping.
  public var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// A scalar's text as a whole number: decimal digits with an optional sign.
  public var integer: Int? { text.flatMap { Int($0) } }

  /// A scalar's text as a number: decimal digits with an optional sign and fraction.
  public var number: Double? {
    guard let text, text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.".contains($0)) }) else {
      return nil
    }
    return Double(text)
  }

  /// A scalar's text as yes or no: `true` or `false`.
  public var boolean: Bool? { text.flatMap { Bool($0) } }

  /// A scalar's text as a length of time, such as `500ms`.
  public var duration: Duration? { text.flatMap(DurationText.duration) }

  /// A list of whole numbers; nil where any element is none.
  public var integers: [Int]? {
    guard let elements else { return nil }
    let numbers = elements.compactMap(\.integer)
    return numbers.count == elements.count ? numbers : nil
  }
}

/// Text that keeps where it stands.
public struct LocatedText: Sendable, Hashable {
  /// The text.
  public var text: String
  /// Where it begins.
  public var location: SourceLocation

  /// Creates text with its place.
  public init(_ text: String, at location: SourceLocation) {
    self.text = text
    self.location = location
  }
}

extension YAMLNode {
  /// A scalar's text with its place; nil for anything else.
  public var locatedText: LocatedText? { text.map { LocatedText($0, at: location) } }
}
