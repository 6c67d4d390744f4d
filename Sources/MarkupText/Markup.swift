/// Text on its way into HTML or XML.
public enum Markup {
  /// The text with all that means something in markup written as entities, also inside attributes.
  ///
  /// Characters that XML 1.0 has no place for become the replacement character.
  public static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      case _ where isForbidden(scalar): escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The text as a template may take it, which escapes what means something in markup: characters
  /// that have no place in it become the replacement character, and line ends blanks.
  ///
  /// A template escapes whole characters: a mark that combines with a quotation mark would keep that
  /// from being one, and gets a circle of its own to combine with.
  public static func printable(_ text: String) -> String {
    var printable = ""
    var isMarkup = false
    for scalar in text.unicodeScalars {
      if isMarkup, String(scalar).first.map({ "\"\($0)".count == 1 }) ?? false {
        printable += "\u{25CC}"
      }
      isMarkup = "&<>\"'".unicodeScalars.contains(scalar)
      switch scalar {
      case "\t", "\n", "\r": printable += " "
      case _ where isForbidden(scalar): printable += "\u{FFFD}"
      default: printable.unicodeScalars.append(scalar)
      }
    }
    return printable
  }

  /// Whether XML 1.0 (section 2.2) leaves the character out, or discourages it (control characters
  /// of the second block).
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0x85, 0x86..<0xA0, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
