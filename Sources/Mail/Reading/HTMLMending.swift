/// Puts right in a page what browsers read otherwise than libxml2 does.
enum HTMLMending {
  /// Entities that may do without their semicolon (HTML, 13.5), of those that mail is written with.
  private static let oldEntities = [
    "nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "shy", "laquo", "raquo", "middot", "sect",
    "deg", "para", "uuml", "ouml", "auml", "Uuml", "Ouml", "Auml", "szlig", "eacute", "egrave",
    "agrave", "ccedil", "ntilde", "oacute", "aacute", "iacute", "uacute", "iexcl", "iquest",
  ]

  /// The page, with a semicolon at each entity, and with a style or script that has no end shown:
  /// what a mailer forgot to close would take all that follows with it.
  static func mended(_ html: String) -> String {
    var text = html
    if text.contains("&") { text = withSemicolons(text) }
    for name in ["style", "script", "title"] { text = withoutUnclosed(name, text) }
    return text
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
      guard byte == UInt8(ascii: "&") else { continue }
      let name = bytes[place...].prefix(16).prefix {
        (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
      }
      let after = name.endIndex < bytes.count ? bytes[name.endIndex] : 0
      let word = String(decoding: name, as: UTF8.self)
      if after == UInt8(ascii: ";"), let character = newEntities[word] {
        mended[(mended.count - 1)...] = Array(character.utf8)[...]
        place = name.endIndex + 1
      } else if after != UInt8(ascii: ";"), after != UInt8(ascii: "="),
        let entity = oldEntities.first(where: { word.hasPrefix($0) })
      {
        mended += Array(entity.utf8) + [UInt8(ascii: ";")]
        place += entity.utf8.count
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
