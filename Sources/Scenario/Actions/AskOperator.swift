public import SourceYAML

/// `operator`: a person is asked to do something that only a person can do, and to confirm it.
public struct AskOperator: Action {
  /// What the person is asked to do.
  public var ask: ValueText
  /// How long the person has to confirm, on the wall clock.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// What a step is called that its file gives no name.
  public var summary: String { "Ask the operator" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [], supply: .indifferent, shown: [ask], tests: true)
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "ask the operator: \(ask.asWritten)"
  }
}

extension AskOperator: WrittenAction {
  private static let ask = FieldShape.required(
    "ask", .text, "What a person is to do and to confirm.")
  private static let within = FieldShape(
    "within", .duration, "How long the person has; 10m if left out.")

  static let forms = [
    ActionForm(
      FieldShape(
        "operator", .object(ObjectShape("operator", [ask, within])),
        "Asks a person; skipped in an unattended run."
      ).shown(by: "- operator: {ask: Put the disk back in., within: 10m}")
    ) { value, _, maker in
      guard let text = value[ask].flatMap({ maker.valueText($0) }) else { return nil }
      // A person's time runs on the wall, the whole run's on the bench.
      let time = value[within]?.duration ?? .seconds(600)
      return AskOperator(ask: text, within: time, location: value.location)
    }
  ]
}
