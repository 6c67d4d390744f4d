import SourceYAML

/// `type`: text goes into a field of the model through the recorder's on-screen keyboard.
public struct TypeText: Action {
  /// The field, by its name in the model.
  public var field: ValueText
  /// What is typed in place of what stands there; nothing empties the field.
  public var text: ValueText

  /// What a step is called that its file gives no name.
  public var summary: String { "Type into \(field.asWritten)" }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [.screen, .mouse], supply: .needed,
      ofModel: [.named(.field, field), .keys(for: text)], texts: [text])
  }

  /// What it does; what a sensitive step types is not said, not even where it is no reference.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    if text.constant?.isEmpty == true { return "empty the field \(field.asWritten)" }
    let what = isSensitive ? "a secret" : wording.words(text)
    return "type \(what) into the field \(field.asWritten)"
  }
}

extension TypeText: WrittenAction {
  private static let into = FieldShape.required("into", .nameOrValue, "The field of the model.")
  private static let text = FieldShape.required(
    "text", .scalar(.anyText),
    "What is typed, in place of what stands there; ${name} stands for a value, and nothing in quotes "
      + "empties the field.")

  static let forms = [
    ActionForm(
      FieldShape(
        "type", .object(ObjectShape("type", [into, text])),
        "Types text through the recorder's on-screen keyboard."
      ).shown(by: "- type: {into: secureCode, text: \"${code}\"}")
    ) { value, _, maker in
      let what = value[text].flatMap { maker.valueText($0) }
      let field = value[into].flatMap { maker.name($0) }
      guard let what, let field else { return nil }
      return TypeText(field: field, text: what)
    }
  ]
}
