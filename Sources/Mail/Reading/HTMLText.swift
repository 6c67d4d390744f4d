import CXML2

/// An HTML text as a person sees it: lines, cells, what stands out; nothing that is hidden, struck
/// out, or has no size.
enum HTMLText {
  /// Whether a text that is called plain is a page.
  static func looksLikeHTML(_ text: String) -> Bool {
    let start = text.prefix(2_000).drop { $0.isWhitespace }.lowercased()
    return ["<html", "<!doctype html", "<body", "<head", "<div", "<table"].contains {
      start.hasPrefix($0)
    }
  }

  /// The text as it is shown, of which a number of characters are read at most.
  static func shown(_ html: String, upTo limit: Int = .max) -> MailText {
    let mended = Array(HTMLMending.mended(html).utf8.filter { $0 != 0 })
    guard !mended.isEmpty,
      let document = mended.withUnsafeBytes({ bytes in
        gantry_read_html(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
      })
    else { return MailText(lines: []) }
    defer { xmlFreeDoc(document) }
    var walk = Walk(page: HTMLPage(upTo: limit))
    walk.visit(xmlDocGetRootElement(document))
    return MailText(lines: walk.page.finished())
  }

  /// The way through the tree, which may be as deep as a mailer makes it.
  private struct Walk {
    private enum Task {
      /// A node, and after it all that follow it beside it.
      case visit(xmlNodePtr)
      /// An element's end, and how what is around it looks.
      case end(String, HTMLLook)
    }

    var page: HTMLPage
    private var sheet = StyleSheet()
    private var look = HTMLLook()
    private var tasks: [Task] = []

    init(page: HTMLPage) {
      self.page = page
    }

    /// Visits a node with all that is in it, and all that follow it.
    mutating func visit(_ first: xmlNodePtr?) {
      if let first { tasks.append(.visit(first)) }
      while let task = tasks.popLast() {
        switch task {
        case .end(let name, let outer):
          if !look.isHidden { page.end(name, look) }
          look = outer
        case .visit(let node):
          if let next = node.pointee.next { tasks.append(.visit(next)) }
          switch node.pointee.type {
          case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
            if let content = node.pointee.content { page.add(String(cString: content), look) }
          case XML_ELEMENT_NODE: enter(node)
          default: break
          }
        }
      }
    }

    private mutating func enter(_ node: xmlNodePtr) {
      let element = HTMLElement(node)
      let name = element.name
      if name == "style" { return sheet.read(element.content) }
      if HTMLElement.unseen.contains(name) { return }
      if name == "br" || name == "hr" {
        if !look.isHidden { page.breakLine() }
        return
      }
      if name == "img" {
        var pictured = look
        pictured.apply(element, sheet.declarations(for: element))
        if !pictured.isHidden, !element.isTiny { page.addPicture() }
        return
      }
      tasks.append(.end(name, look))
      look.apply(element, sheet.declarations(for: element))
      if !look.isHidden { page.begin(name, element, look) }
      if let first = node.pointee.children { tasks.append(.visit(first)) }
    }
  }
}

/// An element of a page: its name and attributes.
struct HTMLElement {
  /// Elements of which nothing is shown.
  static let unseen: Set<String> = [
    "title", "script", "template", "iframe", "object", "audio", "video", "canvas", "select",
    "textarea", "map", "svg", "noframes", "datalist",
  ]

  private let node: xmlNodePtr

  init(_ node: xmlNodePtr) {
    self.node = node
  }

  /// Its name in lower case, without a prefix.
  var name: String {
    let name = node.pointee.name.map { String(cString: $0).lowercased() } ?? ""
    return name.split(separator: ":").last.map(String.init) ?? name
  }

  /// What is written in it.
  var content: String {
    guard let text = xmlNodeGetContent(node) else { return "" }
    defer { gantry_free(text) }
    return String(cString: text)
  }

  /// Whether it has no size to speak of, as pictures that only tell that a mail was read.
  var isTiny: Bool {
    [self["width"], self["height"]].contains { size in
      size.flatMap { HTMLLength.parts(of: $0) }.map { $0.number <= 2 && $0.unit != "%" } ?? false
    }
  }

  /// The value of an attribute; empty where it has none, nil where it is not there.
  subscript(attribute: String) -> String? {
    guard let value = xmlGetProp(node, attribute) else { return nil }
    defer { gantry_free(value) }
    return String(cString: value)
  }
}

/// Text on its way out, line by line.
struct HTMLPage {
  private var lines: [MailText.Line] = []
  private var line: [Character] = []
  private var emphasised: [Range<Int>] = []
  private var wantsBlank = false
  private var wantsBreak = false
  /// The cells that were begun since the last words, but for the first of a row.
  private var pendingCells = 0
  private var cellsInRow = 0
  /// Whether the present cell has more than one line.
  private var isCellOfLines = false
  private var quoteDepth = 0
  /// How many characters more are read.
  private var left: Int

  private static let cells: Set<String> = ["td", "th"]
  private static let rows: Set<String> = ["tr", "table", "thead", "tbody", "tfoot", "caption"]

  /// Begins a page of which a number of characters are read at most.
  init(upTo limit: Int) {
    left = limit
  }

  /// Adds words, white space run together unless it counts.
  mutating func add(_ text: String, _ look: HTMLLook) {
    if look.isHidden || left == 0 { return }
    var shown: [Character] = []
    for character in text.utf8.count > left ? String(text.prefix(left)) : text {
      left -= 1
      if character.isNewline && look.keepsLines {
        wantsBreak = true
      } else if character.isWhitespace {
        wantsBlank = true
      } else {
        shown.removeAll(keepingCapacity: true)
        character.show(in: &shown)
        for character in shown { append(character, look.isEmphasised) }
      }
    }
  }

  /// Adds a picture.
  mutating func addPicture() { append(MailText.picture, false) }

  private mutating func append(_ character: Character, _ isEmphasised: Bool) {
    if character.isWhitespace {
      wantsBlank = true
      return
    }
    if wantsBreak && pendingCells == 0 { flush() }
    if pendingCells > 0 {
      line += Array(repeating: "\t", count: pendingCells)
    } else if wantsBlank && !line.isEmpty {
      line.append(" ")
    }
    (wantsBlank, wantsBreak, pendingCells) = (false, false, 0)
    if isEmphasised {
      // Blanks between words that stand out do, too.
      if let last = emphasised.last, line[last.upperBound...].allSatisfy({ $0 == " " }) {
        emphasised[emphasised.count - 1] = last.lowerBound..<(line.count + 1)
      } else {
        emphasised.append(line.count..<(line.count + 1))
      }
    }
    line.append(character)
  }

  /// Ends the line before the next words.
  mutating func breakLine() { wantsBreak = true }

  private mutating func flush() {
    if !line.isEmpty {
      lines.append(MailText.Line(line, emphasised: emphasised, isQuoted: quoteDepth > 0))
    }
    isCellOfLines = isCellOfLines || !line.isEmpty && cellsInRow > 0
    (line, emphasised, wantsBlank, wantsBreak) = ([], [], false, false)
  }

  /// Begins an element that is shown.
  mutating func begin(_ name: String, _ element: HTMLElement, _ look: HTMLLook) {
    if Self.rows.contains(name) { endRow() }
    if Self.cells.contains(name), look.isCell {
      // The blocks in a cell begin no line where the cell begins.
      // What is beside a cell of lines begins a line of its own.
      if isCellOfLines { flush() } else if cellsInRow > 0 { pendingCells += 1 }
      isCellOfLines = false
      let span = element["colspan"].flatMap { Int($0) } ?? 1
      cellsInRow += min(max(span, 1), 20)
      if cellsInRow > 1, span > 1 { pendingCells += min(span, 20) - 1 }
      wantsBreak = false
    }
    if look.isBlock { wantsBreak = true }
    if name == "sup" || name == "sub" { wantsBlank = true }
    if name == "blockquote" {
      flush()
      quoteDepth += 1
    }
  }

  /// Ends an element that is shown.
  mutating func end(_ name: String, _ look: HTMLLook) {
    if Self.rows.contains(name) { endRow() }
    if look.isBlock { wantsBreak = true }
    if name == "sup" || name == "sub" { wantsBlank = true }
    if name == "blockquote" {
      flush()
      quoteDepth -= 1
    }
  }

  private mutating func endRow() {
    flush()
    (pendingCells, cellsInRow, isCellOfLines) = (0, 0, false)
  }

  /// The lines.
  mutating func finished() -> [MailText.Line] {
    flush()
    return lines
  }
}
