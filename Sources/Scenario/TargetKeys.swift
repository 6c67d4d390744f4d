import Frames
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
  static let near = FieldShape(
    "near", .scalar(.word(ScreenPart.allCases.map(\.rawValue))),
    "The third of the screen to look in, in place of in."
  ).shown(by: "- expect: {text: \"Street\", near: bottom}")
  static let nth = FieldShape(
    "nth", .scalar(.integer(1...100)),
    "Which one of several that look the same, in reading order; of says how many there are."
  ).shown(by: "- click: {text: \"Edit\", nth: 2, of: 4}")
  static let count = FieldShape(
    "of", .scalar(.integer(2...100)),
    "How many there must be: with more or fewer of them nobody knows which one is meant."
  ).shown(by: "- expect: {text: \"Edit\", nth: 4, of: 4}")
  static let around = FieldShape.required(
    "around", .reference("anchor"),
    "What the box is drawn around: the smallest with four straight sides."
  ).shown(by: "- click: {text: \"OK\", in: {around: {label: success}}}")
  static let gap = FieldShape(
    "gap", .scalar(.integer(0...10_000)), "How far past the edge, in pixels; 12 if left out.")

  static let centre = WordShape(
    "centre", "The middle of the screen.", example: "- rightClick: centre")
  static let dismissKeyboard = WordShape(
    "dismiss-keyboard",
    "Where a click puts the on-screen keyboard away: where the model says, or just below it.",
    example: "- click: dismiss-keyboard")

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

  /// Where a thing to see is looked for.
  static let wheres = [region, near]

  static let whereRules: [ObjectRule] =
    [.atMostOne(of: names(wheres))] + wheres.map { .only($0.name, with: names(sights)) }

  /// Which of several that look the same.
  static let choice = [nth, count]

  static let choiceRules: [ObjectRule] = [
    .only(nth.name, with: [count.name]), .only(count.name, with: [nth.name]),
    .only(nth.name, with: names([image, label, text])),
  ]

  // MARK: Shapes

  static let regionShape = Shape.forms(
    FormsShape(
      "a region",
      example: "the name of a region, [x, y, width, height] or {around: {label: …}}",
      scalar: .nameOrValue,
      list: .list(
        ListShape(
          .scalar(.integer(0...100_000)), counts: 4...4,
          what: "a rectangle [x, y, width, height]")),
      mapping: .object(ObjectShape("a region", [around]))))

  static let anchor = Shape.object(
    ObjectShape(
      "an image or label", [image, label],
      rules: [
        .atMostOne(of: names([image, label])),
        .atLeastOne(of: names([image, label]), what: "a name"),
      ]))

  static let target = Shape.forms(
    FormsShape(
      "a target",
      example: "centre, or one of {image: …}, {label: …}, {text: …}, {point: […]}, {below: …}",
      words: [centre, dismissKeyboard], mapping: .place))

  static let place = Shape.object(
    ObjectShape(
      "a target", sights + [point] + sides.map(\.key) + [gap] + wheres + choice,
      rules: [
        .atMostOne(of: names(kinds)), .atLeastOne(of: names(kinds), what: "a place"),
        .only(gap.name, with: names(sides.map(\.key))),
      ] + whereRules + choiceRules))

  static let sight = Shape.object(
    ObjectShape(
      "a thing to see", sights + wheres + choice,
      rules: [
        .atMostOne(of: names(sights)), .atLeastOne(of: names(sights), what: "anything to see"),
      ] + whereRules + choiceRules))

  private static func names(_ fields: [FieldShape]) -> [String] { fields.map(\.name) }
}
