import SourceYAML

/// `rebooting`: the recorder restarts by itself; its signal is lost and its USB host gone while it
/// has power.
public struct Rebooting: Predicate {
  /// A few words for reports.
  public var summary: String { "rebooting" }

  /// What it needs: that its USB host is gone is what tells a restart from a pulled cable.
  public var needs: Needs { Needs(equipment: [.screen, .mouse], supply: .needed) }

  /// What follows if it holds.
  public var meaning: Meaning {
    Meaning(claims: [], concernsSignal: true, saysSignalIsLost: true)
  }

  /// What must hold.
  public func words(_ wording: Wording) -> String { "see the recorder restart by itself" }
}

extension Rebooting: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .word(
      WordShape(
        "rebooting",
        "The recorder restarts by itself: its signal is lost and its USB host gone while it has "
          + "power.", example: "- {click: {label: ok}, expect: rebooting, within: 30s}")
    ) { Rebooting() }
  ]
}
