import OrderedJSON
import RunJournal

extension RunStart.RigKind {
  /// What stands in a row of the ledger.
  var bookedText: String {
    JSONValue.object([
      .init("class", .optional(rigClass)), .init("tags", .strings(tags)),
      .init("virtual", .bool(isVirtual)), .init("remembers", .bool(remembers)),
    ]).description
  }

  /// The kind that stands in a row; nil where the text is none.
  init?(booked text: String) {
    guard let json = try? JSONValue(parsing: text.utf8),
      case .bool(let isVirtual) = json["virtual"],
      case .bool(let remembers) = json["remembers"], let tags = json["tags"]?.texts
    else { return nil }
    var rigClass: String?
    if case .string(let name) = json["class"] { rigClass = name }
    self.init(rigClass: rigClass, tags: tags, isVirtual: isVirtual, remembers: remembers)
  }
}

extension JSONValue {
  /// The texts of a list; nil for anything else.
  var texts: [String]? {
    guard case .array(let values) = self else { return nil }
    let texts = values.compactMap { value in
      if case .string(let text) = value { text } else { nil }
    }
    return texts.count == values.count ? texts : nil
  }

  /// The texts of a list that stands as JSON in a row; nil where the text is none.
  static func texts(booked text: String) -> [String]? {
    (try? JSONValue(parsing: text.utf8))?.texts
  }
}
