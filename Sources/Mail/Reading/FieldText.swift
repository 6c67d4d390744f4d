import CGMime

/// The words of a header's field, with its encoded words decoded (RFC 2047).
enum FieldText {
  /// The text of a field's value as it was written.
  ///
  /// Encoded words that were folded or that hold blanks are put right before: GMime takes a word
  /// with white space in it for text.
  static func decoded(_ value: String) -> String {
    MIMELibrary.start()
    let mended = value.replacing(encodedWord) { (match: EncodedWord.Match) -> String in
      let isBase64 = match.output.2.lowercased() == "b"
      let words = match.output.3
      let text =
        isBase64
        ? String(words.filter { !$0.isWhitespace })
        : String(words).replacing(/[\r\n]+[ \t]/, with: "").replacing(/\s/, with: "_")
      return "=?\(match.output.1)?\(match.output.2)?\(text)?="
    }
    guard let text = g_mime_utils_header_decode_text(nil, mended) else { return value }
    defer { g_free(text) }
    return String(cString: text)
  }

  private typealias EncodedWord = Regex<(Substring, Substring, Substring, Substring)>

  /// An encoded word, white space in its text allowed.
  nonisolated(unsafe) private static let encodedWord: EncodedWord =
    /=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=/
}
