/// The words of an HTML text, as far as mail needs them: no style, no script, a line for a line.
enum HTMLText {
  /// Elements whose content is not shown.
  private static let hidden: Set<String> = ["head", "script", "style", "title", "template"]
  /// Elements that begin and end on a line of their own.
  private static let blocks: Set<String> = [
    "address", "article", "blockquote", "br", "center", "div", "dl", "dd", "dt", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table",
    "tr", "ul",
  ]
  private static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©",
    "reg": "®", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "hellip": "…", "bull": "•", "middot": "·", "shy": "\u{ad}", "euro": "€",
  ]

  /// The words of a text, lines parted by LF, blanks run together.
  static func words(of html: String) -> String {
    let scalars = Array(html.unicodeScalars)
    var output = Output()
    var hiddenIn: String?
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == "<", let tag = Tag(scalars, at: place) {
        place = tag.end
        if let hidden = hiddenIn {
          if tag.isClosing && tag.name == hidden { hiddenIn = nil }
          continue
        }
        if blocks.contains(tag.name) { output.breakLine() }
        if tag.name == "td" || tag.name == "th" { output.blank() }
        if Self.hidden.contains(tag.name) && !tag.isClosing { hiddenIn = tag.name }
        continue
      }
      if scalar == "&", let (character, end) = entity(scalars, at: place) {
        place = end
        if hiddenIn == nil { output.append(character) }
        continue
      }
      place += 1
      if hiddenIn == nil { output.append(scalar) }
    }
    return output.text
  }

  /// Text on its way out.
  private struct Output {
    private var scalars = String.UnicodeScalarView()
    private var wantsBlank = false

    mutating func append(_ scalar: Unicode.Scalar) {
      if scalar.properties.isWhitespace { return blank() }
      if wantsBlank, let last = scalars.last, last != "\n" { scalars.append(" ") }
      wantsBlank = false
      scalars.append(scalar)
    }

    mutating func blank() { wantsBlank = true }

    mutating func breakLine() {
      wantsBlank = false
      if let last = scalars.last, last != "\n" { scalars.append("\n") }
    }

    var text: String { String(scalars).trimmingBlanks() }
  }

  /// A tag, comment or declaration.
  private struct Tag {
    var name: String
    var isClosing: Bool
    /// Just behind it.
    var end: Int

    /// Reads what begins with `<`; nil when that is no tag.
    init?(_ scalars: [Unicode.Scalar], at start: Int) {
      var place = start + 1
      if scalars[place...].starts(with: "!--".unicodeScalars) {
        (name, isClosing) = ("!--", false)
        end = Self.endOfComment(scalars, from: place + 3)
        return
      }
      isClosing = place < scalars.count && scalars[place] == "/"
      if isClosing { place += 1 }
      var name = String.UnicodeScalarView()
      while place < scalars.count, scalars[place].isASCII,
        scalars[place].properties.isAlphabetic || scalars[place].properties.numericType != nil
          || scalars[place] == "!"
      {
        name.append(scalars[place])
        place += 1
      }
      // "1 < 2" and "1 <2" are no tags.
      guard let first = name.first, first.properties.numericType == nil else { return nil }
      self.name = String(name).lowercased()
      end = Self.endOfTag(scalars, from: place)
    }

    private static func endOfComment(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
      var place = start
      while place < scalars.count {
        if scalars[place] == "-", scalars[place...].starts(with: "-->".unicodeScalars) {
          return place + 3
        }
        place += 1
      }
      return place
    }

    private static func endOfTag(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
      var place = start
      var quote: Unicode.Scalar?
      while place < scalars.count {
        let scalar = scalars[place]
        place += 1
        if let open = quote {
          if scalar == open { quote = nil }
        } else if scalar == "\"" || scalar == "'" {
          quote = scalar
        } else if scalar == ">" {
          return place
        }
      }
      return place
    }
  }

  /// The character that `&…;` stands for, and the place behind it.
  private static func entity(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> (Unicode.Scalar, Int)? {
    let longest = min(scalars.count, start + 12)
    guard let end = scalars[start..<longest].firstIndex(of: ";"), end > start + 1 else {
      return nil
    }
    var name = String.UnicodeScalarView()
    name.append(contentsOf: scalars[(start + 1)..<end])
    let text = String(name)
    guard text.hasPrefix("#") else { return entities[text].map { ($0, end + 1) } }
    let digits = text.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let number =
      isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return number.flatMap { Unicode.Scalar($0) }.map { ($0, end + 1) }
  }
}
