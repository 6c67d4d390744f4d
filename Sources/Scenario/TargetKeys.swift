import SourceYAML

/// How places are written.
enum TargetKeys {
  static let image = FieldShape("image", .name, "A reference image of the model.")
  static let label = FieldShape("label", .name, "A wording of the model.")
  static let text = FieldShape("text", .text, "Words as they are.")
  static let anyOf = FieldShape(
    "anyOf", .list(ListShape(.target, what: "a list of targets")),
    "Any one of several, drawn by the run's seed.")
  static let group = FieldShape("group", .name, "Any one of a group of the model.")
  static let point = FieldShape(
    "point",
    .list(ListShape(.scalar(.coordinate), counts: 2...2, what: "a point [x, y]")),
    "A place on the screen, in pixels or as shares.")
  static let region = FieldShape("in", .region, "Where to look.")
  static let gap = FieldShape(
    "gap", .scalar(.integer(0...10_000)), "How far past the edge, in pixels; 12 if left out.")

  /// The middle of the screen, as a word.
  static let centre = "centre"

  /// What can be seen.
  static let sights = [image, label, text, anyOf, group]

  /// Places beside others.
  static let sides: [(key: FieldShape, side: Side)] = [
    (side(.below, "Just past the other target's bottom edge."), .below),
    (side(.above, "Just past its top edge."), .above),
    (side(.leftOf, "Just past its left edge."), .leftOf),
    (side(.rightOf, "Just past its right edge."), .rightOf),
  ]

  private static func side(_ side: Side, _ about: String) -> FieldShape {
    FieldShape(side.rawValue, .target, about)
  }

  /// The keys of which a place has one.
  static let kinds: [FieldShape] = [image, label, text, point] + sides.map(\.key) + [anyOf, group]

  // MARK: Shapes

  static let regionShape = Shape.forms(
    FormsShape(
      "a region", example: "the name of a region, or [x, y, width, height]",
      scalar: .name,
      list: .list(
        ListShape(
          .scalar(.integer(0...100_000)), counts: 4...4,
          what: "a rectangle [x, y, width, height]"))))

  static let target = Shape.forms(
    FormsShape(
      "a target",
      example: "centre, or one of {image: …}, {label: …}, {text: …}, {point: […]}, {below: …}",
      scalar: .scalar(.word([centre])), mapping: .place))

  static let place = Shape.object(
    ObjectShape(
      "a target", sights + [point] + sides.map(\.key) + [gap, region],
      rules: [
        .atMostOne(of: names(kinds)), .atLeastOne(of: names(kinds), what: "a place"),
        .only(gap.name, with: names(sides.map(\.key))), .only(region.name, with: names(sights)),
      ]))

  static let sight = Shape.object(
    ObjectShape(
      "a thing to see", sights + [region],
      rules: [
        .atMostOne(of: names(sights)), .atLeastOne(of: names(sights), what: "anything to see"),
        .only(region.name, with: names(sights)),
      ]))

  private static func names(_ fields: [FieldShape]) -> [String] { fields.map(\.name) }
}
