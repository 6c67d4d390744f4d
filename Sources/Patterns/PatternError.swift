import CPCRE2

/// Why a text is no pattern.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in PCRE2's words and without a final stop.
  public var problem: String
  /// What would be right, without a final stop.
  public var remedy: String
  /// How many characters (Unicode scalars) of the pattern were read until that showed.
  public var offset: Int

  /// What is wrong, where, and what would be right.
  public var description: String { "\(problem); \(remedy)" }

  /// How much of a pattern is repeated to say where.
  private static let shownCharacters = 20

  /// Takes an error of the compiler, `offset` bytes into a pattern.
  init(_ number: Int32, at offset: Int, of pattern: [UInt8]) {
    // An offset may point into a character that was not read to its end.
    let read = String(decoding: pattern.prefix(offset), as: UTF8.self)
    self.offset = read.unicodeScalars.count
    let tail = String(read.suffix(Self.shownCharacters))
    let place =
      read.isEmpty ? "at its start" : "after \"\(tail.count < read.count ? "…" : "")\(tail)\""
    problem = "\(CompiledPattern.words(number)) \(place)"
    remedy = Self.remedy(number)
  }

  private static func remedy(_ number: Int32) -> String {
    switch number {
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
      "close the group with ), or write \\( for the character"
    case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS:
      "open the group with (, or write \\) for the character"
    case PCRE2_ERROR_MISSING_SQUARE_BRACKET: "close the set with ], or write \\[ for the character"
    case PCRE2_ERROR_QUANTIFIER_INVALID:
      "write what is repeated before it, or a backslash for the character"
    case PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER: "write the smaller number first, as in {2,4}"
    case PCRE2_ERROR_QUANTIFIER_TOO_BIG: "repeat at most 65535 times"
    case PCRE2_ERROR_CLASS_RANGE_ORDER:
      "write the range from low to high, or - last in the set for the character"
    case PCRE2_ERROR_END_BACKSLASH: "write \\\\ for a backslash"
    case PCRE2_ERROR_UNKNOWN_ESCAPE, PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS:
      "write \\\\ for a backslash, or an escape that pcre2pattern(3) has"
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
      "write no + or * into what must stand before; \\K drops what was matched so far"
    case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE: "refer to a group that is there, counted from 1"
    case PCRE2_ERROR_PATTERN_TOO_LARGE, PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
      "write it shorter, of at most \(Pattern.longest) bytes, and repeat groups less often"
    default: "write it as pcre2pattern(3) says, with a backslash before what is meant literally"
    }
  }
}
