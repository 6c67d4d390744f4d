/// Compares a tree with a shape and finds all that differs, a line a mistake.
///
/// It also repairs: a key that is nearly a known one is taken for it, so that one slip of the pen
/// does not make everything that depends on it a mistake too; keys without resemblance are left out.
/// Keys of earlier formats become those of the newest, so that whoever makes values of the tree knows
/// only one language.
public struct ShapeCheck {
  private let book: ShapeBook
  /// The format of the file.
  private let format: Int
  private var findings: [Finding] = []
  private var formerKeys: [FormerKeyUse] = []

  private init(book: ShapeBook, format: Int) {
    self.book = book
    self.format = format
  }

  /// Compares a whole file with its book.
  ///
  /// - Returns: the repaired tree and what was wrong. Of a file of a format that the book does not
  ///   know, nothing is left, and that is all that is wrong.
  public static func check(_ root: YAMLNode, against book: ShapeBook)
    -> (root: YAMLNode, findings: [Finding])
  {
    let survey = survey(root, against: book)
    return (survey.root, survey.findings)
  }

  /// Compares a whole file with its book, and lists its keys of earlier formats.
  static func survey(_ root: YAMLNode, against book: ShapeBook) -> Survey {
    let format = FileFormat(of: root, book)
    if let refusal = format.refusal {
      return Survey(root: YAMLNode(.nothing, at: root.location), findings: [refusal])
    }
    var check = ShapeCheck(book: book, format: format.number)
    var repaired = check.visit(root, book.root, what: "the file")
    if case .mapping(let entries) = repaired.content {
      repaired.content = .mapping(entries.filter { $0.key != FileFormat.key })
    }
    return Survey(root: repaired, findings: check.findings, formerKeys: check.formerKeys)
  }

  /// What comparing a file with its book gives.
  struct Survey {
    /// The tree, repaired, in the newest format, without the key that says which it was written in.
    var root: YAMLNode
    /// What is wrong.
    var findings: [Finding]
    /// The keys of earlier formats, whether the file's format has them or not.
    var formerKeys: [FormerKeyUse] = []
  }

  /// A key of an earlier format, where a file has it.
  struct FormerKeyUse {
    /// Where it stands.
    var place: SourceLocation
    /// The key.
    var name: String
    /// What it is called now.
    var now: String
  }

  /// Visits a node; `what` is what a message calls the place that it fills.
  private mutating func visit(_ node: YAMLNode, _ shape: Shape, what: String) -> YAMLNode {
    switch book.resolved(shape) {
    case .scalar(let scalar): visitScalar(node, scalar, what: what)
    case .list(let list): visitList(node, list, what: what)
    case .names(let names): visitNames(node, names, what: what)
    case .object(let object): visitObject(node, object, what: what)
    case .forms(let forms): visitForms(node, forms, what: what)
    case .reference: preconditionFailure("references are resolved")
    }
  }

  private mutating func report(_ place: SourceLocation, _ problem: String, remedy: String) {
    // What is quoted of the file may go over several lines, and a mistake is one.
    let line = String(problem.map { $0.isNewline ? " " : $0 })
    findings.append(Finding(place, line, remedy: remedy))
  }

  private mutating func mismatch(
    _ node: YAMLNode, what: String, expected: String, remedy: String, isSecret: Bool = false
  ) {
    let found =
      switch node.content {
      case .nothing: "has no value"
      case .scalar where isSecret: "is a text"
      case .scalar(let text): "is the text \"\(text.excerpt)\""
      case .sequence: "is a list"
      case .mapping: "is a mapping"
      }
    report(node.location, "\(what) \(found), not \(expected)", remedy: remedy)
  }

  // MARK: Scalars

  private mutating func visitScalar(
    _ node: YAMLNode, _ shape: ScalarShape, what: String
  ) -> YAMLNode {
    let expectation = shape.expectation
    guard let text = node.text else {
      let isEmptyText = node.content == .nothing && shape.isText
      mismatch(
        node, what: what, expected: expectation.what,
        remedy: isEmptyText
          ? "write a text, in quotes if it is empty, ~ or null" : expectation.remedy)
      return node
    }
    if shape.accepts(text) { return node }
    if case .word(let words) = shape {
      report(
        node.location, "\(what) is \"\(text)\", which it can't be",
        remedy: NearestName.to(text, among: words).map { "did you mean \"\($0)\"?" }
          ?? expectation.remedy)
    } else if text.isEmpty {
      report(node.location, "\(what) is empty", remedy: expectation.remedy)
    } else {
      report(
        node.location, "\(what) is \"\(text.excerpt)\", not \(expectation.what)",
        remedy: expectation.remedy)
    }
    return node
  }

  // MARK: Lists and forms

  private mutating func visitList(_ node: YAMLNode, _ shape: ListShape, what: String) -> YAMLNode {
    guard let elements = node.elements else {
      mismatch(node, what: what, expected: shape.what, remedy: "write \(shape.what)")
      return node
    }
    if !shape.counts.contains(elements.count) {
      report(
        node.location, "\(what) has \(elements.count) elements, not \(Self.spelled(shape.counts))",
        remedy: "write \(shape.what)")
    }
    let visited = elements.enumerated().map { index, element in
      visit(element, shape.element, what: "element \(index + 1) of \(what)")
    }
    return YAMLNode(.sequence(visited), at: node.location)
  }

  private static func spelled(_ counts: ClosedRange<Int>) -> String {
    if counts.lowerBound == counts.upperBound { return "\(counts.lowerBound)" }
    return counts.upperBound >= 1_000
      ? "at least \(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
  }

  private mutating func visitForms(
    _ node: YAMLNode, _ shape: FormsShape, what: String
  ) -> YAMLNode {
    let form: Shape? =
      switch node.content {
      case .nothing: nil
      case .scalar: shape.scalar
      case .sequence: shape.list
      case .mapping: shape.mapping
      }
    if let form {
      // A word that is none of the few allowed may have been meant as another form.
      guard case .scalar(.word(let words)) = book.resolved(form), let text = node.text,
        !words.contains(text), NearestName.to(text, among: words) == nil
      else { return visit(node, form, what: what) }
    }
    mismatch(node, what: what, expected: shape.what, remedy: "write \(shape.example)")
    return node
  }

  // MARK: Mappings

  private mutating func visitNames(
    _ node: YAMLNode, _ shape: NamesShape, what: String
  ) -> YAMLNode {
    guard node.isMapping else {
      mismatch(
        node, what: what, expected: "a mapping of names",
        remedy: "write name: value, one line for each \(shape.what.withoutArticle)")
      return node
    }
    if node.entries.isEmpty && !shape.mayBeEmpty {
      report(node.location, "\(what) is empty", remedy: "name \(shape.what) at least")
    }
    let entries = node.entries.map { entry in
      if !shape.takesAnyKey, !ScalarShape.name.accepts(entry.key) {
        report(
          entry.keyLocation, "\"\(entry.key)\" can't name \(shape.what)",
          remedy: ScalarShape.name.expectation.remedy)
      }
      var visited = entry
      visited.value = visit(entry.value, shape.value, what: "\"\(entry.key)\"")
      return visited
    }
    return YAMLNode(.mapping(entries), at: node.location)
  }

  private mutating func visitObject(
    _ node: YAMLNode, _ shape: ObjectShape, what: String
  ) -> YAMLNode {
    guard node.isMapping else {
      mismatch(
        node, what: what, expected: "a mapping",
        remedy: "write \(shape.what) with the keys \(Self.keys(of: shape))",
        isSecret: shape.holdsSecret)
      return node
    }
    var entries: [YAMLNode.Entry] = []
    var strangers: [YAMLNode.Entry] = []
    let written = Set(node.entries.map { shape.field(formerly: $0.key)?.name ?? $0.key })
    for entry in node.entries {
      if shape.field(entry.key) != nil {
        entries.append(entry)
      } else if let field = shape.field(formerly: entry.key), let former = field.former {
        if let renamed = renamed(entry, to: field.name, former, in: node, shape) {
          entries.append(renamed)
        }
      } else if let meant = meant(by: entry, in: shape, written: written, taken: entries) {
        report(
          entry.keyLocation, "\"\(entry.key)\" is no key of \(shape.what)",
          remedy: "did you mean \"\(meant)\"?")
        var repaired = entry
        repaired.key = meant
        entries.append(repaired)
      } else {
        strangers.append(entry)
      }
    }
    reportStrangersAndGaps(strangers, entries: entries, node: node, shape: shape)
    applyRules(entries, node: node, shape: shape, areStrangersThere: !strangers.isEmpty)
    let visited = entries.map { entry in
      var visited = entry
      if let field = shape.field(entry.key) {
        // A message speaks of the key that stands there.
        let former = field.former.flatMap { node.entry($0.name) }
        let key = former?.keyLocation == entry.keyLocation ? former?.key : nil
        visited.value = visit(entry.value, field.shape, what: "\"\(key ?? entry.key)\"")
      }
      return visited
    }
    return YAMLNode(.mapping(visited), at: node.location)
  }

  /// An entry whose key is of an earlier format, with the key of the newest; nil where that is there,
  /// too.
  private mutating func renamed(
    _ entry: YAMLNode.Entry, to name: String, _ former: FormerKey, in node: YAMLNode,
    _ shape: ObjectShape
  ) -> YAMLNode.Entry? {
    if node.entry(name) != nil {
      report(
        entry.keyLocation,
        "\"\(name)\" and \"\(entry.key)\", its old name, stand together in \(shape.what)",
        remedy: "keep \"\(name)\"")
      return nil
    }
    if format >= former.endedWith {
      report(
        entry.keyLocation,
        "\"\(entry.key)\" is called \"\(name)\" since format \(former.endedWith)",
        remedy: "write \"\(name)\", or have gantry check --upgrade write it")
    }
    formerKeys.append(FormerKeyUse(place: entry.keyLocation, name: entry.key, now: name))
    var renamed = entry
    renamed.key = name
    return renamed
  }

  /// The known key that an unknown one was most likely meant to be, if nothing else fills it.
  private func meant(
    by entry: YAMLNode.Entry, in shape: ObjectShape, written: Set<String>,
    taken: [YAMLNode.Entry]
  ) -> String? {
    let free = shape.fields.map(\.name).filter { name in
      !written.contains(name) && !taken.contains { $0.key == name }
    }
    return NearestName.to(entry.key, among: free)
  }

  /// Reports unknown and missing keys; where both are, they are most likely one mistake.
  private mutating func reportStrangersAndGaps(
    _ strangers: [YAMLNode.Entry], entries: [YAMLNode.Entry], node: YAMLNode, shape: ObjectShape
  ) {
    var gaps = shape.fields.filter { field in
      field.isRequired && !entries.contains { $0.key == field.name }
    }
    for stranger in strangers {
      let remedy =
        gaps.isEmpty
        ? NearestName.remedy(for: stranger.key, among: shape.fields.map(\.name), what: "keys")
        : "\"\(gaps.removeFirst().name)\" is missing"
      report(
        stranger.keyLocation, "\"\(stranger.key)\" is no key of \(shape.what)", remedy: remedy)
    }
    for gap in gaps {
      report(
        node.location, "\(shape.what) without \"\(gap.name)\"",
        remedy: "add \(gap.name): \(gap.about.loweredFirst)")
    }
  }

  private mutating func applyRules(
    _ entries: [YAMLNode.Entry], node: YAMLNode, shape: ObjectShape, areStrangersThere: Bool
  ) {
    for rule in shape.rules {
      switch rule {
      case .atMostOne(let names):
        let there = entries.filter { names.contains($0.key) }
        if there.count > 1 {
          report(
            there[1].keyLocation,
            "\"\(there[0].key)\" and \"\(there[1].key)\" stand together in \(shape.what)",
            remedy: "write one of them")
        }
      case .atLeastOne(let names, let what):
        if !areStrangersThere && !entries.contains(where: { names.contains($0.key) }) {
          report(
            node.location, "\(shape.what) without \(what)",
            remedy: "add \(ScalarShape.choice(of: names))")
        }
      case .only(let name, let others):
        if let entry = entries.first(where: { $0.key == name }), !areStrangersThere,
          !entries.contains(where: { others.contains($0.key) })
        {
          report(
            entry.keyLocation, "\"\(name)\" means nothing here",
            remedy: "it goes with \(ScalarShape.choice(of: others))")
        }
      }
    }
  }

  private static func keys(of shape: ObjectShape) -> String {
    shape.fields.map(\.name).joined(separator: ", ")
  }
}

extension ScalarShape {
  fileprivate var isText: Bool {
    switch self {
    case .text, .anyText: true
    case .name, .nameOrValue, .integer, .number, .boolean, .duration, .word, .coordinate, .form:
      false
    }
  }
}

extension String {
  fileprivate var withoutArticle: String {
    for article in ["a ", "an ", "the "] where hasPrefix(article) {
      return String(dropFirst(article.count))
    }
    return self
  }

  fileprivate var loweredFirst: String { prefix(1).lowercased() + dropFirst() }

  /// The beginning of a text as it may stand in a message, which is a line.
  fileprivate var excerpt: String { String(prefix(40).map { $0.isNewline ? " " : $0 }) }
}
