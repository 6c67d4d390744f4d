import SourceYAML

/// `click`, `rightClick`, `doubleClick`: a press and release of a button at a place.
public struct Click: Action {
  /// The button that a click presses.
  public enum Button: String, Sendable, Hashable {
    /// The left button.
    case left
    /// The right button.
    case right
  }

  /// Where.
  public var target: Target
  /// Which button.
  public var button: Button
  /// How often in a row.
  public var count: Int

  /// What a step is called that its file gives no name.
  public var summary: String {
    "\(button == .right ? "Right-click" : count == 2 ? "Double-click" : "Click") \(target.summary)"
  }

  /// What it needs.
  public var needs: Needs {
    Needs(equipment: [.screen, .mouse], supply: .needed, targets: [target])
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    let click = button == .right ? "right-click" : "click"
    return "\(count == 2 ? "double-\(click)" : click) \(wording.words(target))"
  }
}

extension Click: WrittenAction {
  static let forms = [
    form(
      "click", .left, 1, "Clicks the left button there.",
      example: """
        - name: Hand it in
          click: {label: ok}
          expect: {not: {label: ok}}
          attempts: 2
        """),
    form(
      "rightClick", .right, 1, "Clicks the right button there.",
      example: """
        - rightClick: centre
          expect: {image: menu-bar}
        """),
    form(
      "doubleClick", .left, 2, "Clicks the left button there twice.",
      example: """
        - doubleClick: {text: Camera 1}
          expect: changed
        """),
  ]

  private static func form(
    _ key: String, _ button: Button, _ count: Int, _ about: String, example: String
  ) -> ActionForm {
    ActionForm(FieldShape(key, .target, about).shown(by: example)) { value, _, maker in
      maker.target(value).map { Click(target: $0, button: button, count: count) }
    }
  }
}
