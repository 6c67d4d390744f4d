import SourceYAML

/// What decides whether a step is played.
public indirect enum Condition: Sendable {
  /// Both texts are the same.
  case equal(ValueText, ValueText)
  /// The model says so: `rebootsByItself`.
  case modelRebootsByItself
  /// The model's flow says that it is always so; nothing is looked for.
  case flow(FlowWay)
  /// The expectation holds on the next frames, within its time.
  case seen(Expectation)
  /// The other does not hold.
  case not(Condition)

  /// The texts that the condition itself refers to values in, without those of its expectations.
  public var texts: [ValueText] {
    switch self {
    case .equal(let first, let second): [first, second]
    case .modelRebootsByItself, .flow, .seen: []
    case .not(let other): other.texts
    }
  }

  /// What the condition looks for.
  public var expectations: [Expectation] {
    switch self {
    case .equal, .modelRebootsByItself, .flow: []
    case .seen(let expectation): [expectation]
    case .not(let other): other.expectations
    }
  }

  /// The ways of the model's flow that the condition asks for.
  public var ways: [FlowWay] {
    switch self {
    case .equal, .modelRebootsByItself, .seen: []
    case .flow(let way): [way]
    case .not(let other): other.ways
    }
  }

  /// The value that the condition always has; nil where a run decides.
  var constant: Bool? {
    switch self {
    case .equal(let first, let second): first.equals(second)
    case .modelRebootsByItself, .flow: nil
    case .seen(let expectation): expectation.predicate.meaning.constant
    case .not(let other): other.constant.map { !$0 }
    }
  }
}

extension Condition {
  private static let rebootsByItself = WordShape(
    "rebootsByItself", "The model says that it restarts by itself after a password reset.",
    example: "- {power: cycle, when: {not: rebootsByItself}}")
  private static let equal = FieldShape("equal", Equal.pair, "Both texts are the same.")
    .shown(by: "- {wait: 5s, when: {equal: [\"${mode}\", slow]}}")
  private static let seen = FieldShape(
    "seen", .expectation, "The expectation holds in its time."
  ).shown(by: "- {click: {label: close}, when: {seen: {label: close, within: 2s}}}")
  private static let not = FieldShape("not", .condition, "The other does not hold.")
    .shown(by: "- {power: cycle, when: {not: rebootsByItself}}")
  private static let flow = FieldShape(
    "flow", FlowWay.shape,
    "The model's flow says that it is always so. Nothing is looked for, as where what is seen can't tell "
      + "it: a message's button and a page's may say the same."
  ).shown(by: "- {click: {label: acknowledge}, when: {flow: {refusals: message}}}")
  private static let fields = [equal, flow, seen, not]

  /// How a condition is written.
  static let shape = Shape.forms(
    FormsShape(
      "a condition", example: "rebootsByItself, {equal: [a, b]}, {flow: …}, {seen: …} or {not: …}",
      words: [rebootsByItself],
      mapping: .object(
        ObjectShape(
          "a condition", fields,
          rules: [
            .atMostOne(of: fields.map(\.name)),
            .atLeastOne(of: fields.map(\.name), what: "anything to hold"),
          ]))))

  /// The condition that a node writes.
  static func condition(_ node: YAMLNode, _ maker: inout ScenarioMaker) -> Condition? {
    if node.text == rebootsByItself.word { return .modelRebootsByItself }
    if let texts = node[equal] { return maker.pair(texts).map { .equal($0, $1) } }
    if let flow = node[flow] { return FlowWay.way(flow).map { .flow($0) } }
    if let seen = node[seen] { return maker.expectation(seen, within: nil).map { .seen($0) } }
    if let other = node[not] { return condition(other, &maker).map { .not($0) } }
    return nil
  }
}
