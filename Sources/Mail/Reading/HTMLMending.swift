/// Puts right in a page what browsers read otherwise than libxml2 does.
enum HTMLMending {
  /// Entities that may do without their semicolon (HTML, 13.5), of those that mail is written with.
  private static let oldEntities = [
    "nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "shy", "laquo", "raquo", "middot", "sect",
    "deg", "para", "uuml", "ouml", "auml", "Uuml", "Ouml", "Auml", "szlig", "eacute", "egrave",
    "agrave", "ccedil", "ntilde", "oacute", "aacute", "iacute", "uacute", "iexcl", "iquest",
  ].map { Array($0.utf8) }

  /// The most tags of a page that are read. libxml2 looks for what an end tag ends among all elements
  /// that are open.
  static let mostTags = 20_000
  /// The most words in a tag that are read, which its attributes are made of. libxml2 compares each of
  /// them with all before it.
  static let mostWordsInTag = 400

  /// The page, as far as it is read, with a semicolon at each entity, and with a style or script that
  /// has no end shown: what a mailer forgot to close would take all that follows with it.
  static func mended(_ html: String) -> String {
    var text = withoutExcess(html)
    if text.contains("&") { text = withSemicolons(text) }
    for name in ["style", "script", "title"] { text = withoutUnclosed(name, text) }
    return text
  }

  /// The page up to its last tag that is read, with no tag of more words than are read.
  private static func withoutExcess(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var tags = 0
    var words = 0
    var isInTag = false
    var quote: UInt8?
    for (place, byte) in bytes.enumerated() {
      if !isInTag {
        if byte == UInt8(ascii: "<") {
          let next = place + 1 < bytes.count ? bytes[place + 1] : 0
          isInTag = (0x41...0x5a).contains(next & 0xdf) || [0x21, 0x2f, 0x3f].contains(next)
          tags += isInTag ? 1 : 0
          if tags > mostTags { break }
          (words, quote) = (0, nil)
        }
      } else if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        isInTag = false
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
        words += 1
      }
      if !isInTag || words <= mostWordsInTag { kept.append(byte) }
    }
    return kept.count == bytes.count ? text : String(decoding: kept, as: UTF8.self)
  }

  /// Entities of HTML 5 that libxml2 does not know.
  private static let newEntities = [
    "colon": ":", "period": ".", "comma": ",", "Tab": " ", "NewLine": " ", "num": "#",
    "equals": "=", "lpar": "(", "rpar": ")", "hyphen": "-", "lowbar": "_", "sol": "/",
    "ZeroWidthSpace": "",
  ]

  private static func withSemicolons(_ text: String) -> String {
    var mended: [UInt8] = []
    let bytes = Array(text.utf8)
    mended.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      mended.append(byte)
      place += 1
      guard byte == UInt8(ascii: "&"), place < bytes.count,
        (0x41...0x5a).contains(bytes[place] & 0xdf)
      else { continue }
      let name = bytes[place...].prefix(16).prefix {
        (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
      }
      let after = name.endIndex < bytes.count ? bytes[name.endIndex] : 0
      if after == UInt8(ascii: ";"),
        let character = newEntities[String(decoding: name, as: UTF8.self)]
      {
        mended[(mended.count - 1)...] = Array(character.utf8)[...]
        place = name.endIndex + 1
      } else if after != UInt8(ascii: ";"), after != UInt8(ascii: "="),
        let entity = oldEntities.first(where: { name.starts(with: $0) })
      {
        mended += entity + [UInt8(ascii: ";")]
        place += entity.count
      }
    }
    return String(decoding: mended, as: UTF8.self)
  }

  private static func withoutUnclosed(_ name: String, _ text: String) -> String {
    let lower = text.lowercased()
    guard lower.utf8.count == text.utf8.count,
      let open = lower.ranges(of: "<" + name).last?.lowerBound,
      !lower[open...].contains("</" + name)
    else { return text }
    let offset = lower.utf8.distance(from: lower.startIndex, to: open)
    let start = text.utf8.index(text.startIndex, offsetBy: offset)
    let end = text[start...].firstIndex(of: ">").map { text.index(after: $0) } ?? text.endIndex
    return String(text[..<start]) + String(text[end...])
  }
}
