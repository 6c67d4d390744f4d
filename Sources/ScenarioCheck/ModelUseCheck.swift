import Frames
import RecorderModel
import RigDescription
import Scenario
import SourceYAML

/// Every name that a scenario uses means something in the model, and every text can be typed.
struct ModelUseCheck {
  let model: RecorderModel
  /// Names that the model file gives to something that could not be read.
  let brokenNames: Set<String>
  private(set) var findings: [Finding] = []
  private let typeable: Set<Character>

  init(model: RecorderModel, brokenNames: Set<String>) {
    self.model = model
    self.brokenNames = brokenNames
    typeable = model.keyboard?.characters ?? []
  }

  private mutating func report(_ location: SourceLocation, _ problem: String, remedy: String) {
    findings.append(Finding(location, problem, remedy: remedy))
  }

  /// Looks at what a scenario declares, and at what its parts do.
  mutating func visit(_ scenario: Scenario) {
    for parameter in scenario.parameters {
      if let text = parameter.defaultValue { visit(text) }
    }
    for secret in scenario.secrets {
      switch secret.source {
      case .generate:
        if model.password == nil {
          report(
            secret.location, "\(model.name) has no password rules to generate by",
            remedy: "add password: {…} to the model")
        }
      case .model(let name): visitValue(name, at: secret.location)
      case .environment, .file, .recorderPassword: break
      }
    }
    for part in scenario.parts { visit(part) }
  }

  /// Looks at one step.
  mutating func visit(_ visit: StepVisit) {
    let step = visit.step
    if step.device != nil, visit.device?.text != DeviceWiring.recorder { return }
    for text in step.texts { self.visit(text) }
    for way in step.ways { self.visit(way) }
    for (needs, location) in step.needs {
      for need in needs.allOfModel { self.visit(need, at: location, visit) }
    }
  }

  /// Looks at something that the model must have.
  ///
  /// - Parameters:
  ///   - need: what it must have.
  ///   - location: where the action or the expectation is written.
  ///   - visit: the step.
  private mutating func visit(
    _ need: ModelNeed, at location: SourceLocation, _ visit: StepVisit
  ) {
    switch need {
    case .named(let kind, let name):
      guard let known = visit.constant(name), !known.isSecret else { return }
      look(
        up: known.text, in: names(of: kind), what: kind.rawValue, at: name.location,
        standing: name.standing)
    case .point(let point, let place): self.visit(point, at: place)
    case .rect(let rect, let place): self.visit(rect, at: place ?? location)
    case .visibleField(let name): visitVisible(name, visit)
    case .keys(let text): visitTyping(text, at: location, visit)
    case .keyboard(let place): _ = visitKeyboard(at: place)
    case .codeFormat(let place):
      guard model.code == nil else { return }
      report(
        place, "\(model.name) does not say what a secure code looks like",
        remedy: "add code: {length: …, alphabet: …} to the model")
    }
  }

  private func names(of kind: ModelName) -> [String] {
    switch kind {
    case .image: Array(model.images.keys) + model.never
    case .label: Array(model.labels.keys) + model.never
    case .group: Array(model.groups.keys)
    case .region: Array(model.regions.keys)
    case .field: Array(model.fields.keys)
    }
  }

  // MARK: Names

  /// What a model may say that its recorders never show.
  private static let mayBeNever = [ModelName.image, .label].map(\.rawValue)

  private mutating func look(
    up name: String, in known: some Sequence<String>, what: String, at location: SourceLocation,
    standing: String = ""
  ) {
    let names = known.sorted()
    if names.contains(name) || brokenNames.contains(name) { return }
    var remedy = NearestName.remedy(for: name, among: names, what: "\(what)s")
    if Self.mayBeNever.contains(what), !remedy.hasPrefix("did you mean") {
      remedy += "; what these recorders never show stands under never: in the model"
    }
    report(location, "\(model.name) has no \(what) \"\(name)\"\(standing)", remedy: remedy)
  }

  private mutating func visit(_ point: ScreenPoint, at location: SourceLocation) {
    for (coordinate, length) in [(point.x, model.screen.width), (point.y, model.screen.height)] {
      if case .pixels(let pixels) = coordinate, length > 0, pixels >= length {
        report(
          location, "the point lies past the screen of \(model.name) (\(model.screen))",
          remedy: "write pixels within it, or shares such as 50%")
        return
      }
    }
  }

  private mutating func visit(_ rect: PixelRect, at location: SourceLocation) {
    if model.screen.area > 0, !PixelRect(model.screen).contains(rect) {
      report(
        location, "the region \(rect) reaches past the screen of \(model.name) (\(model.screen))",
        remedy: "write [x, y, width, height] within it")
    }
  }

  private mutating func visit(_ text: ValueText) {
    for name in text.references where name.hasPrefix("model.") {
      visitValue(String(name.dropFirst("model.".count)), at: text.location)
    }
  }

  private mutating func visitValue(_ name: String, at location: SourceLocation) {
    look(up: name, in: model.values.keys, what: "value", at: location)
  }

  // MARK: Ways

  private mutating func visit(_ way: FlowWay) {
    if model.flow.frequency(of: way.name, way.answers) != nil { return }
    report(
      way.location,
      "the flow of \(model.name) does not say of \"\(way.name)\" how often it happens",
      remedy: NearestName.remedy(for: way.name, among: model.flow.names, what: "ways"))
  }

  private mutating func visitVisible(_ name: ValueText, _ visit: StepVisit) {
    guard let known = visit.constant(name), !known.isSecret else { return }
    guard let field = model.fields[known.text] else {
      look(
        up: known.text, in: model.fields.keys, what: "field", at: name.location,
        standing: name.standing)
      return
    }
    if field.label(named: known.text, of: model) == nil {
      report(
        name.location,
        "nothing shows whether the field \"\(known.text)\" of \(model.name) is there",
        remedy:
          "say where it lies by its label, {rightOf: …} or {below: …}, or name a label like it")
    }
  }

  // MARK: Typing

  /// Whether there is a keyboard.
  private mutating func visitKeyboard(at location: SourceLocation) -> Bool {
    if model.keyboard != nil { return true }
    report(
      location, "\(model.name) has no keyboard to type with",
      remedy: "add keyboard: {…} to the model")
    return false
  }

  private mutating func visitTyping(
    _ text: ValueText, at location: SourceLocation, _ visit: StepVisit
  ) {
    guard visitKeyboard(at: location) else { return }
    for segment in text.segments {
      let part = ValueText(segments: [segment], location: text.location)
      guard let value = visit.constant(part) else { continue }
      var missing: [Character] = []
      for character in value.text where !typeable.contains(character) {
        if !missing.contains(character) { missing.append(character) }
      }
      if missing.isEmpty { continue }
      let name = value.isSecret ? "the secret \"\(part.references.first ?? "")\"" : nil
      report(
        text.location,
        "the keyboard of \(model.name) has no key for "
          + (name.map { "a character of \($0)" }
            ?? missing.map { "\"\($0)\"" }.joined(separator: ", ")),
        remedy: "type something else, or add the keys to the model")
    }
  }
}

extension ValueText {
  /// What a finding says of a name that only a value makes; nothing where it is written out.
  var standing: String { constant == nil ? ", which \(source) stands for here" : "" }
}

extension Scenario {
  /// The scenarios that this one plays as parts, one level down.
  fileprivate var parts: [Scenario] {
    func used(by steps: [Step]) -> [Scenario] {
      steps.flatMap { step -> [Scenario] in
        let plays = step.action?.needs.plays ?? .none
        return [plays.part?.scenario].compactMap { $0 } + used(by: plays.ownSteps)
      }
    }
    return used(by: steps + finally)
  }
}
