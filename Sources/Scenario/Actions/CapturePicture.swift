import SourceYAML

/// `capture`: the picture is kept in the run folder under a name.
public struct CapturePicture: Action {
  /// The name.
  public var name: String

  /// What a step is called that its file gives no name.
  public var summary: String { "Capture \(name)" }

  /// What it needs.
  public var needs: Needs { Needs(equipment: [.screen], supply: .indifferent) }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "keep the picture as \(name)"
  }
}

extension CapturePicture: WrittenAction {
  static let forms = [
    ActionForm(
      FieldShape("capture", .name, "Keeps the picture in the run folder under this name.")
        .shown(by: "- capture: after-the-reset")
    ) { value, _, _ in
      value.text.map { CapturePicture(name: $0) }
    }
  ]
}
