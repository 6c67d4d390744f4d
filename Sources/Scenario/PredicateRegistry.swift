import SourceYAML

/// Every predicate of the language. What is listed here is in the schema, in the help and in
/// files.
public enum PredicateRegistry {
  /// The types of the predicates.
  public static var types: [any Predicate.Type] { written }

  /// The predicates, in the order in which schema and help list their keys and words.
  static let written: [any WrittenPredicate.Type] = [
    Seen.self, NotSeen.self, FieldState.self, AnyOf.self, AllOf.self, SignalLost.self,
    SignalBack.self,
    Rebooting.self, Still.self, Changed.self, Equal.self, Ascending.self,
  ]

  private static let forms: [PredicateForm] = written.flatMap { $0.forms }

  /// The words that are predicates by themselves.
  static let words = forms.compactMap { form -> WordShape? in
    if case .word(let word, _) = form { word } else { nil }
  }
  /// The keys of a mapping.
  static let keys = forms.flatMap { form -> [String] in
    if case .mapping(let keys, _, _, _, _) = form { keys.map(\.name) } else { [] }
  }
  /// The keys of a mapping, with those that stand beside them.
  static let fields = forms.flatMap { form -> [FieldShape] in
    if case .mapping(let keys, let companions, _, _, _) = form { keys + companions } else { [] }
  }
  /// What holds between keys and those that stand beside them.
  static let companionRules: [ObjectRule] = forms.flatMap { form -> [ObjectRule] in
    guard case .mapping(let keys, let companions, let rules, _, _) = form else { return [] }
    return companions.map { .only($0.name, with: keys.map(\.name)) } + rules
  }
  /// The shape of a list that is a predicate.
  static let list = forms.compactMap { form -> ListShape? in
    if case .list(let shape, _) = form { shape } else { nil }
  }.first
  /// How predicates may be written, for a message.
  static let example =
    forms.flatMap { form -> [String] in
      guard case .mapping(_, _, _, let examples, _) = form else { return [] }
      return examples.map { "{\($0.name): …}" }
    }.joined(separator: ", ") + ", " + ScalarShape.choice(of: words.map(\.word))

  /// The predicate that a node writes; nil where it writes none, or writes it wrongly.
  static func predicate(_ node: YAMLNode, _ maker: inout ScenarioMaker) -> (any Predicate)? {
    for form in forms {
      switch (form, node.content) {
      case (.word(let word, let make), .scalar(let text)) where text == word.word: return make()
      case (.list(_, let make), .sequence(let elements)): return make(elements, &maker)
      case (.mapping(let keys, _, _, _, let make), .mapping)
      where keys.contains { node[$0] != nil }:
        return make(node, &maker)
      case (.word, _), (.list, _), (.mapping, _): continue
      }
    }
    return nil
  }
}
