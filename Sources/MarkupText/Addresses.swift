extension Markup {
  /// A path as an address: letters, digits and `-._~/` stay.
  public static func address(ofPath path: String) -> String { percents(in: path, but: "-._~/") }

  /// A text as a part of an address, with all but letters and digits of ASCII, and the signs that
  /// stay, by its bytes in per cents (RFC 3986, section 2.1).
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - signs: signs of ASCII that stay as they are.
  /// - Returns: the text in ASCII.
  public static func percents(in text: String, but signs: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain =
        byte < 128
        && (character.isLetter || character.isNumber || signs.contains(character))
      let hex = String(byte, radix: 16, uppercase: true)
      result += isPlain ? String(character) : "%" + (hex.count == 1 ? "0" : "") + hex
    }
  }
}
