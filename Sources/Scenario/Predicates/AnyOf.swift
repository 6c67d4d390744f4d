import SourceYAML

/// `any`: at least one holds.
public struct AnyOf: Predicate {
  /// Of what one must hold.
  public var parts: [any Predicate]

  /// A few words for reports.
  public var summary: String { "(" + parts.map(\.summary).joined(separator: " or ") + ")" }

  /// What it needs.
  public var needs: Needs {
    let canHold = parts.contains { $0.needs.supply == .indifferent }
    return .joined(parts, supply: canHold ? .indifferent : .needed)
  }

  /// What follows if it holds.
  public var meaning: Meaning { .any(parts.map(\.meaning)) }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    parts.map { $0.words(wording) }.joined(separator: " or ")
  }
}

extension AnyOf: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .key(
      FieldShape("any", .list(AllOf.list), "At least one must hold.")
        .shown(by: "- expect: {any: [{label: logIn}, {image: menu-bar}]}"), isExample: true
    ) { value, maker in
      maker.predicates(value.elements).map { AnyOf(parts: $0) }
    }
  ]
}
