public import Frames
import SourceYAML

/// A text field of a model: where it lies, and how it shows what was typed.
public struct FieldDescription: Sendable, Hashable {
  /// Where a field lies.
  public enum Place: Sendable, Hashable {
    /// Always there, in pixels of the model's screen.
    case box(PixelRect)
    /// Beside a label, wherever that stands: the box that is drawn there.
    case beside(Side, label: String)
  }

  /// On which side of its label a field lies.
  public enum Side: String, Sendable, CaseIterable {
    /// To its right, on the same line.
    case rightOf
    /// Below it, at its left edge.
    case below
  }

  /// Where it lies.
  public var place: Place
  /// How it shows what was typed.
  public var display: TextField.Display
  /// The words that stand in it while nothing is typed; nil where none do.
  public var placeholder: String?

  /// Creates a field.
  public init(place: Place, display: TextField.Display, placeholder: String? = nil) {
    self.place = place
    self.display = display
    self.placeholder = placeholder
  }

  /// Creates a field that always lies in one place.
  public init(box: PixelRect, display: TextField.Display) {
    self.init(place: .box(box), display: display)
  }

  /// The label that stands where the field is there: the one that it lies beside, or that of its own
  /// name; nil where the model has none.
  ///
  /// - Parameters:
  ///   - name: the field's name.
  ///   - model: its model.
  /// - Returns: the label's key.
  public func label(named name: String, of model: RecorderModel) -> String? {
    switch place {
    case .beside(_, let label): label
    case .box: model.labels[name] == nil ? nil : name
    }
  }
}

extension FieldDescription {
  private static let box = FieldShape(
    "box",
    .list(
      ListShape(
        .scalar(.integer(0...100_000)), counts: 4...4, what: "a rectangle [x, y, width, height]")),
    "The inside of the field, where that is always the same.")
  /// What is looked for beside a label.
  private static let drawn =
    "It is the first box drawn there that has an even ground and four sides that can be seen, higher "
    + "than the words but at most 4.5 times as high, and at least twice as wide as high. gantry read "
    + "--model --field tries it on a picture; where it sees none, write box."
  private static let sides: [(key: FieldShape, side: Side)] = [
    (
      FieldShape(
        Side.rightOf.rawValue, .scalar(.name),
        "The label that it lies to the right of, wherever that stands. \(drawn)"), .rightOf
    ),
    (
      FieldShape(
        Side.below.rawValue, .scalar(.name),
        "The label that it lies below, wherever that stands: it begins, ends or has its middle about "
          + "where the label does. \(drawn)"), .below
    ),
  ]
  private static let shows = FieldShape.required(
    "shows", .scalar(.word(TextField.Display.allCases.map(\.rawValue))),
    "How it shows what was typed."
  ).formerly("display", before: 2)

  private static let placeholder = FieldShape(
    "placeholder", .scalar(.text),
    "The words that stand in it while nothing is typed: with them it counts as empty."
  ).shown(
    by: """
      labels: {newPassword: New Password}
      fields:
        newPassword: {below: newPassword, shows: dots, placeholder: At least 8 characters}
      """)

  private static let places = [box] + sides.map(\.key)

  /// How it is written.
  static let shape = Shape.object(
    ObjectShape(
      "a field", places + [shows, placeholder],
      rules: [
        .atMostOne(of: places.map(\.name)), .atLeastOne(of: places.map(\.name), what: "a place"),
      ]))

  /// What a node writes; nil where it is written wrongly.
  ///
  /// - Parameters:
  ///   - node: the node.
  ///   - rectangle: reads a rectangle.
  init?(_ node: YAMLNode, rectangle: (YAMLNode) -> PixelRect?) {
    guard let display = node[Self.shows]?.text.flatMap(TextField.Display.init) else { return nil }
    let placeholder = node[Self.placeholder]?.text
    if let box = node[Self.box].flatMap(rectangle) {
      self.init(place: .box(box), display: display, placeholder: placeholder)
      return
    }
    for (key, side) in Self.sides {
      guard let label = node[key]?.text else { continue }
      self.init(
        place: .beside(side, label: label), display: display, placeholder: placeholder)
      return
    }
    return nil
  }

  /// Where a node names the label that the field lies beside.
  static func label(of node: YAMLNode) -> YAMLNode? {
    sides.compactMap { node[$0.key] }.first
  }
}
