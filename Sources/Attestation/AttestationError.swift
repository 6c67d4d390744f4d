/// Why something signed, or a key, is not what it should be.
public struct AttestationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable, Hashable {
    /// What was given can't be read as what it should be.
    case invalid
    /// It can be read, and is not to be believed: the signature, the key, the subject or the result.
    case refused
    /// The host, or the program that signs, does not do its part.
    case broken
  }

  /// What is wrong, in a line without a final stop, with the file before it where there is one.
  public var description: String
  /// What kind of trouble it is.
  public var kind: Kind

  /// Creates an error.
  public init(_ description: String, _ kind: Kind) {
    self.description = description
    self.kind = kind
  }

  static func invalid(_ description: String) -> AttestationError {
    AttestationError(description, .invalid)
  }

  static func refused(_ description: String) -> AttestationError {
    AttestationError(description, .refused)
  }

  static func broken(_ description: String) -> AttestationError {
    AttestationError(description, .broken)
  }

  /// The same, of something within something else.
  func within(_ place: String) -> AttestationError {
    AttestationError("\(place): \(description)", kind)
  }
}
