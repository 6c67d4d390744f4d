/// What a page's own style sheets say, as far as mail programs heed them: rules whose selectors are
/// an element, a class, an identifier, or an element with one of these (CSS 2.1, 5).
struct StyleSheet {
  /// The most selectors that are heeded.
  private static let mostSelectors = 5_000

  private var rules: [String: [String: String]] = [:]

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
        if rules.count >= Self.mostSelectors { return }
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
      (element["class"] ?? "").split(whereSeparator: \.isWhitespace).map { "." + $0.lowercased() }
      + (element["id"].map { ["#" + $0.lowercased()] } ?? [])
    var all: [String: String] = [:]
    for selector in [name] + marks + marks.map({ name + $0 }) {
      if let declarations = rules[selector] { all.merge(declarations) { $1 } }
    }
    return all
  }

  /// The declarations of a style attribute or of a rule: values in lower case by property.
  static func declarations(in text: some StringProtocol) -> [String: String] {
    var all: [String: String] = [:]
    for declaration in text.split(separator: ";") {
      guard let colon = declaration.firstIndex(of: ":") else { continue }
      let name = declaration[..<colon].lowercased().trimming { $0.isWhitespace }
      let value = declaration[declaration.index(after: colon)...].lowercased()
        .replacing("!important", with: "").trimming { $0.isWhitespace }
      all[name] = value
    }
    return all
  }

  private static func withoutComments(_ text: String) -> String {
    text.replacing(/\/\*[\s\S]*?\*\//, with: " ").replacing("<!--", with: " ")
      .replacing("-->", with: " ")
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
