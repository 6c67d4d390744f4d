import SourceYAML

/// `recorder`: brings a recorder with a past back to where the next run can begin.
public enum BringBack: String, Action, CaseIterable {
  /// The live view stands, nothing is open, nobody is logged in, and the lab's own password holds, where
  /// the rig names one.
  case baseline

  /// What a step is called that its file gives no name.
  public var summary: String { "Bring the recorder back" }

  /// What it needs; a rig that lacks it leaves the recorder as it is.
  public var needs: Needs { Needs(equipment: [], supply: .indifferent) }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "leave what is open, log out, and bring the password back"
  }
}

extension BringBack: WrittenAction {
  static let forms = [
    ActionForm(
      FieldShape(
        "recorder", .scalar(.word(allCases.map(\.rawValue))),
        "baseline: a recorder with a past is brought back to its live view, nothing open, nobody "
          + "logged in, and to the password that the rig says the lab wants it to have. Where that "
          + "can't be done it is noted, and the next run begins with it."
      ).shown(by: "finally: [{power: restore}, {recorder: baseline}]")
    ) { value, _, _ in value.text.flatMap(BringBack.init) }
  ]
}
