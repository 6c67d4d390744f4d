import SourceYAML

/// How places are written.
enum TargetKeys {
  static let image = FieldShape("image", .nameOrValue, "A reference image of the model.")
    .shown(by: "- expect: {image: menu-bar, in: bottom}")
  static let label = FieldShape("label", .nameOrValue, "A wording of the model.")
    .shown(by: "- click: {label: forgotPassword}")
  static let text = FieldShape("text", .text, "Words as they are.")
    .shown(by: "- expect: {text: \"Firmware ${version}\", in: [0, 0, 640, 80]}")
  static let anyOf = FieldShape(
    "anyOf", .list(ListShape(.target, what: "a list of targets")),
    "Any one of several, drawn by the run's seed."
  ).shown(by: "- click: {anyOf: [{image: camera-1}, {image: camera-2}]}")
  static let group = FieldShape("group", .nameOrValue, "Any one of a group of the model.")
    .shown(by: "- click: {group: menu-icons}")
  static let point = FieldShape(
    "point",
    .list(ListShape(.scalar(.coordinate), counts: 2...2, what: "a point [x, y]")),
    "A place on the screen, in pixels or as shares."
  ).shown(by: "- move: {point: [640, 50%]}")
  static let region = FieldShape("in", .region, "Where to look.")
  static let gap = FieldShape(
    "gap", .scalar(.integer(0...10_000)), "How far past the edge, in pixels; 12 if left out.")

  static let centre = WordShape(
    "centre", "The middle of the screen.", example: "- rightClick: centre")

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
      .shown(by: "- click: {\(side.rawValue): {image: keyboard}, gap: 12}")
  }

  /// The keys of which a place has one.
  static let kinds: [FieldShape] = [image, label, text, point] + sides.map(\.key) + [anyOf, group]

  // MARK: Shapes

  static let regionShape = Shape.forms(
    FormsShape(
      "a region", example: "the name of a region, or [x, y, width, height]",
      scalar: .nameOrValue,
      list: .list(
        ListShape(
          .scalar(.integer(0...100_000)), counts: 4...4,
          what: "a rectangle [x, y, width, height]"))))

  static let target = Shape.forms(
    FormsShape(
      "a target",
      example: "centre, or one of {image: …}, {label: …}, {text: …}, {point: […]}, {below: …}",
      words: [centre], mapping: .place))

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
