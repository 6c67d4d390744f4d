/// What the reference says of one place of a file: a key, a shape, or a whole file.
public struct ReferencePage: Sendable, Hashable {
  /// A key or a word of the place.
  public struct Entry: Sendable, Hashable {
    /// The key or word.
    public var name: String
    /// Whether the mapping must have it.
    public var isRequired: Bool
    /// What is written there; empty for a word.
    public var type: String
    /// One sentence.
    public var about: String
  }

  /// The names that lead there, joined by dots, such as `step.mail`.
  public var path: String
  /// One sentence; empty where nothing is said but what is written there.
  public var about: String
  /// What is written there.
  public var type: String
  /// The words that may stand there.
  public var words: [Entry]
  /// The keys of its mapping.
  public var keys: [Entry]
  /// What holds between the keys, a sentence each.
  public var rules: [String]
  /// The keys of the mapping around it that may stand beside it.
  public var neighbours: [String]
  /// A piece of a file.
  public var example: String?

  init(path: String, about: String, type: String) {
    self.path = path
    self.about = about
    self.type = type
    words = []
    keys = []
    rules = []
    neighbours = []
  }
}

extension Shape {
  /// What is written, in a few words.
  func words(in book: ShapeBook) -> String {
    switch self {
    case .scalar(let scalar): scalar.words
    case .list(let list): list.what + list.element.hint
    case .names(let names): "a mapping of names, \(names.what) each" + names.value.hint
    // Some are called by their key, which says nothing new.
    case .object(let object): object.what.hasArticle ? object.what : "a mapping"
    case .forms(let forms):
      forms.scalar.map { scalar in
        if case .scalar(.word(let words)) = scalar, forms.list == nil, forms.mapping == nil {
          ScalarShape.choice(of: words)
        } else {
          "\(forms.what): \(forms.example)"
        }
      } ?? "\(forms.what): \(forms.example)"
    case .reference(let name):
      switch book.resolved(self) {
      case .forms(let forms): "\(forms.what) (see \(name))"
      case .object(let object): "\(object.what) (see \(name))"
      case .list(let list): "\(list.what) (see \(name))"
      case .scalar, .names, .reference: "see \(name)"
      }
    }
  }
}

extension String {
  /// Whether it is what something is, rather than its name.
  fileprivate var hasArticle: Bool { hasPrefix("a ") || hasPrefix("an ") }
}

extension Shape {
  /// What it is called, such as `a target`.
  func called(in book: ShapeBook) -> String {
    switch book.resolved(self) {
    case .forms(let forms): forms.what
    case .scalar, .list, .names, .object, .reference: words(in: book)
    }
  }

  /// Where more is said of what a list or a mapping holds.
  fileprivate var hint: String {
    if case .reference(let name) = self { " (see \(name))" } else { "" }
  }
}

extension ScalarShape {
  /// What is written, in a few words.
  var words: String {
    switch self {
    case .text: "a text"
    case .anyText: "a text, or an empty one in quotes"
    case .name: "a name"
    case .nameOrValue: "a name, or ${name} for a value"
    case .integer(let range) where range.count == 1: "the number \(range.lowerBound)"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number: "a number above zero"
    case .boolean: "true or false"
    case .duration: "a duration such as 500ms, 10s, 5m or 1h"
    case .word(let words): Self.choice(of: words)
    case .coordinate: "pixels such as 640, or a share such as 50%"
    case .form(let form): "\(form.what): \(form.example)"
    }
  }
}

extension ObjectShape {
  /// What holds between its keys, a sentence each.
  var ruleWords: [String] {
    rules.compactMap { rule in
      switch rule {
      case .atMostOne(let names):
        let mustBe = rules.contains { other in
          if case .atLeastOne(names, _) = other { true } else { false }
        }
        return "\(mustBe ? "Just one" : "At most one") of \(ScalarShape.choice(of: names))."
      case .atLeastOne(let names, _):
        let isSaid = rules.contains { other in
          if case .atMostOne(names) = other { true } else { false }
        }
        return isSaid ? nil : "At least one of \(ScalarShape.choice(of: names))."
      case .only(let name, let others):
        return "\(name) only beside \(ScalarShape.choice(of: others))."
      }
    }
  }
}
