/// The reference of all kinds of file, made from the shapes that check them.
public struct Reference: Sendable {
  /// A kind of file, by the name that paths begin with.
  public typealias Kind = (name: String, book: ShapeBook)

  /// Why there is no page.
  public struct Unknown: Error, Hashable, CustomStringConvertible {
    /// One line: what there is not, and what would be right.
    public var description: String

    /// Creates a reason.
    public init(description: String) {
      self.description = description
    }
  }

  /// The kinds of file, in order.
  public let kinds: [Kind]

  /// Creates a reference.
  public init(_ kinds: [Kind]) {
    self.kinds = kinds
  }

  /// The names that a path may begin with: the kinds of file, and the shapes that they are made of.
  /// Of shapes of one name, the first kind's counts; others are reached through their kind.
  public var beginnings: [(name: String, about: String)] {
    var all = kinds.map { ($0.name, $0.book.about) }
    for kind in kinds {
      for (name, shape) in kind.book.shapes where !all.contains(where: { $0.0 == name }) {
        all.append((name, "\(shape.called(in: kind.book).titled) of a \(kind.name) file."))
      }
    }
    return all
  }

  /// The page of a path.
  ///
  /// - Parameter words: the names that lead there; a name may hold several, joined by dots.
  /// - Returns: the page.
  /// - Throws: the line that says which name there is not.
  public func page(_ words: [String]) throws(Unknown) -> ReferencePage {
    let names = words.flatMap { $0.split(separator: ".").map(String.init) }
    guard let first = names.first else { throw Unknown(description: "no word is given") }
    var rest = names.dropFirst()
    var place: Place
    if let kind = kinds.first(where: { $0.name == first }) {
      place = Place(of: kind)
      // The shapes of a kind are reached through it where its file has no key of that name.
      if let second = rest.first, place.field(second) == nil,
        let shape = Place(shape: second, of: kind, prefix: "\(kind.name).")
      {
        place = shape
        rest = rest.dropFirst()
      }
    } else if let found = kinds.lazy.compactMap({ Place(shape: first, of: $0) }).first {
      place = found
    } else {
      throw Self.unknown(first, among: beginnings.map(\.name), in: "the reference")
    }
    for name in rest {
      guard let next = place.next(name) else {
        throw Self.unknown(name, among: place.names, in: place.page.path)
      }
      place = next
    }
    return place.page
  }

  private static func unknown(_ name: String, among names: [String], in what: String) -> Unknown {
    let remedy = NearestName.remedy(for: name, among: names, what: "words there")
    return Unknown(description: "\"\(name)\" is no word of \(what); \(remedy)")
  }

  /// The pages of a kind of file: the file, its shapes, and each key or word that has keys of its
  /// own or an example.
  ///
  /// - Parameter kind: the kind of file.
  /// - Returns: the pages, each before those of its keys.
  public func pages(of kind: Kind) -> [ReferencePage] {
    var pages: [ReferencePage] = []
    // Several shapes may share a key, such as image: it is told of once.
    var told: Set<[String]> = []
    func visit(_ place: Place) {
      pages.append(place.page)
      for name in place.namesToldHere {
        guard let next = place.next(name), next.isOfItsOwn,
          told.insert([name, next.about, next.example ?? ""]).inserted
        else { continue }
        visit(next)
      }
    }
    visit(Place(of: kind))
    for (name, _) in kind.book.shapes {
      if let place = Place(shape: name, of: kind) { visit(place) }
    }
    return pages
  }
}

/// A place of a file: a shape, and how it is reached.
private struct Place {
  var path: String
  var about: String
  var book: ShapeBook
  var shape: Shape
  /// The mapping that it is a key of.
  var around: ObjectShape?
  /// Its key there.
  var key = ""
  var example: String?
  /// Whether the example is not that of the mapping around it.
  var hasOwnExample = false
  /// Whether it is a mere word.
  private var isWord = false

  /// A whole file.
  init(of kind: Reference.Kind) {
    self.init(path: kind.name, about: kind.book.about, book: kind.book, shape: kind.book.root)
  }

  /// A shape that others refer to.
  init?(shape name: String, of kind: Reference.Kind, prefix: String = "") {
    guard let found = kind.book.shapes.first(where: { $0.name == name }) else { return nil }
    self.init(path: prefix + name, about: "", book: kind.book, shape: found.shape)
  }

  private init(path: String, about: String, book: ShapeBook, shape: Shape) {
    self.path = path
    self.about = about
    self.book = book
    self.shape = shape
  }

  // MARK: Going on

  /// The mapping whose keys go on from here.
  private var mapping: ObjectShape? { Self.mapping(shape, book) }

  private static func mapping(_ shape: Shape, _ book: ShapeBook) -> ObjectShape? {
    switch book.resolved(shape) {
    case .object(let object): object
    case .names(let names): mapping(names.value, book)
    case .list(let list): mapping(list.element, book)
    case .forms(let forms): (forms.mapping ?? forms.list).flatMap { mapping($0, book) }
    case .scalar, .reference: nil
    }
  }

  /// The words that may stand here.
  private var words: [WordShape] { Self.words(shape, book) }

  private static func words(_ shape: Shape, _ book: ShapeBook) -> [WordShape] {
    switch book.resolved(shape) {
    case .forms(let forms): forms.words
    case .names(let names): words(names.value, book)
    case .list(let list): words(list.element, book)
    case .object, .scalar, .reference: []
    }
  }

  /// The keys that go on from here.
  var keys: [String] { mapping?.fields.map(\.name) ?? [] }

  /// All that goes on from here.
  var names: [String] { keys + words.map(\.word).filter { !keys.contains($0) } }

  /// The key of a name.
  func field(_ name: String) -> FieldShape? { mapping?.field(name) }

  /// What goes on from here and is told of nowhere else.
  var namesToldHere: [String] {
    if !isReference { return names }
    return around == nil ? words.map(\.word) : []
  }

  /// What a name leads to.
  func next(_ name: String) -> Place? {
    if let field = field(name) {
      var next = Place(
        path: "\(path).\(name)", about: field.told, book: book, shape: field.shape)
      next.around = mapping
      next.key = name
      next.example = field.example ?? example
      next.hasOwnExample = field.example != nil
      return next
    }
    guard let word = words.first(where: { $0.word == name }) else { return nil }
    var next = Place(
      path: "\(path).\(name)", about: word.about, book: book, shape: .scalar(.word([word.word])))
    next.isWord = true
    next.example = word.example ?? example
    next.hasOwnExample = word.example != nil
    return next
  }

  /// Whether there is more to say than the line in the mapping around it.
  var isOfItsOwn: Bool {
    hasOwnExample || !isReference && (!keys.isEmpty || !words.isEmpty)
  }

  /// Whether its keys are those of a shape that has a page of its own.
  private var isReference: Bool {
    switch shape {
    case .reference: true
    case .list(let list): if case .reference = list.element { true } else { false }
    case .names(let names): if case .reference = names.value { true } else { false }
    case .forms(let forms): if case .reference? = forms.mapping { true } else { false }
    case .scalar, .object: false
    }
  }

  // MARK: The page

  var page: ReferencePage {
    let type = isWord ? "the word \(shape.words(in: book))" : shape.words(in: book)
    var page = ReferencePage(path: path, about: about, type: type)
    page.words = words.map {
      .init(name: $0.word, isRequired: false, type: "", about: $0.about)
    }
    // What refers to a shape with a page of its own is not told twice.
    if let mapping, !isReference || around == nil {
      page.keys = mapping.fields.map {
        .init(
          name: $0.name, isRequired: $0.isRequired, type: $0.shape.words(in: book), about: $0.told)
      }
      page.rules = mapping.ruleWords
    }
    page.neighbours = around.map { $0.neighbours(of: key) } ?? []
    page.example = example
    return page
  }
}

extension ObjectShape {
  /// The keys that may stand beside a key.
  fileprivate func neighbours(of key: String) -> [String] {
    fields.map(\.name).filter { other in
      other != key
        && rules.allSatisfy { rule in
          switch rule {
          case .atMostOne(let names): !names.contains(key) || !names.contains(other)
          case .atLeastOne: true
          case .only(let name, let others):
            name != other || others.contains(key)
              || others.contains { !excludes($0, key) }
          }
        }
    }
  }

  /// Whether two keys can't stand together.
  private func excludes(_ one: String, _ other: String) -> Bool {
    rules.contains { rule in
      if case .atMostOne(let names) = rule {
        names.contains(one) && names.contains(other)
      } else {
        false
      }
    }
  }
}

extension String {
  /// The text with a capital first.
  fileprivate var titled: String { prefix(1).uppercased() + dropFirst() }
}
