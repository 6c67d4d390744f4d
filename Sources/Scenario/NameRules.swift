import SourceYAML

/// Every `${name}` has a value by the time that it is needed, and no secret gets out.
struct NameRules {
  private enum Kind { case open, secret }

  private let uncertainNames: Set<String>
  /// Everything that is saved anywhere, with the first place.
  private var savedSomewhere: [String: SourceLocation] = [:]
  private var known: [String: Kind] = [:]
  private var declared: [String: SourceLocation] = [:]
  private var findings: [Finding] = []

  static func findings(in scenario: Scenario, uncertainNames: Set<String>) -> [Finding] {
    var rules = NameRules(uncertainNames: uncertainNames)
    rules.declare(scenario)
    rules.collectSaves(scenario.steps + scenario.finally)
    rules.visit(scenario.steps, outer: [])
    rules.visit(scenario.finally, outer: [])
    return rules.findings
  }

  private init(uncertainNames: Set<String>) {
    self.uncertainNames = uncertainNames
  }

  private mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  // MARK: Declarations

  private mutating func declare(_ scenario: Scenario) {
    for parameter in scenario.parameters {
      if let text = parameter.defaultValue {
        if text.references.contains(ValueText.recorderPassword), !parameter.isSecret {
          report(
            text.location, "the default is a password, and the parameter is no secret",
            remedy: "declare the parameter with secret: true")
        }
        for name in text.references where !name.contains(".") {
          report(
            text.location, "a default refers to \"\(name)\"",
            remedy: "defaults can refer to ${model.…}, ${run.…} and ${recorder.password} only")
        }
      }
      declare(parameter.name, parameter.isSecret ? .secret : .open, at: parameter.location)
    }
    for secret in scenario.secrets { declare(secret.name, .secret, at: secret.location) }
    known[ValueText.recorderPassword] = .secret
  }

  private mutating func declare(_ name: String, _ kind: Kind, at location: SourceLocation) {
    if let first = declared[name] {
      report(
        location, "\"\(name)\" is declared already, at line \(first.line)", remedy: "rename one")
    }
    declared[name] = location
    known[name] = kind
  }

  private mutating func collectSaves(_ steps: [Step]) {
    for step in steps {
      guard let needs = step.action?.needs else { continue }
      for save in needs.saves { noteSave(save.name, at: save.location) }
      collectSaves(needs.plays.ownSteps)
    }
  }

  private mutating func noteSave(_ name: String, at location: SourceLocation) {
    if let first = declared[name] {
      report(
        location, "\"\(name)\" already names what is declared at line \(first.line)",
        remedy: "save it under another name")
    }
    if savedSomewhere[name] == nil { savedSomewhere[name] = location }
  }

  // MARK: Uses

  private mutating func visit(_ steps: [Step], outer: [String]) {
    var earlier = outer
    for step in steps {
      if let device = step.device {
        use([device])
        checkName(device)
      }
      if let condition = step.condition {
        use(condition.texts)
        for expectation in condition.expectations { visit(expectation) }
      }
      if let action = step.action { visit(action.needs, earlier: earlier) }
      if let expectation = step.expectation { visit(expectation) }
      if let password = step.credential?.text { use([password]) }
      earlier.append(step.name)
    }
  }

  private mutating func visit(_ needs: Needs, earlier: [String]) {
    visitTexts(of: needs)
    for text in needs.shown { checkShown(text) }
    if let before = needs.stepBefore, !earlier.contains(before.text) {
      report(
        before.location, "no step before this one is called \"\(before.text)\"",
        remedy: NearestName.remedy(for: before.text, among: earlier, what: "steps before"))
    }
    switch needs.plays {
    case .none: break
    case .part(let part): visit(part)
    case .branches(let branches, let otherwise):
      visit(branches, otherwise: otherwise ?? [], earlier: earlier)
    case .rounds(let steps, let until):
      visit(steps, outer: earlier)
      visit(until)
    }
    for save in needs.saves { known[save.name] = save.isSecret ? .secret : .open }
  }

  private mutating func visit(_ expectation: Expectation) {
    visitTexts(of: expectation.predicate.needs)
  }

  private mutating func visitTexts(of needs: Needs) {
    use(needs.allTexts)
    for name in needs.names { checkName(name) }
  }

  private mutating func checkName(_ text: ValueText) {
    for name in text.references where known[name] == .secret {
      report(
        text.location, "the secret \"\(name)\" stands in a name, and names are written",
        remedy: "name it without the secret")
    }
  }

  private mutating func checkShown(_ text: ValueText) {
    for name in text.references where known[name] == .secret {
      report(
        text.location, "the person would be shown the secret \"\(name)\"",
        remedy: "ask without it")
    }
  }

  private mutating func visit(
    _ branches: [Branch], otherwise: [Step], earlier: [String]
  ) {
    let before = known
    var after = known
    for (expectation, steps) in branches.map({ ($0.expectation, $0.steps) }) {
      known = before
      visit(expectation)
      visit(steps, outer: earlier)
      after.merge(known) { first, _ in first }
    }
    known = before
    visit(otherwise, outer: earlier)
    after.merge(known) { first, _ in first }
    known = after
  }

  private mutating func visit(_ part: Part) {
    let parameters = part.scenario.parameters
    for argument in part.arguments {
      guard let parameter = parameters.first(where: { $0.name == argument.name }) else {
        report(
          argument.location, "\(part.scenario.name) has no parameter \"\(argument.name)\"",
          remedy: NearestName.remedy(
            for: argument.name, among: parameters.map(\.name), what: "parameters"))
        continue
      }
      let secret = argument.value.references.first { known[$0] == .secret }
      if let secret, !parameter.isSecret {
        report(
          argument.value.location,
          "the secret \"\(secret)\" goes into \"\(parameter.name)\", which is none",
          remedy: "declare the parameter of \(part.scenario.name) with secret: true")
      }
    }
    for parameter in parameters where parameter.defaultValue == nil {
      // A misspelt argument has its line already.
      let isGiven = part.arguments.contains { argument in
        argument.name == parameter.name
          || NearestName.to(argument.name, among: [parameter.name]) != nil
            && !parameters.contains { $0.name == argument.name }
      }
      if !isGiven {
        report(
          part.location, "\(part.scenario.name) needs its parameter \"\(parameter.name)\"",
          remedy: "give it a value in with")
      }
    }
  }

  private mutating func use(_ texts: [ValueText]) {
    for text in texts {
      for name in text.references { use(name, at: text.location) }
    }
  }

  private mutating func use(_ name: String, at location: SourceLocation) {
    if name.hasPrefix("model.") || name == "run.firmware" { return }
    if known[name] != nil || uncertainNames.contains(name) { return }
    if let saved = savedSomewhere[name] {
      report(
        location, "\"\(name)\" has no value yet", remedy: "it is saved only at line \(saved.line)")
    } else {
      let names =
        (Array(known.keys) + Array(savedSomewhere.keys)).sorted()
        + ["run.firmware"]
      report(
        location, "no value is called \"\(name)\"",
        remedy: NearestName.remedy(for: name, among: names, what: "values here"))
    }
  }
}
