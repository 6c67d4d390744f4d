import SourceYAML

/// `all`, or a mere list: all hold on one and the same frame.
public struct AllOf: Predicate {
  /// What must hold.
  public var parts: [any Predicate]

  /// A few words for reports.
  public var summary: String { "(" + parts.map(\.summary).joined(separator: " and ") + ")" }

  /// What it needs.
  public var needs: Needs {
    let canHold = parts.allSatisfy { $0.needs.supply == .indifferent }
    return .joined(parts, supply: canHold ? .indifferent : .needed)
  }

  /// What follows if it holds.
  public var meaning: Meaning { .all(parts.map(\.meaning)) }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    parts.map { $0.words(wording) }.joined(separator: " and ")
  }
}

extension AllOf: WrittenPredicate {
  /// Several predicates.
  static let list = ListShape(.predicate, what: "a list of expectations")

  static let forms: [PredicateForm] = [
    .key(
      FieldShape("all", .list(list), "All must hold on the same frame.")
        .shown(by: "- expect: {all: [{label: logIn}, {not: {image: menu-bar}}]}"), isExample: true
    ) { value, maker in
      maker.predicates(value.elements).map { AllOf(parts: $0) }
    },
    .list(list) { elements, maker in
      maker.predicates(elements).map { AllOf(parts: $0) }
    },
  ]
}
