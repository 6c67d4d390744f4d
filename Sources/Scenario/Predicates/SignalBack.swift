import SourceYAML

/// `signal-back`: a live picture is there again.
public struct SignalBack: Predicate {
  /// A few words for reports.
  public var summary: String { "signal back" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [.screen], supply: .needed) }

  /// What follows if it holds.
  public var meaning: Meaning { Meaning(claims: [.picture], concernsSignal: true) }

  /// What must hold.
  public func words(_ wording: Wording) -> String { "have a picture again" }
}

extension SignalBack: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .word(
      WordShape(
        "signal-back", "A live picture is there again.",
        example: "- {power: cycle, expect: signal-back, within: 90s}")
    ) { SignalBack() }
  ]
}
