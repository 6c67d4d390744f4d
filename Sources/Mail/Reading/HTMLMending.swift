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

  private static func withSemicolons(_ text: String) -> String {
    text.replacing(/&([A-Za-z]{2,8})(?![A-Za-z]*[;=])/) {
      (match: Regex<(Substring, Substring)>.Match) -> String in
      let name = match.output.1
      guard let entity = oldEntities.first(where: { name.hasPrefix($0) }) else {
        return String(match.output.0)
      }
      return "&\(entity);\(name.dropFirst(entity.count))"
    }
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
