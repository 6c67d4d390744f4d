public import SourceYAML

/// `either`: whatever is seen first decides what is done next.
public struct Either: Action {
  /// What may be seen, in the order in which it is looked for.
  public var branches: [Branch]
  /// What is done if none of it is seen in time; nil means that something must be.
  public var otherwise: [Step]?

  /// What a step is called that its file gives no name.
  public var summary: String { "Either" }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [], supply: .indifferent, plays: .branches(branches, otherwise: otherwise))
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    let parts =
      branches.map { wording.words($0.expectation) } + (otherwise == nil ? [] : ["otherwise"])
    return "go by what is seen first: \(parts.joined(separator: "; "))"
  }
}

/// One of several things that may be seen, and what is done then.
public struct Branch: Sendable {
  /// What must be seen; its `within` counts from the start of the `either`.
  public var expectation: Expectation
  /// What is done then; may be empty.
  public var steps: [Step]
  /// The way of recorders that it belongs to; nil where any recorder may lead there.
  public var way: FlowWay?
  /// Where it begins.
  public var location: SourceLocation
}

extension Either: WrittenAction {
  private static let expect = FieldShape("expect", .expectation, "What must be seen.")
  private static let within = FieldShape(
    "within", .duration, "By when, counted from the start of the either.")
  private static let then = FieldShape("then", .steps, "What is done then.")
  private static let flow = FieldShape(
    "flow", FlowWay.shape,
    "The way that this branch is: one that the model's flow does not declare is failed, and so is one "
      + "that it does and that was not seen.")
  private static let otherwise = FieldShape(
    "otherwise", .steps, "What is done if nothing was seen in time.")

  private static let branch = ObjectShape(
    "a branch", [expect, within, flow, then, otherwise],
    rules: [
      .atMostOne(of: [expect.name, otherwise.name]),
      .atLeastOne(of: [expect.name, otherwise.name], what: "an expectation"),
      .only(within.name, with: [expect.name]),
      .only(then.name, with: [expect.name]), .only(flow.name, with: [expect.name]),
    ])

  static let forms = [
    ActionForm(
      FieldShape(
        "either", .list(ListShape(.object(branch), what: "a list of branches")),
        "Whatever is seen first decides what is done next."
      ).shown(
        by: """
          - either:
              - expect: {label: logIn}
                then: {click: {label: logIn}}
              - expect: {label: terms}
                flow: asksForConsent
                then: {click: {label: accept}}
              - otherwise: {rightClick: centre}
            within: 10s
          """), borrowed: [StepKeys.within]
    ) { value, step, maker in
      value.elements.map { either($0, within: step[StepKeys.within], &maker) }
    }
  ]

  private static func either(
    _ nodes: [YAMLNode], within limit: YAMLNode?, _ maker: inout ScenarioMaker
  ) -> Either {
    var either = Either(branches: [], otherwise: nil)
    for (index, node) in nodes.enumerated() {
      if let last = node[otherwise] {
        if index + 1 < nodes.count, either.otherwise == nil {
          maker.report(
            nodes[index + 1].location, "this branch is never reached",
            remedy: "write otherwise last; it takes all that is left")
        }
        either.otherwise = maker.steps(last)
      } else if let expected = node[expect] {
        let expectation = maker.expectation(expected, within: node[within] ?? limit)
        let steps = maker.steps(node[then])
        guard let expectation else { continue }
        either.branches.append(
          Branch(
            expectation: expectation, steps: steps, way: node[flow].flatMap { FlowWay.way($0) },
            location: node.location))
      }
    }
    return either
  }
}
