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
        for name in text.references where !name.contains(".") {
          report(
            text.location, "a default refers to \"\(name)\"",
            remedy: "defaults can refer to ${model.…} and ${run.…} only")
        }
      }
      declare(parameter.name, parameter.isSecret ? .secret : .open, at: parameter.location)
    }
    for secret in scenario.secrets { declare(secret.name, .secret, at: secret.location) }
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
      switch step.action {
      case .mail(let mail):
        for save in mail.saves { noteSave(save.name, at: save.location) }
      case .read(let read): noteSave(read.save, at: read.location)
      case .either(let branches, let otherwise):
        for branch in branches { collectSaves(branch.steps) }
        collectSaves(otherwise ?? [])
      default: break
      }
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
      if let condition = step.condition { use(condition.texts) }
      if let action = step.action { visit(action, earlier: earlier) }
      if let expectation = step.expectation { use(expectation.predicate.texts) }
      earlier.append(step.name)
    }
  }

  private mutating func visit(_ action: Action, earlier: [String]) {
    switch action {
    case .click(let target, _, _), .move(let target), .scroll(let target, _): use(target.texts)
    case .drag(let from, let to): use(from.texts + to.texts)
    case .type(_, let text): use([text])
    case .mail(let mail): visit(mail, earlier: earlier)
    case .read(let read): known[read.save] = .open
    case .operate(let request): visit(request)
    case .use(let use): visit(use)
    case .either(let branches, let otherwise):
      visit(branches, otherwise: otherwise ?? [], earlier: earlier)
    case .power, .wait, .capture: break
    }
  }

  private mutating func visit(_ mail: MailAction, earlier: [String]) {
    use([mail.subject, mail.sender].compactMap { $0 })
    if let after = mail.after, !earlier.contains(after) {
      report(
        mail.location, "no step before this one is called \"\(after)\"",
        remedy: NearestName.remedy(for: after, among: earlier, what: "steps before"))
    }
    for save in mail.saves { known[save.name] = .secret }
  }

  private mutating func visit(_ request: OperatorAction) {
    use([request.ask])
    for name in request.ask.references where known[name] == .secret {
      report(
        request.ask.location, "the person would be shown the secret \"\(name)\"",
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
      use(expectation.predicate.texts)
      visit(steps, outer: earlier)
      after.merge(known) { first, _ in first }
    }
    known = before
    visit(otherwise, outer: earlier)
    after.merge(known) { first, _ in first }
    known = after
  }

  private mutating func visit(_ use: UseAction) {
    let parameters = use.scenario.parameters
    for argument in use.arguments {
      self.use([argument.value])
      guard let parameter = parameters.first(where: { $0.name == argument.name }) else {
        report(
          argument.location, "\(use.scenario.name) has no parameter \"\(argument.name)\"",
          remedy: NearestName.remedy(
            for: argument.name, among: parameters.map(\.name), what: "parameters"))
        continue
      }
      let secret = argument.value.references.first { known[$0] == .secret }
      if let secret, !parameter.isSecret {
        report(
          argument.value.location,
          "the secret \"\(secret)\" goes into \"\(parameter.name)\", which is none",
          remedy: "declare the parameter of \(use.scenario.name) with secret: true")
      }
    }
    for parameter in parameters where parameter.defaultValue == nil {
      // A misspelt argument has its line already.
      let isGiven = use.arguments.contains { argument in
        argument.name == parameter.name
          || NearestName.to(argument.name, among: [parameter.name]) != nil
            && !parameters.contains { $0.name == argument.name }
      }
      if !isGiven {
        report(
          use.location, "\(use.scenario.name) needs its parameter \"\(parameter.name)\"",
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
      let names = (Array(known.keys) + Array(savedSomewhere.keys)).sorted() + ["run.firmware"]
      report(
        location, "no value is called \"\(name)\"",
        remedy: NearestName.remedy(for: name, among: names, what: "values here"))
    }
  }
}
