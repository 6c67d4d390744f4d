/// What a part of a file may look like.
///
/// One value serves three readers: ``ShapeCheck`` finds what differs, ``JSONSchema`` tells editors,
/// and whoever makes values of the file asks for the same keys. So the three can't drift apart.
public indirect enum Shape: Sendable {
  /// Text of a certain form.
  case scalar(ScalarShape)
  /// A list of alike elements.
  case list(ListShape)
  /// A mapping whose keys are names that the file's author chooses.
  case names(NamesShape)
  /// A mapping with known keys.
  case object(ObjectShape)
  /// Something that may be written in more than one way: as text, as a list, as a mapping.
  case forms(FormsShape)
  /// A shape of the book by its name; this is how shapes contain themselves.
  case reference(String)
}

/// All shapes of one kind of file.
public struct ShapeBook: Sendable {
  /// What the kind of file is called.
  public var title: String
  /// One sentence for the reference.
  public var about: String
  /// The shape of a whole file.
  public var root: Shape
  /// Shapes that others refer to, in the order in which a schema lists them.
  public var shapes: [(name: String, shape: Shape)]
  /// What each format after the first changed, a sentence each.
  public let changes: [String]

  /// Creates a book.
  ///
  /// - Parameters:
  ///   - title: what the kind of file is called.
  ///   - about: one sentence for the reference.
  ///   - root: the shape of a whole file; where it is a mapping, `format` is added to its keys.
  ///   - shapes: shapes that others refer to.
  ///   - changes: what each format after the first changed, a sentence each. Only what makes a file
  ///     wrong that was right takes a new format; new words come without.
  public init(
    title: String, about: String, root: Shape, shapes: [(name: String, shape: Shape)],
    changes: [String] = []
  ) {
    self.title = title
    self.about = about
    self.shapes = shapes
    self.changes = changes
    if case .object(var object) = root {
      object.fields.append(FileFormat.field(changes: changes))
      self.root = .object(object)
    } else {
      self.root = root
    }
  }

  /// The shape behind references.
  func resolved(_ shape: Shape) -> Shape {
    guard case .reference(let name) = shape else { return shape }
    guard let found = shapes.first(where: { $0.name == name }) else {
      preconditionFailure("a shape refers to \(name), which the book \(title) does not hold")
    }
    return resolved(found.shape)
  }
}

/// A form of text.
public enum ScalarShape: Sendable {
  /// Any text but an empty one.
  case text
  /// Any text, also an empty one in quotes.
  case anyText
  /// A name that others refer to: letters, digits, `-` and `_`, a letter first.
  case name
  /// A name, parts of which may be `${value}`: what the value is shows only when it is used.
  case nameOrValue
  /// A whole number in a range.
  case integer(ClosedRange<Int>)
  /// A number above zero, with or without a fraction.
  case number
  /// `true` or `false`.
  case boolean
  /// A length of time.
  case duration
  /// One of a few words.
  case word([String])
  /// Pixels along an axis, or a share of it, such as `640` or `50%`.
  case coordinate
  /// A form that one kind of file alone has.
  case form(TextForm)
}

/// A form of text that one kind of file alone has, such as a day or a digest.
public struct TextForm: Sendable {
  /// What a text of the form is, with its article, such as `a day`.
  public var what: String
  /// What to write, such as `one such as 2026-12-31`.
  public var example: String
  /// The form as a regular expression, for JSON Schema.
  public var pattern: String
  /// Whether a text has the form.
  public var accepts: @Sendable (String) -> Bool

  /// Creates a form.
  public init(
    _ what: String, example: String, pattern: String,
    accepts: @escaping @Sendable (String) -> Bool
  ) {
    self.what = what
    self.example = example
    self.pattern = pattern
    self.accepts = accepts
  }
}

/// A list of alike elements.
public struct ListShape: Sendable {
  /// What each element looks like.
  public var element: Shape
  /// How many there may be.
  public var counts: ClosedRange<Int>
  /// What the list is, with its article, such as `a rectangle [x, y, width, height]`.
  public var what: String

  /// Creates a list shape.
  public init(_ element: Shape, counts: ClosedRange<Int> = 1...1_000, what: String) {
    self.element = element
    self.counts = counts
    self.what = what
  }
}

/// A mapping whose keys are names that the file's author chooses.
public struct NamesShape: Sendable {
  /// What each value looks like.
  public var value: Shape
  /// What one entry is, with its article, such as `a parameter`.
  public var what: String
  /// Whether there must be an entry.
  public var mayBeEmpty: Bool
  /// Whether keys may be any text, such as the properties of a device.
  public var takesAnyKey: Bool

  /// Creates a shape.
  public init(
    _ value: Shape, what: String, mayBeEmpty: Bool = true, takesAnyKey: Bool = false
  ) {
    self.value = value
    self.what = what
    self.mayBeEmpty = mayBeEmpty
    self.takesAnyKey = takesAnyKey
  }
}

/// A mapping with known keys.
public struct ObjectShape: Sendable {
  /// What it is, with its article, such as `a step`.
  public var what: String
  /// The keys.
  public var fields: [FieldShape]
  /// What holds between keys.
  public var rules: [ObjectRule]
  /// Whether people may write a secret where it should stand, which no message may repeat.
  public var holdsSecret: Bool

  /// Creates a shape.
  public init(
    _ what: String, _ fields: [FieldShape], rules: [ObjectRule] = [], holdsSecret: Bool = false
  ) {
    self.what = what
    self.fields = fields
    self.rules = rules
    self.holdsSecret = holdsSecret
  }

  /// The field of a key.
  func field(_ name: String) -> FieldShape? { fields.first { $0.name == name } }

  /// The field that had a key in earlier formats.
  func field(formerly name: String) -> FieldShape? { fields.first { $0.former?.name == name } }
}

/// A key of a mapping.
public struct FieldShape: Sendable {
  /// The key.
  public var name: String
  /// What its value looks like.
  public var shape: Shape
  /// Whether the mapping must have it.
  public var isRequired: Bool
  /// One sentence for editors.
  public var about: String
  /// A piece of a file that has the key, for the reference; nil where that of the mapping around
  /// it serves. It begins with `- ` where it is an element of the file's main list.
  public private(set) var example: String?
  /// What the key was called in earlier formats; nil where it was always called so.
  public private(set) var former: FormerKey?

  /// Creates a field that may be left out.
  public init(_ name: String, _ shape: Shape, _ about: String) {
    self.init(name: name, shape: shape, isRequired: false, about: about)
  }

  /// Creates a field that must be there.
  public static func required(_ name: String, _ shape: Shape, _ about: String) -> FieldShape {
    FieldShape(name: name, shape: shape, isRequired: true, about: about)
  }

  /// Creates a field that may be left out and takes one of the words of an enumeration.
  public static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _: Word.Type, _ about: String
  ) -> FieldShape {
    FieldShape(name, .scalar(.word(Word.allCases.map(\.rawValue))), about)
  }

  /// The field with an example for the reference.
  ///
  /// - Parameter example: a piece of a file that has the key.
  /// - Returns: the same field, shown by it.
  public func shown(by example: String) -> FieldShape {
    var shown = self
    shown.example = example
    return shown
  }

  /// The field with what its key was called once.
  ///
  /// - Parameters:
  ///   - name: the key in earlier formats.
  ///   - format: the first format that no longer has it.
  /// - Returns: the same field, which takes the old key in files of earlier formats.
  public func formerly(_ name: String, before format: Int) -> FieldShape {
    var renamed = self
    renamed.former = FormerKey(name: name, endedWith: format)
    return renamed
  }

  /// What the reference says of it: what it is for, and what it was called.
  var told: String {
    former.map { "\(about) Before format \($0.endedWith) it was called \($0.name)." } ?? about
  }

  private init(name: String, shape: Shape, isRequired: Bool, about: String) {
    self.name = name
    self.shape = shape
    self.isRequired = isRequired
    self.about = about
  }
}

/// What a key was called in earlier formats of its kind of file.
public struct FormerKey: Sendable, Hashable {
  /// The key.
  public var name: String
  /// The first format that no longer has it.
  public var endedWith: Int
}

/// What holds between the keys of a mapping.
public enum ObjectRule: Sendable {
  /// Of some keys, one at most.
  case atMostOne(of: [String])
  /// Of some keys, one at least; the text says what they are.
  case atLeastOne(of: [String], what: String)
  /// A key that makes sense only beside one of others.
  case only(String, with: [String])
}

/// Something that may be written in more than one way.
public struct FormsShape: Sendable {
  /// What it is, with its article, such as `a target`.
  public var what: String
  /// How it may be written, for a message.
  public var example: String
  /// Its form as text.
  public var scalar: Shape?
  /// Its form as a list.
  public var list: Shape?
  /// Its form as a mapping.
  public var mapping: Shape?
  /// What its words mean, where its form as text is one of a few words.
  public var words: [WordShape]

  /// Creates a shape; a form that is left out is not allowed.
  public init(
    _ what: String, example: String, scalar: Shape? = nil, list: Shape? = nil,
    mapping: Shape? = nil
  ) {
    self.what = what
    self.example = example
    self.scalar = scalar
    self.list = list
    self.mapping = mapping
    words = []
  }

  /// Creates a shape whose form as text is one of a few words.
  public init(
    _ what: String, example: String, words: [WordShape], list: Shape? = nil,
    mapping: Shape? = nil
  ) {
    self.init(
      what, example: example, scalar: .scalar(.word(words.map(\.word))), list: list,
      mapping: mapping)
    self.words = words
  }
}

/// A word that says all by itself.
public struct WordShape: Sendable {
  /// The word.
  public var word: String
  /// One sentence for the reference.
  public var about: String
  /// A piece of a file that has the word, for the reference.
  public var example: String?

  /// Creates a word.
  public init(_ word: String, _ about: String, example: String? = nil) {
    self.word = word
    self.about = about
    self.example = example
  }
}

extension ScalarShape {
  /// What is expected, for a message: what it is called, and what to write.
  var expectation: (what: String, remedy: String) {
    switch self {
    case .text, .anyText: ("a text", "write a text")
    case .name: ("a name", "write letters, digits, - and _, a letter first")
    case .nameOrValue:
      ("a name", "write letters, digits, - and _, a letter first, or ${name} for a value")
    case .integer(let range):
      (
        "a whole number",
        range.count == 1
          ? "write \(range.lowerBound)"
          : "write a number from \(range.lowerBound) to \(range.upperBound)"
      )
    case .number: ("a number above zero", "write a number such as 62 or 62.5")
    case .boolean: ("true or false", "write true or false")
    case .duration: ("a duration", "write one such as 500ms, 10s, 5m or 1h")
    case .word(let words): (Self.choice(of: words), "write \(Self.choice(of: words))")
    case .coordinate: ("a coordinate", "write pixels such as 640 or a share such as 50%")
    case .form(let form): (form.what, "write \(form.example)")
    }
  }

  /// Whether a text has the form.
  func accepts(_ text: String) -> Bool {
    let node = YAMLNode(.scalar(text), at: SourceLocation(file: "", line: 1, column: 1))
    switch self {
    case .text: return !text.isEmpty
    case .anyText: return true
    case .name: return Self.isName(text)
    case .nameOrValue: return Self.isNameOrValue(text)
    case .integer(let range): return node.integer.map(range.contains) ?? false
    case .number: return node.number.map { $0 > 0 } ?? false
    case .boolean: return node.boolean != nil
    case .duration: return node.duration != nil
    case .word(let words): return words.contains(text)
    case .coordinate:
      let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
      let isPlain = digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard isPlain, let number = Double(digits) else { return false }
      return text.hasSuffix("%") ? number <= 100 : Int(digits) != nil
    case .form(let form): return form.accepts(text)
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  /// Whether each `${…}` holds a name, or two with a dot between them, and the rest is one.
  private static func isNameOrValue(_ text: String) -> Bool {
    var rest = text[...]
    var name = ""
    while let start = rest.firstRange(of: "${") {
      name += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { return false }
      let parts = rest[start.upperBound..<end].split(
        separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2, parts.allSatisfy({ isName(String($0)) }) else { return false }
      // A value stands for letters.
      name += "x"
      rest = rest[rest.index(after: end)...]
    }
    return isName(name + rest)
  }

  /// Words as a choice, such as `off, on or restore`.
  public static func choice(of words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
