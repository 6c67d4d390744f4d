/// How what is in an element looks, as far as it matters to who reads it.
struct HTMLLook {
  /// Whether nothing of it is seen.
  var isHidden = false
  /// Whether it stands out.
  var isEmphasised = false
  /// Whether it stands on lines of its own.
  var isBlock = false
  /// Whether it stands beside others in a table's row.
  var isCell = false
  /// Whether line ends in the text count.
  var keepsLines = false
  private var ground = "#ffffff"

  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
  ]
  private static let strong: Set<String> = ["b", "strong", "h1", "h2", "h3", "h4", "big", "mark"]
  private static let struck: Set<String> = ["s", "strike", "del"]

  /// Goes on into an element.
  ///
  /// - Parameters:
  ///   - element: the element.
  ///   - declarations: what style sheets say of it, weakest first.
  mutating func apply(_ element: HTMLElement, _ declarations: [String: String]) {
    let name = element.name
    var style = declarations
    style.merge(StyleSheet.declarations(in: element["style"] ?? "")) { $1 }
    isBlock = Self.blocks.contains(name)
    isCell = (name == "td" || name == "th") && style["display"] != "block"
    if let display = style["display"] {
      if display == "none" { isHidden = true }
      if display.hasPrefix("inline") { isBlock = false }
      if display == "block" { isBlock = true }
    }
    if name == "pre" || style["white-space"]?.hasPrefix("pre") == true { keepsLines = true }
    if Self.struck.contains(name) || style.says("text-decoration", "line-through")
      || style.says("text-decoration-line", "line-through")
    {
      isHidden = true
    }
    if Self.strong.contains(name) || style.isBold || style.isLarge || element.isLargeFont {
      isEmphasised = true
    }
    if style["font-weight"] == "normal" || style["font-weight"] == "400" { isEmphasised = false }
    if element["hidden"] != nil || style.hides { isHidden = true }
    applyColours(element, style)
  }

  /// Words in the colour of their ground are not seen.
  private mutating func applyColours(_ element: HTMLElement, _ style: [String: String]) {
    let ground = style["background-color"] ?? style["background"] ?? element["bgcolor"]
    if let ground, let value = HTMLColour.value(of: ground) { self.ground = value }
    guard let words = style["color"] ?? element["color"], let value = HTMLColour.value(of: words)
    else { return }
    if value == self.ground || value == HTMLColour.transparent { isHidden = true }
  }
}

extension HTMLElement {
  /// Whether it is a `font` of a large size.
  fileprivate var isLargeFont: Bool {
    guard name == "font", let size = self["size"] else { return false }
    if size.hasPrefix("+") { return true }
    return (Int(size) ?? 0) >= 4
  }
}

extension [String: String] {
  fileprivate func says(_ property: String, _ word: String) -> Bool {
    self[property]?.contains(word) ?? false
  }

  fileprivate var isBold: Bool {
    guard let weight = self["font-weight"] else { return false }
    return weight.hasPrefix("bold") || (Int(weight) ?? 0) >= 600
  }

  fileprivate var isLarge: Bool {
    guard let size = self["font-size"] else { return false }
    if size.hasSuffix("large") { return true }
    guard let (number, unit) = HTMLLength.parts(of: size) else { return false }
    switch unit {
    case "px": return number >= 18
    case "pt": return number >= 14
    case "em", "rem": return number >= 1.2
    case "%": return number >= 120
    default: return false
    }
  }

  /// Whether what is in it has no size, or is nowhere to be seen.
  fileprivate var hides: Bool {
    if says("visibility", "hidden") || says("visibility", "collapse") || self["mso-hide"] == "all" {
      return true
    }
    if isTiny("font-size", upTo: 1) || isTiny("opacity", upTo: 0.05) { return true }
    let isCut = says("overflow", "hidden")
    if isCut
      && ["height", "max-height", "width", "max-width"].contains(where: { isTiny($0, upTo: 1) })
    {
      return true
    }
    return ["text-indent", "left", "top", "margin-left", "margin-top"].contains { property in
      self[property].flatMap { HTMLLength.parts(of: $0) }.map { $0.number <= -999 } ?? false
    }
  }

  private func isTiny(_ property: String, upTo limit: Double) -> Bool {
    guard let value = self[property], let (number, unit) = HTMLLength.parts(of: value) else {
      return false
    }
    // An em or a percentage below that is as small.
    return number >= 0 && number <= (["em", "rem"].contains(unit) ? limit / 16 : limit)
      && !(unit == "%" && number > 1)
  }
}

/// A length as style sheets write it.
enum HTMLLength {
  /// The number and the unit of a length.
  static func parts(of text: String) -> (number: Double, unit: String)? {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    guard let value = Double(number) else { return nil }
    let unit = text[number.endIndex...].prefix { $0.isLetter || $0 == "%" }
    return (value, String(unit))
  }
}

/// A colour as pages write it.
enum HTMLColour {
  /// What nobody sees.
  static let transparent = "transparent"

  private static let names = [
    "white": "#ffffff", "black": "#000000", "red": "#ff0000", "gray": "#808080",
    "grey": "#808080", "yellow": "#ffff00", "blue": "#0000ff", "silver": "#c0c0c0",
    "whitesmoke": "#f5f5f5", "snow": "#fffafa", "ivory": "#fffff0",
  ]

  /// The colour in six hexadecimal digits; nil where it is not known.
  static func value(of text: String) -> String? {
    let word = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    if word == transparent { return transparent }
    if let name = names[word] { return name }
    if word.hasPrefix("#"), word.dropFirst().allSatisfy(\.isHexDigit) {
      if word.count == 4 { return "#" + word.dropFirst().flatMap { [$0, $0] } }
      if word.count == 7 { return word }
      return nil
    }
    guard text.hasPrefix("rgb") else { return nil }
    let numbers = text.split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
    guard numbers.count >= 3, numbers[..<3].allSatisfy({ (0...255).contains($0) }) else {
      return nil
    }
    if numbers.count > 3, numbers[3] < 0.05 { return transparent }
    return "#"
      + numbers[..<3].map { number in
        let digits = String(Int(number), radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }
}
