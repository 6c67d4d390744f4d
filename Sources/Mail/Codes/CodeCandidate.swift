/// Where in a message something stands.
public struct MailPlace: Sendable, Hashable, CustomStringConvertible {
  /// A part of a message that people read.
  public enum Part: String, Sendable, Hashable {
    /// The subject.
    case subject
    /// The plain text.
    case plainText = "plain text"
    /// The HTML.
    case richText = "HTML"
  }

  /// The part.
  public var part: Part
  /// The line of it that has words, counted from 1.
  public var line: Int

  /// Such as `line 3 of the plain text`, or `the subject`.
  public var description: String {
    part == .subject ? "the subject" : "line \(line) of the \(part.rawValue)"
  }
}

/// A word that looks as codes do.
public struct CodeCandidate: Sendable, Hashable {
  /// Why it is taken for the code, or not; stronger ones first.
  public enum Evidence: String, Sendable, Hashable, CaseIterable {
    /// The word that the mail is expected to use for codes names it.
    case named = "named as the code"
    /// The mail asks to enter it.
    case asked = "what the mail asks to enter"
    /// Nothing speaks for it.
    case none = "nothing says that it is the code"
    /// It is named as something else.
    case other = "named as something else"
  }

  /// The word, without what groups its characters.
  public var value: String
  /// Where it stands.
  public var place: MailPlace
  /// What speaks for it.
  public var evidence: Evidence
}
