import SourceYAML

/// `equal`: two texts are the same; judged once, without a frame.
public struct Equal: Predicate {
  /// The one.
  public var first: ValueText
  /// The other.
  public var second: ValueText

  /// A few words for reports.
  public var summary: String { "\"\(first.source)\" equal to \"\(second.source)\"" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [], supply: .indifferent, texts: [first, second])
  }

  /// What follows if it holds.
  public var meaning: Meaning {
    Meaning(constant: first.equals(second), claims: [], needsNoFrame: true)
  }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    "find \(wording.words(first)) to be \(wording.words(second))"
  }
}

extension Equal: WrittenPredicate {
  /// Two texts.
  static let pair = Shape.list(
    ListShape(.scalar(.anyText), counts: 2...2, what: "a list of two texts"))

  static let forms: [PredicateForm] = [
    .key(
      FieldShape("equal", pair, "Two texts must be the same.")
        .shown(by: "- expect: {equal: [\"${shown}\", \"${run.firmware}\"]}"), isExample: false
    ) { value, maker in
      maker.pair(value).map { Equal(first: $0.0, second: $0.1) }
    }
  ]
}

extension ValueText {
  /// Whether two texts are always the same, or never; nil where values decide.
  func equals(_ other: ValueText) -> Bool? {
    if segments == other.segments { return true }
    guard let first = constant, let second = other.constant else { return nil }
    return first == second
  }
}
