import SourceYAML

/// `drag`: the left button is pressed at one place and released at another.
public struct Drag: Action {
  /// Where the button is pressed.
  public var start: Target
  /// Where it is released.
  public var end: Target

  /// What a step is called that its file gives no name.
  public var summary: String { "Drag \(start.summary) to \(end.summary)" }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [.screen, .mouse], supply: .needed, targets: [start, end])
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    "drag from \(wording.words(start)) to \(wording.words(end))"
  }
}

extension Drag: WrittenAction {
  private static let from = FieldShape.required(
    "from", .target, "Where the left button is pressed.")
  private static let to = FieldShape.required("to", .target, "Where it is released.")

  static let forms = [
    ActionForm(
      FieldShape(
        "drag", .object(ObjectShape("drag", [from, to])),
        "Presses the left button at one place and releases it at another."
      ).shown(by: "- drag: {from: {image: slider}, to: {point: [640, 50%]}}")
    ) { value, _, maker in
      let start = value[from].flatMap { maker.target($0) }
      let end = value[to].flatMap { maker.target($0) }
      guard let start, let end else { return nil }
      return Drag(start: start, end: end)
    }
  ]
}
