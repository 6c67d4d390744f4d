import SourceYAML

extension ScenarioMaker {
  /// What a step does, and where its value stands; nil where it only looks, or says it wrongly.
  mutating func action(of step: YAMLNode) -> (Action?, SourceLocation?) {
    guard let entry = step.entries.first(where: { ScenarioFormat.actions.contains($0.key) }) else {
      return (nil, nil)
    }
    let value = entry.value
    let action: Action? =
      switch entry.key {
      case "click": target(value).map { .click($0, button: .left, count: 1) }
      case "rightClick": target(value).map { .click($0, button: .right, count: 1) }
      case "doubleClick": target(value).map { .click($0, button: .left, count: 2) }
      case "move": target(value).map { .move($0) }
      case "drag": drag(value)
      case "scroll": scroll(value)
      case "type": typing(value)
      case "power": power(value)
      case "mail": .mail(mail(value))
      case "read": read(value).map { .read($0) }
      case "wait": wait(value)
      case "capture": value.text.map { .capture($0) }
      case "operator": request(value)
      case "use": use(value, arguments: step["with"])
      default: either(value, within: step["within"])
      }
    if action == nil, let name = value["save"]?.text { uncertainNames.insert(name) }
    let minimum = value["cycle"]?["minimum"]?.location
    return (action, minimum ?? value.location)
  }

  private mutating func drag(_ node: YAMLNode) -> Action? {
    let from = node["from"].flatMap { target($0) }
    let to = node["to"].flatMap { target($0) }
    guard let from, let to else { return nil }
    return .drag(from: from, to: to)
  }

  private mutating func scroll(_ node: YAMLNode) -> Action? {
    let over = node["over"].flatMap { target($0) }
    guard let over, let detents = node["detents"]?.integer else { return nil }
    return .scroll(over: over, detents: detents)
  }

  private mutating func typing(_ node: YAMLNode) -> Action? {
    let text = node["text"].flatMap { valueText($0) }
    guard let text, let field = node["into"]?.locatedText else { return nil }
    return .type(into: FieldReference(name: field.text, location: field.location), text: text)
  }

  private func power(_ node: YAMLNode) -> Action? {
    switch node.text {
    case "off": .power(.off)
    case "on": .power(.on)
    case "restore": .power(.restore)
    case "cycle": .power(.cycle(minimumOff: nil))
    case nil: node["cycle"].map { .power(.cycle(minimumOff: $0["minimum"]?.duration)) }
    default: nil
    }
  }

  private mutating func mail(_ node: YAMLNode) -> MailAction {
    var saves: [MailSave] = []
    for entry in node["save"]?.entries ?? [] {
      let source: MailSave.Source =
        entry.value.text == "code" ? .code : .pattern(pattern(entry.value["pattern"]) ?? "")
      saves.append(MailSave(name: entry.key, source: source, location: entry.keyLocation))
    }
    return MailAction(
      subject: node["subject"].flatMap { valueText($0) },
      sender: node["from"].flatMap { valueText($0) },
      folders: node["folders"]?.elements?.compactMap(\.text) ?? ["INBOX"],
      within: limit(node["within"], else: .seconds(300)), after: node["after"]?.text,
      saves: saves, location: node["after"]?.location ?? node.location)
  }

  private mutating func read(_ node: YAMLNode) -> ReadAction? {
    let pattern = self.pattern(node["pattern"])
    let within = limit(node["within"], else: ScenarioParser.defaultWithin)
    guard let region = node["in"].flatMap({ region($0) }), let pattern,
      let save = node["save"]
    else { return nil }
    return ReadAction(
      region: region, pattern: pattern, alphabet: node["alphabet"]?.text, save: save.text ?? "",
      within: within, location: save.location)
  }

  private mutating func wait(_ node: YAMLNode) -> Action? {
    guard node.duration != nil else { return nil }
    return .wait(limit(node, else: .zero))
  }

  private mutating func request(_ node: YAMLNode) -> Action? {
    guard let ask = node["ask"].flatMap({ valueText($0) }) else { return nil }
    // A person's time runs on the wall, the whole run's on the bench.
    let within = node["within"]?.duration ?? .seconds(600)
    return .operate(OperatorAction(ask: ask, within: within, location: node.location))
  }

  // MARK: Parts

  private mutating func use(_ node: YAMLNode, arguments: YAMLNode?) -> Action? {
    guard let name = node.text, !name.isEmpty else { return nil }
    let path = SourceFiles.path(name, beside: file)
    guard !chain.contains(path) else {
      report(
        node.location, "\(path) uses itself (\((chain + [path]).joined(separator: " → ")))",
        remedy: "move what they share into a part of its own")
      return nil
    }
    let part = shelf.parse(file: path, usedBy: chain)
    guard let scenario = part.scenario else {
      // A part that is not there is a mistake of this file, not of the other.
      let why = part.findings.first { $0.location.file == path && $0.location.line == 1 }
      report(
        node.location,
        "the part \(path) can't be read"
          + (why.map { " (\($0.problem))" } ?? ""),
        remedy: "name a scenario file, as seen from this one")
      return nil
    }
    findings += part.findings
    var given: [UseAction.Argument] = []
    for entry in arguments?.entries ?? [] {
      let value = self.valueText(entry.value)
      guard let value else { continue }
      given.append(
        UseAction.Argument(name: entry.key, value: value, location: entry.keyLocation))
    }
    return .use(UseAction(scenario: scenario, arguments: given, location: node.location))
  }

  // MARK: Branches

  private mutating func either(_ node: YAMLNode, within: YAMLNode?) -> Action? {
    guard let nodes = node.elements else { return nil }
    var branches: [Branch] = []
    var otherwise: [Step]?
    for (index, node) in nodes.enumerated() {
      if let last = node.entry("otherwise") {
        if index + 1 < nodes.count, otherwise == nil {
          report(
            nodes[index + 1].location, "this branch is never reached",
            remedy: "write otherwise last; it takes all that is left")
        }
        otherwise = steps(last.value)
      } else if let expected = node["expect"] {
        let expectation = self.expectation(expected, within: node["within"] ?? within)
        let steps = self.steps(node["then"])
        guard let expectation else { continue }
        branches.append(
          Branch(expectation: expectation, steps: steps, location: node.location))
      }
    }
    return .either(branches, otherwise: otherwise)
  }
}
