import SourceYAML

/// How expectations are written.
enum ExpectationFormat {
  private static let within = FieldShape(
    "within", .duration, "How long it may take; 5s if left out.")

  /// The shape of a predicate.
  static let predicate = shape([])

  /// The shape of an expectation: a predicate that may say by when.
  static let expectation = shape([within])

  private static func shape(_ fields: [FieldShape]) -> Shape {
    .forms(
      FormsShape(
        "an expectation", example: PredicateRegistry.example,
        words: PredicateRegistry.words,
        list: PredicateRegistry.list.map { .list($0) },
        mapping: .object(
          ObjectShape(
            "an expectation", PredicateRegistry.fields + fields,
            rules: [
              .atMostOne(of: PredicateRegistry.keys),
              .atLeastOne(of: PredicateRegistry.keys, what: "anything to hold"),
            ] + PredicateRegistry.companionRules))))
  }

  /// What must hold; `within` may stand beside it or in it.
  static func expectation(
    _ node: YAMLNode, within limit: YAMLNode?, _ maker: inout ScenarioMaker
  ) -> Expectation? {
    if let inner = node[within], let limit {
      maker.report(
        inner.location,
        "\"\(within.name)\" is given here and at line \(limit.location.line)",
        remedy: "keep one")
    }
    let time = maker.limit(node[within] ?? limit, else: ScenarioParser.defaultWithin)
    guard let predicate = PredicateRegistry.predicate(node, &maker) else { return nil }
    if predicate.meaning.leastTime > time {
      maker.report(
        node.location,
        "\(predicate.summary) can't be seen within \(DurationText.text(time))",
        remedy: "write a longer within")
    }
    return Expectation(predicate: predicate, within: time, location: node.location)
  }
}

extension ScenarioMaker {
  mutating func expectation(_ node: YAMLNode, within: YAMLNode?) -> Expectation? {
    ExpectationFormat.expectation(node, within: within, &self)
  }

  /// The predicates of a list; nil where there are none.
  mutating func predicates(_ nodes: [YAMLNode]?) -> [any Predicate]? {
    let parts = (nodes ?? []).compactMap { PredicateRegistry.predicate($0, &self) }
    return parts.isEmpty ? nil : parts
  }

  /// Two texts to compare.
  mutating func pair(_ node: YAMLNode) -> (ValueText, ValueText)? {
    guard let texts = node.elements, texts.count == 2, let first = valueText(texts[0]),
      let second = valueText(texts[1])
    else { return nil }
    return (first, second)
  }
}
