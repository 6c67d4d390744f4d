/// What a page's own style sheets say, as far as mail programs heed them: rules whose selectors are
/// an element, a class, an identifier, or an element with one of these (CSS 2.1, 5).
struct StyleSheet {
  /// The most selectors that are read.
  private static let mostSelectors = 5_000

  /// The most classes of an element that are heeded.
  private static let mostClasses = 50
  /// The longest value that is heeded: of a ground's picture, what is before it.
  private static let longestValue = 200
  /// The properties that are heeded.
  private static let properties: Set<String> = [
    "background", "background-color", "color", "display", "font-size", "font-weight", "height",
    "left", "margin-left", "margin-top", "max-height", "max-width", "mso-hide", "opacity",
    "overflow", "text-decoration", "text-decoration-line", "text-indent", "top", "visibility",
    "white-space", "width",
  ]

  /// The most declarations of a rule that are read.
  private static let mostDeclarations = 200

  private var rules: [String: [String: String]] = [:]
  private var selectorCount = 0

  /// Reads a sheet. What is for some media or screens only is passed over.
  mutating func read(_ text: String) {
    var rest = Self.withoutComments(text)[...]
    while let open = rest.firstIndex(of: "{") {
      let selectors = rest[..<open]
      if selectors.contains("@") {
        rest = Self.afterBlock(rest[open...])
        continue
      }
      let close = rest[open...].firstIndex(of: "}") ?? rest.endIndex
      let declarations = Self.declarations(in: rest[rest.index(after: open)..<close])
      for selector in selectors.split(separator: ",") {
        let words = selector.split(whereSeparator: \.isWhitespace)
        guard words.count == 1 else { continue }
        selectorCount += 1
        if selectorCount > Self.mostSelectors { return }
        rules[words[0].lowercased(), default: [:]].merge(declarations) { $1 }
      }
      rest = close < rest.endIndex ? rest[rest.index(after: close)...] : ""
    }
  }

  /// What the sheets say of an element.
  func declarations(for element: HTMLElement) -> [String: String] {
    if rules.isEmpty { return [:] }
    let name = element.name
    let marks =
      (element["class"] ?? "").split(maxSplits: Self.mostClasses, whereSeparator: \.isWhitespace)
      .prefix(Self.mostClasses).map { "." + $0.lowercased() }
      + (element["id"].map { ["#" + $0.lowercased()] } ?? [])
    var all: [String: String] = [:]
    for selector in [name] + marks + marks.map({ name + $0 }) {
      if let declarations = rules[selector] { all.merge(declarations) { $1 } }
    }
    return all
  }

  /// The declarations of a style attribute or of a rule that are heeded: values in lower case by
  /// property.
  static func declarations(in text: some StringProtocol) -> [String: String] {
    var all: [String: String] = [:]
    let declarations = text.split(separator: ";", maxSplits: mostDeclarations)
    for declaration in declarations.prefix(mostDeclarations) {
      guard let colon = declaration.firstIndex(of: ":") else { continue }
      let name = declaration[..<colon].lowercased().trimming { $0.isWhitespace }
      guard properties.contains(name) else { continue }
      let value = declaration[declaration.index(after: colon)...].prefix(longestValue).lowercased()
        .replacing("!important", with: "").trimming { $0.isWhitespace }
      all[name] = value
    }
    return all
  }

  /// The sheet without comments, of which one without an end goes on to the end, and without the
  /// marks that hide it from programs which know no sheets.
  private static func withoutComments(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var place = 0
    func has(_ mark: StaticString) -> Bool {
      place + mark.utf8CodeUnitCount <= bytes.count
        && (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == mark.utf8Start[$0] }
    }
    while place < bytes.count {
      if has("/*") {
        place += 2
        while place < bytes.count, !has("*/") { place += 1 }
        place += 2
      } else if has("<!--") {
        place += 4
      } else if has("-->") {
        place += 3
      } else {
        kept.append(bytes[place])
        place += 1
        continue
      }
      kept.append(UInt8(ascii: " "))
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// What comes after a block with blocks in it.
  private static func afterBlock(_ text: Substring) -> Substring {
    var depth = 0
    for place in text.indices {
      if text[place] == "{" { depth += 1 }
      if text[place] == "}" {
        depth -= 1
        if depth == 0 { return text[text.index(after: place)...] }
      }
    }
    return ""
  }
}
