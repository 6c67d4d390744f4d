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
      for name in names(of: name) {
        if let text = text(of: bytes, from: name) { return text }
      }
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

  /// Names that mailers write for character sets which have others, or for those that vendors made of
  /// them, as mail programs read them.
  private static let otherNames = [
    "x-sjis": "cp932", "sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932",
    "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "tis-620": "cp874",
    "windows-31j": "cp932", "ms_kanji": "cp932", "x-ms-cp932": "cp932",
    "gb_2312-80": "gb18030", "hz-gb-2312": hz, "hz": hz, "iso-2022-jp-ms": "iso-2022-jp",
    "cp50220": "iso-2022-jp", "cp50221": "iso-2022-jp", "iso-2022-jp-1": "iso-2022-jp-2",
    "ks_c_5601": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949", "x-windows-949": "cp949", "windows-949": "cp949",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6", "x-viscii": "viscii", "x-x-big5": "big5",
    "iso-8859-1-windows-3.1-latin-1": "windows-1252", "x-ansi": "windows-1252",
    "ansi": "windows-1252", "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7", "csunicode11utf7": "utf-7", "unicode": "utf-16",
    "x-mac-roman": "macintosh", "x-macroman": "macintosh", "mac-roman": "macintosh",
    "x-mac-ce": "mac-centraleurope", "x-mac-centraleurroman": "mac-centraleurope",
    "x-mac-ukrainian": "mac-uk", "x-mac-icelandic": "mac-is", "x-mac-japanese": "cp932",
    "x-mac-korean": "cp949", "x-mac-chinesesimp": "gb18030", "x-mac-chinesetrad": "big5",
    "utf8mb4": "utf-8", "utf-8-mac": "utf-8", "x-utf-8": "utf-8",
  ]

  /// What GB 2312 is called where it is written with seven bits (RFC 1843), which iconv does not know.
  private static let hz = "hz"

  /// The names under which a character set may be known, likeliest first: its own; the one that it is
  /// said to be another name of; with the marks that vendors write otherwise, as in `x-cp1252`,
  /// `cp-850`, `iso8859_1`, `win-1251`.
  private static func names(of name: String) -> [String] {
    if let other = otherNames[name] { return [other] }
    var plain = name.replacing("_", with: "-")
    if plain.hasPrefix("x-") { plain.removeFirst(2) }
    var names = [name, plain]
    let digits = plain.drop { !$0.isNumber }
    let letters = plain.prefix { !$0.isNumber }.filter { $0 != "-" }
    switch letters {
    case "cp", "windows", "win", "ibm", "dos", "microsoftcp", "mscp": names.append("cp" + digits)
    case "iso",
      "isolatin" where digits.hasPrefix("8859"):
      names.append("iso-8859-" + digits.dropFirst(4).drop { $0 == "-" }.prefix { $0.isNumber })
    default: break
    }
    return names
  }

  /// Names that say nothing: what carries them may be UTF-8 all the same.
  private static let vague: Set<String> = [
    "us-ascii", "ascii", "ansi_x3.4-1968", "x-user-defined", "x-unknown-8bit", "binary", "unknown",
    "unknown-8bit", "8bit", "default",
    "none", "x-unknown",
  ]

  /// The text in a character set; nil where nobody knows it.
  private static func text(of bytes: [UInt8], from charset: String) -> String? {
    if charset == hz { return text(of: withEighthBits(bytes), from: "gb18030") }
    var wrong = 0
    guard let text = gantry_utf8(charset, bytes, bytes.count, &wrong) else { return nil }
    defer { g_byte_array_unref(text) }
    let converted = UnsafeBufferPointer(start: text.pointee.data, count: Int(text.pointee.len))
    return String(decoding: converted, as: UTF8.self)
  }

  /// The bytes of GB 2312 that RFC 1843 writes between `~{` and `~}` with seven bits.
  private static func withEighthBits(_ bytes: [UInt8]) -> [UInt8] {
    let tilde = UInt8(ascii: "~")
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var isShifted = false
    var place = 0
    while place < bytes.count {
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      switch (bytes[place], next) {
      case (tilde, UInt8(ascii: "{")) where !isShifted: isShifted = true
      case (tilde, UInt8(ascii: "}")) where isShifted: isShifted = false
      case (tilde, tilde) where !isShifted: plain.append(tilde)
      case (0x0a, _):
        // A line's end ends what was begun.
        isShifted = false
        plain.append(0x0a)
        place -= 1
      case (let first, _) where isShifted && first > 0x20 && next > 0x20:
        plain += [first | 0x80, next | 0x80]
      default:
        plain.append(bytes[place])
        place -= 1
      }
      place += 2
    }
    return plain
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
