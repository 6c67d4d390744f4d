import SourceYAML

/// A target by itself: it is there, once.
public struct Seen: Predicate {
  /// What must be there.
  public var target: Target

  /// Creates a predicate.
  public init(target: Target) {
    self.target = target
  }

  /// A few words for reports.
  public var summary: String { "\(target.summary) seen" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [.screen], supply: .needed, targets: [target]) }

  /// What follows if it holds.
  public var meaning: Meaning {
    Meaning(claims: [.picture, .shows(target.summary)], showsRecorder: true)
  }

  /// What must hold.
  public func words(_ wording: Wording) -> String { "see \(wording.words(target))" }
}

extension Seen: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .mapping(
      keys: TargetKeys.sights, companions: TargetKeys.wheres + TargetKeys.choice,
      rules: TargetKeys.whereRules + TargetKeys.choiceRules,
      examples: [TargetKeys.image, TargetKeys.label, TargetKeys.text]
    ) { node, maker in
      maker.sight(node).map { Seen(target: $0) }
    }
  ]
}
