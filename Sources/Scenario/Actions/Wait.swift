import SourceYAML

/// `wait`: time passes.
public struct Wait: Action {
  /// How long.
  public var time: Duration

  /// What a step is called that its file gives no name.
  public var summary: String { "Wait \(DurationText.text(time))" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [], supply: .indifferent) }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "wait \(wording.words(time))"
  }
}

extension Wait: WrittenAction {
  static let forms = [
    ActionForm(FieldShape("wait", .duration, "Lets time pass.").shown(by: "- wait: 1500ms")) {
      value, _, maker in
      guard value.duration != nil else { return nil }
      return Wait(time: maker.limit(value, else: .zero))
    }
  ]
}
