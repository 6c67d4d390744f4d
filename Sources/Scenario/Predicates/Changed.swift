import SourceYAML

/// `changed`: the region differs from the last frame before the action.
public struct Changed: Predicate {
  /// Where; nil means the whole screen.
  public var region: Region?

  /// A few words for reports.
  public var summary: String { "changed" + (region.map { " in \($0.summary)" } ?? "") }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [.screen], supply: .needed,
      ofModel: region?.needs(at: nil) ?? [])
  }

  /// What follows if it holds.
  public var meaning: Meaning { Meaning(claims: [.picture]) }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    "see \(region.map(wording.words) ?? "the picture") change"
  }
}

extension Changed: WrittenPredicate {
  private static let place = FieldShape.required("in", .region, "Where.")
  private static let key = FieldShape(
    "changed", .object(ObjectShape("changed", [place])),
    "The region must differ from the last frame before the action."
  ).shown(by: "- {click: {label: next}, expect: {changed: {in: page}}}")

  static let forms: [PredicateForm] = [
    .word(
      WordShape(
        key.name, "The picture differs from the last frame before the action.",
        example: "- {click: {label: next}, expect: changed}")
    ) { Changed(region: nil) },
    .key(key, isExample: false) { value, maker in
      value[place].flatMap { maker.region($0) }.map { Changed(region: $0) }
    },
  ]
}
