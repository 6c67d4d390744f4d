import SourceYAML

/// `move`: the pointer is brought to a place.
public struct Move: Action {
  /// Where.
  public var target: Target

  /// What a step is called that its file gives no name.
  public var summary: String { "Move to \(target.summary)" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [.screen, .mouse], supply: .needed, targets: [target])
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "move the pointer to \(wording.words(target))"
  }
}

extension Move: WrittenAction {
  static let forms = [
    ActionForm(
      FieldShape("move", .target, "Brings the pointer there.")
        .shown(by: "- move: {point: [50%, 20]}")
    ) { value, _, maker in
      maker.target(value).map { Move(target: $0) }
    }
  ]
}
