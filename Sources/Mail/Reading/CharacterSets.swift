import CGMime

/// Bytes as text, whatever the message says of their character set.
enum CharacterSets {
  /// The text of a part.
  ///
  /// - Parameters:
  ///   - bytes: the part, its transfer encoding undone.
  ///   - charset: the character set that it names.
  ///   - isHTML: whether its markup may name one.
  /// - Returns: the text. Of a character set that nobody knows, and of none that is named, it is
  ///   UTF-8 if the bytes are; else what they are of ASCII, the others as U+FFFD.
  static func text(of bytes: [UInt8], charset: String?, isHTML: Bool) -> String {
    MIMELibrary.start()
    if let text = withByteOrderMark(bytes) { return text }
    let named = charset.flatMap { vague.contains($0) ? nil : $0 }
    let asUTF8 = String(validating: bytes, as: UTF8.self)
    if let asUTF8, isUTF8(named) || named == nil { return asUTF8 }
    for name in [named, isHTML ? nameInMarkup(bytes) : nil].compactMap({ $0 }) {
      if isUTF8(name) { return textOfClaimedUTF8(bytes) }
      if let text = text(of: bytes, from: otherNames[name] ?? name) { return text }
    }
    if let asUTF8 { return asUTF8 }
    return String(
      String.UnicodeScalarView(
        bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{fffd}" }))
  }

  /// What claims to be UTF-8 and is not: with some of it damaged, or altogether what the West wrote
  /// before.
  private static func textOfClaimedUTF8(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let wrong = text.unicodeScalars.count { $0 == "\u{fffd}" }
    let right = text.unicodeScalars.count { $0.value > 0x7f } - wrong
    return wrong > right ? self.text(of: bytes, from: "windows-1252") ?? text : text
  }

  private static func isUTF8(_ name: String?) -> Bool {
    name == "utf-8" || name == "utf8" || name == "unicode-1-1-utf-8"
  }

  /// Names that mailers write for character sets which have others.
  private static let otherNames = [
    "x-sjis": "shift_jis", "windows-31j": "cp932", "ms_kanji": "cp932", "x-gbk": "gbk",
    "gb_2312-80": "gb2312", "x-gb2312": "gb2312", "x-euc-jp": "euc-jp", "x-big5": "big5",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "iso-8859-8-i": "iso-8859-8",
    "x-mac-roman": "macintosh", "unicode": "utf-16",
  ]

  /// Names that say nothing: what carries them may be UTF-8 all the same.
  private static let vague: Set<String> = [
    "us-ascii", "ascii", "ansi_x3.4-1968", "binary", "unknown", "unknown-8bit", "8bit", "default",
    "none", "x-unknown",
  ]

  /// The text in a character set; nil where nobody knows it.
  private static func text(of bytes: [UInt8], from charset: String) -> String? {
    var wrong = 0
    guard let text = gantry_utf8(charset, bytes, bytes.count, &wrong) else { return nil }
    defer { g_byte_array_unref(text) }
    let converted = UnsafeBufferPointer(start: text.pointee.data, count: Int(text.pointee.len))
    return String(decoding: converted, as: UTF8.self)
  }

  /// The text of bytes that begin with a byte order mark.
  private static func withByteOrderMark(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xff, 0xfe]) {
      return text(of: Array(bytes.dropFirst(2)), from: "utf-16le")
    }
    if bytes.starts(with: [0xfe, 0xff]) {
      return text(of: Array(bytes.dropFirst(2)), from: "utf-16be")
    }
    return nil
  }

  /// The character set that a page names at its top.
  private static func nameInMarkup(_ bytes: [UInt8]) -> String? {
    let top = String(decoding: bytes.prefix(2048), as: UTF8.self).lowercased()
    return top.firstMatch(of: /charset\s*=\s*["']?\s*([^"'\s;\/>]+)/).map { String($0.output.1) }
  }
}
