/// A text that never leaves the process but through the recorder's keyboard.
///
/// It has no description, can't be encoded, and shows nothing to a debugger's mirror; whoever
/// needs the characters must ask for them by a name that is easy to search for.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Locks a text up.
  public init(_ text: String) {
    self.text = text
  }

  /// The characters themselves: for the typist and for comparing, never for writing.
  func revealed() -> String { text }

  /// Says only that it is a secret.
  public var description: String { Self.placeholder }

  /// Says only that it is a secret.
  public var debugDescription: String { Self.placeholder }

  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }

  /// What stands in a text in a secret's stead.
  public static let placeholder = "‹secret›"
}

/// A value that a scenario can refer to.
public enum Value: Sendable, Hashable {
  /// May be written anywhere.
  case plain(String)
  /// Is never written.
  case secret(Secret)

  /// Whether the value must not be written.
  var isSecret: Bool { if case .secret = self { true } else { false } }

  /// The characters: for the typist and for comparing.
  func revealed() -> String {
    switch self {
    case .plain(let text): text
    case .secret(let secret): secret.revealed()
    }
  }

  /// The characters as they may be written.
  var written: String {
    switch self {
    case .plain(let text): text
    case .secret: Secret.placeholder
    }
  }
}
