import SourceYAML

/// `signal-lost`: the picture is gone; no signal, no cable or no sync.
public struct SignalLost: Predicate {
  /// A few words for reports.
  public var summary: String { "signal lost" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [.screen], supply: .indifferent) }

  /// What follows if it holds.
  public var meaning: Meaning {
    Meaning(claims: [.noPicture], concernsSignal: true, saysSignalIsLost: true)
  }

  /// What must hold.
  public func words(_ wording: Wording) -> String { "lose the signal" }
}

extension SignalLost: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .word(
      WordShape(
        "signal-lost", "The picture is gone: no signal, no cable or no sync.",
        example: "- {power: off, expect: signal-lost}")
    ) { SignalLost() }
  ]
}
