import Patterns
import SourceYAML

/// Makes a scenario of a tree whose structure has been checked and repaired.
///
/// What the structure check has found wrong already is passed over in silence here; what only
/// meaning shows (a pattern that is none, a time longer than the whole run) is found.
struct ScenarioMaker {
  let file: String
  let chain: [String]
  let shelf: PartShelf
  var findings: [Finding] = []
  var uncertainNames: Set<String> = []
  var timeout = ScenarioParser.defaultTimeout

  init(file: String, chain: [String], shelf: PartShelf) {
    self.file = file
    self.chain = chain
    self.shelf = shelf
  }

  mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  mutating func scenario(_ root: YAMLNode) -> Scenario {
    timeout = root[ScenarioFormat.timeout]?.duration ?? ScenarioParser.defaultTimeout
    if timeout <= .zero, let place = root[ScenarioFormat.timeout]?.location {
      report(place, "the timeout leaves no time", remedy: "write a duration such as 15m")
    }
    let steps = self.steps(root[ScenarioFormat.steps])
    if let node = root[ScenarioFormat.steps], node.elements?.isEmpty == true {
      report(node.location, "there are no steps", remedy: "write what is to be done and seen")
    }
    return Scenario(
      name: root[ScenarioFormat.name]?.text ?? "",
      about: root[ScenarioFormat.about]?.text ?? "", timeout: timeout,
      parameters: parameters(root[ScenarioFormat.parameters]),
      secrets: secrets(root[ScenarioFormat.secrets]),
      start: root[StartState.field].map(StartState.state),
      leaves: Leaving.list(root[Leaving.field]), steps: steps,
      finally: self.steps(root[ScenarioFormat.finally]), location: root.location)
  }

  private mutating func parameters(_ node: YAMLNode?) -> [Parameter] {
    var parameters: [Parameter] = []
    for entry in node?.entries ?? [] {
      let value = entry.value
      parameters.append(
        Parameter(
          name: entry.key, about: value[ScenarioFormat.parameterAbout]?.text,
          defaultValue: value[ScenarioFormat.parameterDefault].flatMap { valueText($0) },
          isSecret: value[ScenarioFormat.parameterSecret]?.boolean ?? false,
          location: entry.keyLocation))
    }
    return parameters
  }

  private mutating func secrets(_ node: YAMLNode?) -> [SecretDeclaration] {
    var secrets: [SecretDeclaration] = []
    for entry in node?.entries ?? [] {
      let source: SecretDeclaration.Source? =
        if let length = entry.value[ScenarioFormat.secretGenerate]?[ScenarioFormat.secretLength]?
          .integer
        {
          .generate(length: length)
        } else if let variable = entry.value[ScenarioFormat.secretVariable]?.text {
          .environment(variable)
        } else if let path = entry.value[ScenarioFormat.secretFile]?.text {
          .file(SourceFiles.path(path, beside: file))
        } else if let value = entry.value[ScenarioFormat.secretModel]?.text {
          .model(value)
        } else if entry.value[ScenarioFormat.secretRecorder] != nil {
          .recorderPassword
        } else {
          nil
        }
      guard let source else {
        uncertainNames.insert(entry.key)
        continue
      }
      secrets.append(
        SecretDeclaration(name: entry.key, source: source, location: entry.keyLocation))
    }
    return secrets
  }

  // MARK: Steps

  /// The steps of a list, or the one step that stands for a list.
  mutating func steps(_ node: YAMLNode?) -> [Step] {
    guard let node else { return [] }
    let nodes = node.elements ?? (node.isMapping ? [node] : [])
    var steps: [Step] = []
    var taken: [String: SourceLocation] = [:]
    for node in nodes where node.isMapping {
      var step = self.step(node)
      if let first = taken[step.name] {
        if let name = node[StepKeys.name] {
          report(
            name.location, "two steps of one list are called \"\(step.name)\"",
            remedy: "name them apart; the other is at line \(first.line)")
        }
        step.name = Self.name(step.name, freeIn: taken)
      }
      taken[step.name] = node[StepKeys.name]?.location ?? node.location
      steps.append(step)
    }
    return steps
  }

  private static func name(_ name: String, freeIn taken: [String: SourceLocation]) -> String {
    var number = 2
    while taken["\(name) (\(number))"] != nil { number += 1 }
    return "\(name) (\(number))"
  }

  private mutating func step(_ node: YAMLNode) -> Step {
    let (action, actionLocation) = self.action(of: node)
    let within = node[StepKeys.within]
    let expectation = node[StepKeys.expect].flatMap { self.expectation($0, within: within) }
    if let name = node[StepKeys.name], name.text?.contains(" / ") == true {
      report(name.location, "a step's name contains \" / \"", remedy: "reports part names by it")
    }
    let name =
      node[StepKeys.name]?.text ?? action?.summary
      ?? expectation.map { "Look for \($0.predicate.summary)" } ?? "Step"
    return Step(
      name: name, action: action, expectation: expectation,
      attempts: node[StepKeys.attempts]?.integer ?? 1,
      isAlreadyAllowed: node[StepKeys.already] != nil,
      isSensitive: node[StepKeys.sensitive]?.boolean ?? false,
      condition: node[StepKeys.when].flatMap { Condition.condition($0, &self) },
      option: option(of: node, action, expectation),
      device: node[StepKeys.device].flatMap { self.name($0) },
      credential: node[CredentialUse.field].flatMap { CredentialUse.use($0, &self) },
      measure: node[StepKeys.measure].flatMap { measure($0) },
      location: node.location, actionLocation: actionLocation)
  }

  private mutating func measure(_ node: YAMLNode) -> String? {
    guard let name = node.text else { return nil }
    if StepKeys.takenMeasures.contains(name) {
      report(
        node.location, "every run measures \"\(name)\" by itself", remedy: "call it otherwise")
    }
    return name
  }

  /// Where a step is played on some recorders only, what shows that this is one.
  private mutating func option(
    of node: YAMLNode, _ action: (any Action)?, _ expectation: Expectation?
  ) -> StepOption? {
    guard let way = node[StepKeys.optional].flatMap({ FlowWay.way($0) }) else { return nil }
    let target = action?.needs.targets.first.flatMap { $0.canBeSeen ? $0 : nil }
    let own = action == nil ? expectation?.predicate : nil
    let sight: (any Predicate)? = target.map { Seen(target: $0) } ?? own
    guard let predicate = sight else {
      report(
        way.location, "nothing shows whether this step is to be played",
        remedy: "look for something that can be seen, or write it as a branch of either")
      return nil
    }
    let within = limit(
      action == nil || expectation == nil ? node[StepKeys.within] : nil,
      else: ScenarioParser.defaultWithin)
    return StepOption(
      way: way,
      sight: Expectation(predicate: predicate, within: within, location: node.location))
  }

  /// What a step does, and where findings about that point; nil where it only looks, or says it
  /// wrongly.
  private mutating func action(of step: YAMLNode) -> ((any Action)?, SourceLocation?) {
    for entry in step.entries {
      guard let form = ActionRegistry.forms.first(where: { $0.key.name == entry.key }) else {
        continue
      }
      return (form.make(entry.value, step, &self), form.place(entry.value).location)
    }
    return (nil, nil)
  }

  // MARK: Small things

  /// Text with references; nil where the node holds none.
  mutating func valueText(_ node: YAMLNode) -> ValueText? {
    guard let text = node.text else { return nil }
    var found: [Finding] = []
    let value = ValueText.parse(text, at: node.location) { found.append($0) }
    findings += found
    return value
  }

  /// A name that may refer to values; what is none, the check of the structure has found already.
  func name(_ node: YAMLNode) -> ValueText? {
    node.text.map { text in ValueText.parse(text, at: node.location) { _ in } }
  }

  /// A time to wait that must fit into the whole run's.
  mutating func limit(_ node: YAMLNode?, else fallback: Duration) -> Duration {
    guard let node, let time = node.duration else { return min(fallback, timeout) }
    if time > timeout {
      report(
        node.location,
        "\(DurationText.text(time)) is longer than the whole run may take"
          + " (\(DurationText.text(timeout)))",
        remedy: "shorten it, or write a longer timeout")
    }
    return time
  }

  /// A regular expression; one that takes nothing where a bad one is written.
  mutating func pattern(_ node: YAMLNode?) -> Pattern? {
    do throws(Finding) {
      return try node?.pattern()
    } catch {
      findings.append(error)
      // What else the step says is checked all the same.
      return try? Pattern("")
    }
  }
}
