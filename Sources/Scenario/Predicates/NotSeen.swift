import SourceYAML

/// `not`: the target is nowhere in a live picture.
public struct NotSeen: Predicate {
  /// What must not be there.
  public var target: Target

  /// A few words for reports.
  public var summary: String { "\(target.summary) not seen" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [.screen], supply: .needed, targets: [target]) }

  /// What follows if it holds.
  public var meaning: Meaning { Meaning(claims: [.picture, .lacks(target.summary)]) }

  /// What must hold.
  public func words(_ wording: Wording) -> String { "no longer see \(wording.words(target))" }
}

extension NotSeen: WrittenPredicate {
  static let forms: [PredicateForm] = [
    .key(
      FieldShape("not", .sight, "Something that must not be seen.")
        .shown(by: "- {click: {label: close}, expect: {not: {label: close}}}"), isExample: true
    ) { value, maker in
      maker.sight(value).map { NotSeen(target: $0) }
    }
  ]
}
