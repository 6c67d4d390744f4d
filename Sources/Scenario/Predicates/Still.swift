import SourceYAML

/// `still`: nothing but what is always alive moves or fades in the region for a time.
public struct Still: Predicate {
  /// Where; nil means the whole screen.
  public var region: Region?
  /// How long.
  public var time: Duration

  /// A few words for reports.
  public var summary: String {
    "still for \(DurationText.text(time))" + (region.map { " in \($0.summary)" } ?? "")
  }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [.screen], supply: .needed,
      ofModel: region?.needs(at: nil) ?? [])
  }

  /// What follows if it holds.
  public var meaning: Meaning { Meaning(claims: [.picture], leastTime: time) }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    "see nothing move\(region.map { " in \(wording.words($0))" } ?? "")"
      + " for \(wording.words(time))"
  }
}

extension Still: WrittenPredicate {
  private static let length = FieldShape.required("for", .duration, "How long.")
  private static let place = FieldShape(
    "in", .region, "Where; the whole screen if left out.")

  static let forms: [PredicateForm] = [
    .key(
      FieldShape(
        "still",
        .forms(
          FormsShape(
            "a time of stillness", example: "500ms, or {for: 500ms, in: region}",
            scalar: .duration, mapping: .object(ObjectShape("still", [length, place])))),
        "Nothing may move or fade for a time; for a second at least, where within leaves that much, "
          + "since in less a slow fade looks still."
      ).shown(by: "- {expect: {still: {for: 1s, in: dialog}}, within: 10s}"), isExample: true
    ) { value, maker in
      let region = value[place].flatMap { maker.region($0) }
      guard let time = value.duration ?? value[length]?.duration else { return nil }
      return Still(region: region, time: time)
    }
  ]
}
