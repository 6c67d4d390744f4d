import CPCRE2

/// A regular expression that a person wrote, in PCRE2's dialect (`pcre2pattern(3)`).
///
/// Texts are Unicode, in what `.` takes as well as in `\d`, `\w`, `\s` and `\b`; any line end ends a
/// line. `\C` alone of the dialect is refused: it takes a character apart. Neither compiling nor
/// matching takes long, whatever is written: what would is an error (``PatternMatchError``).
public struct Pattern: Sendable, Hashable {
  /// The longest pattern, in bytes of UTF-8.
  public static let longest = 4_096
  /// The longest text that is matched, in bytes of UTF-8.
  public static let longestText = 65_536

  /// How much of a text a pattern must fit.
  public enum Fit: String, Sendable, Hashable, CaseIterable {
    /// All of it.
    case whole
    /// The first part of it that does.
    case part
  }

  /// The pattern as it was written.
  public let text: String
  private let code: CompiledPattern

  /// Compiles a pattern.
  ///
  /// - Parameter text: the pattern, without marks around it.
  /// - Throws: what is wrong with it, and where.
  public init(_ text: String) throws(PatternError) {
    self.text = text
    code = try CompiledPattern(text)
  }

  /// Matches a text.
  ///
  /// - Parameters:
  ///   - text: at most ``longestText`` bytes.
  ///   - fit: how much of it must fit.
  /// - Returns: the match; nil where nothing fits.
  /// - Throws: when that can't be told within the limits; the same for the same text.
  public func match(_ text: String, fit: Fit) throws(PatternMatchError) -> PatternMatch? {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longestText else { throw .longText(bytes: bytes.count) }
    guard let ends = try code.match(bytes, fit: fit) else { return nil }
    let parts = ends.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } }
    return PatternMatch(text: (parts.first ?? nil) ?? "", groups: Array(parts.dropFirst()))
  }

  /// Patterns are the same that are written the same.
  public static func == (lhs: Pattern, rhs: Pattern) -> Bool { lhs.text == rhs.text }

  /// Adds what is written.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// What of a text fitted a pattern.
public struct PatternMatch: Sendable, Hashable {
  /// All that fitted.
  public var text: String
  /// What the pattern's groups took, in their order; nil for one that took no part.
  public var groups: [String?]

  /// What the first group took, or all that fitted where the pattern has none; nil where the group
  /// took no part.
  public var value: String? { groups.isEmpty ? text : groups[0] }
}

/// Why it can't be told whether a text fits a pattern.
public enum PatternMatchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It takes too many steps.
  case steps(limit: Int)
  /// It takes too much memory.
  case memory
  /// The text is too long.
  case longText(bytes: Int)
  /// The engine gives up for another reason, in its words.
  case other(String)

  /// What is wrong and what would be right, in a sentence without a final stop.
  public var description: String {
    switch self {
    case .steps(let limit):
      "matching the pattern takes more than \(limit) steps; write it so that no text fits a "
        + "repeated part in more than one way, such as a+ for (a+)+"
    case .memory:
      "matching the pattern takes too much memory; repeat characters rather than groups"
    case .longText(let bytes):
      "the text has \(bytes) bytes; patterns are matched with at most \(Pattern.longestText)"
    case .other(let words): "the pattern can't be matched: \(words)"
    }
  }
}
