import CGMime

/// The words of a header's field, with its encoded words decoded (RFC 2047).
enum FieldText {
  /// The text of a field's value as it was written.
  ///
  /// Encoded words that were folded or that hold blanks are put right before: GMime takes a word
  /// with white space in it for text.
  static func decoded(_ value: String) -> String {
    MIMELibrary.start()
    let mended = String(decoding: mended(Array(value.utf8)), as: UTF8.self)
    guard let text = g_mime_utils_header_decode_text(nil, mended) else { return value }
    defer { g_free(text) }
    return String(cString: text)
  }

  private static let question = UInt8(ascii: "?")
  private static let equals = UInt8(ascii: "=")

  private static func isBlank(_ byte: UInt8) -> Bool {
    [0x20, 0x09, 0x0a, 0x0d].contains(byte)
  }

  /// The value with no white space in its encoded words.
  private static func mended(_ value: [UInt8]) -> [UInt8] {
    var mended: [UInt8] = []
    mended.reserveCapacity(value.count)
    var place = 0
    while place < value.count {
      guard let word = encodedWord(in: value, at: place) else {
        mended.append(value[place])
        place += 1
        continue
      }
      mended += value[place..<word.text.lowerBound]
      mended +=
        word.isBase64 ? value[word.text].filter { !isBlank($0) } : unfolded(value[word.text])
      mended += [question, equals]
      place = word.text.upperBound + 2
    }
    return mended
  }

  /// An encoded word that begins at a place, white space in its text allowed: where its text stands.
  private static func encodedWord(
    in value: [UInt8], at place: Int
  ) -> (text: Range<Int>, isBase64: Bool)? {
    func byte(_ place: Int) -> UInt8 { place < value.count ? value[place] : 0 }
    guard byte(place) == equals, byte(place + 1) == question else { return nil }
    let charset = place + 2
    guard let end = value[charset...].firstIndex(where: { $0 == question || isBlank($0) }),
      end > charset, byte(end) == question, byte(end + 2) == question
    else { return nil }
    let encoding = byte(end + 1) | 0x20
    guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
    let text = end + 3
    guard text < value.count, let close = value[text...].firstIndex(of: question),
      byte(close + 1) == equals
    else { return nil }
    return (text..<close, encoding == UInt8(ascii: "b"))
  }

  /// The text of a quoted word without the ends of its lines, and with its blanks as they must be
  /// written in one.
  private static func unfolded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var unfolded: [UInt8] = []
    var isAtEnd = false
    for byte in text {
      if byte == 0x0a || byte == 0x0d {
        isAtEnd = true
        continue
      }
      if isBlank(byte) {
        if !isAtEnd { unfolded.append(UInt8(ascii: "_")) }
      } else {
        unfolded.append(byte)
      }
      isAtEnd = false
    }
    return unfolded
  }
}
