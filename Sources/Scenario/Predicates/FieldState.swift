import SourceYAML

/// `empty` and `filled`: a text field is there, and something stands in it or not.
public struct FieldState: Predicate {
  /// The field, by its name in the model.
  public var field: ValueText
  /// Whether something must stand in it.
  public var isFilled: Bool

  /// A few words for reports.
  public var summary: String {
    "field \(field.source) \(isFilled ? "filled" : "empty")"
  }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [.screen], supply: .needed, ofModel: [.visibleField(field)])
  }

  /// What follows if it holds.
  public var meaning: Meaning {
    Meaning(
      claims: [
        .picture, .shows(summary), .lacks("field \(field.source) \(isFilled ? "empty" : "filled")"),
      ], showsRecorder: true)
  }

  /// What must hold.
  public func words(_ wording: Wording) -> String {
    "see the field \(field.asWritten) with \(isFilled ? "something" : "nothing") in it"
  }
}

extension FieldState: WrittenPredicate {
  static let forms = [
    form(
      "empty", isFilled: false, "A text field of the model that is there, with nothing in it.",
      example: "- {expect: {empty: newPassword}, within: 10s}"),
    form(
      "filled", isFilled: true, "A text field of the model that is there, with something in it.",
      example: "- {type: {into: secureCode, text: \"${code}\"}, expect: {filled: secureCode}}"),
  ]

  private static func form(
    _ key: String, isFilled: Bool, _ about: String, example: String
  ) -> PredicateForm {
    .key(FieldShape(key, .nameOrValue, about).shown(by: example), isExample: false) {
      value, maker in
      maker.name(value).map { FieldState(field: $0, isFilled: isFilled) }
    }
  }
}
