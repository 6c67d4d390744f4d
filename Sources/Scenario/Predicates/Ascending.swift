import SourceYAML

/// `ascending`: none of several dates, numbers or versions is less than the one before it; judged
/// once, without a frame.
public struct Ascending: Predicate {
  /// The values, the least first.
  public var values: [ValueText]
  /// How far the last may be from the first, in days for dates; nil for any way.
  public var atMost: Int?

  /// A few words for reports.
  public var summary: String {
    values.map { "\"\($0.source)\"" }.joined(separator: ", ") + " ascending"
  }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [], supply: .indifferent, texts: values)
  }

  /// What follows if it holds.
  public var meaning: Meaning { Meaning(constant: nil, claims: [], needsNoFrame: true) }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    "find \(values.map(wording.words).joined(separator: ", ")) ascending"
      + (atMost.map { ", \($0) apart at most" } ?? "")
  }
}

extension Ascending: WrittenPredicate {
  private static let list = Shape.list(
    ListShape(.scalar(.anyText), counts: 2...100, what: "a list of texts"))
  private static let values = FieldShape.required("values", list, "The values, the least first.")
  private static let atMost = FieldShape(
    "atMost", .scalar(.integer(0...1_000_000)),
    "How far the last may be from the first, in days for dates; any way if left out.")

  static let forms: [PredicateForm] = [
    .key(
      FieldShape(
        "ascending",
        .forms(
          FormsShape(
            "ascending values", example: "[value, value], or {values: […], atMost: 1}",
            list: list, mapping: .object(ObjectShape("ascending values", [values, atMost])))),
        "No date, number or version may be less than the one before it; `read` says what they are."
      ).shown(by: "- expect: {ascending: {values: [\"${before}\", \"${after}\"], atMost: 1}}"),
      isExample: false
    ) { value, maker in
      let texts = (value.elements ?? value[values]?.elements ?? []).compactMap {
        maker.valueText($0)
      }
      guard texts.count > 1 else { return nil }
      return Ascending(values: texts, atMost: value[atMost]?.integer)
    }
  ]
}
