import Digests
public import SourceYAML

/// Reads gate files.
public enum GateLoader {
  /// What the names in a gate file may be; where something is empty, any name will do.
  public struct KnownNames: Sendable {
    /// The scenarios.
    public var scenarios: [String]
    /// The models.
    public var models: [String]
    /// The classes of rigs.
    public var classes: [String]
    /// The tags of rigs.
    public var tags: [String]

    /// Creates names.
    public init(
      scenarios: [String] = [], models: [String] = [], classes: [String] = [], tags: [String] = []
    ) {
      self.scenarios = scenarios
      self.models = models
      self.classes = classes
      self.tags = tags
    }
  }

  /// Whether a file is a gate, as the key at its top says.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - files: where it comes from.
  /// - Returns: false also of a file that can't be read.
  public static func isGate(_ file: String, files: SourceFiles = .disk) -> Bool {
    YAMLReader.read(file: file, from: files).root?[GateFormat.gate] != nil
  }

  /// Reads a gate file.
  ///
  /// - Parameters:
  ///   - file: the gate file.
  ///   - files: where it comes from.
  /// - Returns: the policy.
  /// - Throws: all that is wrong, in one go.
  public static func load(
    _ file: String, files: SourceFiles = .disk
  ) throws(Findings) -> GatePolicy {
    let bytes: [UInt8]
    do throws(SourceFiles.Refusal) {
      bytes = try files.read(file)
    } catch {
      throw Findings([
        Finding(
          SourceLocation(file: file, line: 1, column: 1), error.reason, remedy: "check the path")
      ])
    }
    return try load(bytes, file: file)
  }

  /// Reads the bytes of a gate file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its path.
  /// - Returns: the policy.
  /// - Throws: all that is wrong, in one go.
  public static func load(_ bytes: [UInt8], file: String) throws(Findings) -> GatePolicy {
    let reading = YAMLReader.read(bytes, file: file)
    guard let root = reading.root else { throw Findings(reading.findings) }
    let (tree, structural) = ShapeCheck.check(root, against: GateFormat.book)
    guard tree.isMapping else { throw Findings(reading.findings + structural) }
    var reader = GateReader(file: file, findings: reading.findings + structural)
    let policy = reader.policy(tree, digest: SHA256Digest.hex(bytes))
    if !reader.findings.isEmpty { throw Findings(reader.findings) }
    return policy
  }

  /// Holds the names of a policy against those that there are.
  ///
  /// - Throws: each name that is none, with the nearest one.
  public static func check(_ policy: GatePolicy, against known: KnownNames) throws(Findings) {
    var findings: [Finding] = []
    func check(_ name: LocatedText, _ names: [String], _ what: String) {
      guard !names.isEmpty, !names.contains(name.text) else { return }
      findings.append(
        Finding(
          name.location, "there is no \(what) \"\(name.text)\"",
          remedy: NearestName.remedy(for: name.text, among: names, what: "\(what)s")))
    }
    for requirement in policy.requirements {
      for scenario in requirement.scenarios { check(scenario, known.scenarios, "scenario") }
      for model in requirement.models { check(model, known.models, "model") }
      if let name = requirement.rigs.rigClass, !known.classes.isEmpty,
        !known.classes.contains(name)
      {
        findings.append(
          Finding(
            requirement.location, "no rig is of the class \"\(name)\"",
            remedy: NearestName.remedy(for: name, among: known.classes, what: "classes")))
      }
      for tag in requirement.rigs.tags where !known.tags.isEmpty && !known.tags.contains(tag) {
        findings.append(
          Finding(
            requirement.location, "no rig has the tag \"\(tag)\"",
            remedy: NearestName.remedy(for: tag, among: known.tags, what: "tags")))
      }
    }
    for entry in policy.quarantine {
      check(entry.scenario, known.scenarios, "scenario")
      if let model = entry.model { check(model, known.models, "model") }
    }
    if !findings.isEmpty { throw Findings(findings) }
  }
}

/// Makes a policy of a tree that has the shape of one, or nearly so.
private struct GateReader {
  let file: String
  var findings: [Finding]

  mutating func policy(_ tree: YAMLNode, digest: String) -> GatePolicy {
    func path(_ node: YAMLNode) -> LocatedText? {
      node.locatedText.map { LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location) }
    }
    func paths(_ node: YAMLNode?) -> [LocatedText] { (node?.elements ?? []).compactMap(path) }
    let places = tree[GateFormat.filesField]
    let policy = GatePolicy(
      name: tree[GateFormat.gate]?.text ?? "", about: tree[GateFormat.about]?.text ?? "",
      product: tree[GateFormat.product]?.text ?? "",
      baseline: tree[GateFormat.baseline]?.text.flatMap(FirmwareImage.init),
      countsVirtual: tree[GateFormat.virtual]?.text == GateFormat.allowed,
      countsOverridden: tree[GateFormat.overrides]?.text == GateFormat.allowed,
      needsScreen: tree[GateFormat.witness]?.text == GateFormat.screen,
      refusesNewFailures: tree[GateFormat.newFailures]?.text == GateFormat.none,
      requirements: (tree[GateFormat.require]?.elements ?? []).map { requirement($0) },
      quarantine: (tree[GateFormat.quarantine]?.elements ?? []).compactMap(quarantine),
      pins: pins(tree[GateFormat.pins]), waivers: tree[GateFormat.waivers].flatMap(path),
      files: .init(
        scenarios: paths(places?[GateFormat.scenarioFiles]),
        models: paths(places?[GateFormat.modelFiles]), rigs: paths(places?[GateFormat.rigFiles])),
      digest: digest, location: tree.location)
    checkWhole(policy, tree)
    return policy
  }

  private mutating func requirement(_ node: YAMLNode) -> GatePolicy.Requirement {
    let rigs = node[GateFormat.rigs]
    let rate = node[GateFormat.passRate]
    let within = node[GateFormat.within]?.text
    return GatePolicy.Requirement(
      name: node[GateFormat.name]?.text ?? "", about: node[GateFormat.about]?.text ?? "",
      scenarios: names(node[GateFormat.scenarios]), models: names(node[GateFormat.models]),
      rigs: .init(
        rigClass: rigs?[GateFormat.rigClass]?.text,
        tags: (rigs?[GateFormat.tags]?.elements ?? []).compactMap(\.text),
        atLeast: rigs?[GateFormat.rigsAtLeast]?.integer ?? 1),
      passes: passes(node[GateFormat.passes]),
      passRate: rate?[GateFormat.rateAtLeast]?.text.flatMap(GateTexts.percent).map {
        .init(
          atLeast: $0, bound: rate?[GateFormat.bound]?.text.flatMap(RateBound.init) ?? .wilson)
      },
      within: within.flatMap(GateTexts.seconds), withinText: within,
      partial: partial(node[GateFormat.partial]),
      erroredAtMost: node[GateFormat.errored]?[GateFormat.erroredAtMost]?.integer,
      measurements: (node[GateFormat.measurements]?.elements ?? []).compactMap(limit),
      isInformative: node[GateFormat.informative]?.boolean ?? false, location: node.location)
  }

  /// Names, each once: one that stands twice is a slip of the pen that hides another one.
  private mutating func names(_ node: YAMLNode?) -> [LocatedText] {
    var seen: Set<String> = []
    return (node?.elements ?? []).compactMap(\.locatedText).filter { name in
      if seen.insert(name.text).inserted { return true }
      findings.append(
        Finding(name.location, "\"\(name.text)\" stands here twice", remedy: "remove one of them"))
      return false
    }
  }

  private mutating func passes(_ node: YAMLNode?) -> GatePolicy.Passes {
    guard let node, node.isMapping else {
      let count = node?.integer ?? 1
      return .init(atLeast: count, of: count)
    }
    let (atLeast, of) = (
      node[GateFormat.passesAtLeast]?.integer ?? 1, node[GateFormat.passesOf]?.integer ?? 1
    )
    if atLeast > of, let place = node[GateFormat.passesAtLeast] {
      findings.append(
        Finding(
          place.location, "of \(of) runs \(atLeast) can't pass",
          remedy: "write a number from 1 to \(of)"))
    }
    return .init(atLeast: atLeast, of: max(atLeast, of))
  }

  private func partial(_ node: YAMLNode?) -> GatePolicy.Partial {
    if node?.text == GateFormat.allowed { return .allowed }
    guard let steps = node?.elements else { return .refused }
    return .steps(steps.compactMap(\.text))
  }

  private func limit(_ node: YAMLNode) -> MeasurementLimit? {
    guard let text = node[GateFormat.atMost]?.text, let most = MeasurementLimit.Most(text),
      let measurement = node[GateFormat.measured]?.text
    else { return nil }
    return MeasurementLimit(
      measurement: measurement,
      statistic: node[GateFormat.statistic]?.text.flatMap(MeasurementLimit.Statistic.init)
        ?? .median,
      most: most, mostText: text, values: node[GateFormat.values]?.integer ?? 3)
  }

  private func quarantine(_ node: YAMLNode) -> GatePolicy.Quarantine? {
    guard let scenario = node[GateFormat.scenario]?.locatedText,
      let until = node[GateFormat.until]?.text, let end = GateTexts.dayAfter(until)
    else { return nil }
    return .init(
      scenario: scenario, model: node[GateFormat.quarantineModel]?.locatedText,
      owner: node[GateFormat.owner]?.text ?? "", why: node[GateFormat.why]?.text ?? "",
      until: until, end: end)
  }

  private func pins(_ node: YAMLNode?) -> GatePolicy.Pins {
    func digests(_ node: YAMLNode?) -> [String: String] {
      (node?.entries ?? []).reduce(into: [:]) { pins, entry in
        pins[entry.key] = entry.value.text.flatMap { FirmwareImage.digest($0[...]) }
      }
    }
    return .init(
      programs: (node?[GateFormat.programs]?.elements ?? []).compactMap(\.text)
        .compactMap { FirmwareImage.digest($0[...]) },
      scenarios: digests(node?[GateFormat.pinnedScenarios]),
      models: digests(node?[GateFormat.pinnedModels]))
  }

  // MARK: What must fit together

  private mutating func checkWhole(_ policy: GatePolicy, _ tree: YAMLNode) {
    var seen: Set<String> = []
    for requirement in policy.requirements where !seen.insert(requirement.name).inserted {
      findings.append(
        Finding(
          requirement.location, "two requirements are called \"\(requirement.name)\"",
          remedy: "give one of them another name"))
    }
    if !policy.requirements.isEmpty, policy.requirements.allSatisfy(\.isInformative) {
      findings.append(
        Finding(
          tree[GateFormat.require]?.location ?? policy.location,
          "all requirements are informative, so that nothing decides",
          remedy: "have one that is not"))
    }
    checkBaseline(policy, tree)
    let required = policy.requirements.flatMap(\.scenarios).map(\.text)
    let models = policy.requirements.flatMap(\.models).map(\.text)
    for entry in policy.quarantine {
      require(entry.scenario, among: required, "scenario")
      if let model = entry.model { require(model, among: models, "model") }
    }
    let pins = tree[GateFormat.pins]
    for (field, names, what) in [
      (GateFormat.pinnedScenarios, required, "scenario"),
      (GateFormat.pinnedModels, models, "model"),
    ] {
      for entry in pins?[field]?.entries ?? [] {
        require(LocatedText(entry.key, at: entry.keyLocation), among: names, what)
      }
    }
  }

  private mutating func checkBaseline(_ policy: GatePolicy, _ tree: YAMLNode) {
    guard policy.baseline == nil, tree[GateFormat.baseline] == nil else { return }
    let remedy = "add baseline: VERSION@sha256:DIGEST"
    if policy.refusesNewFailures, let place = tree.entry(GateFormat.newFailures.name) {
      findings.append(
        Finding(place.keyLocation, "what is new is told by a baseline", remedy: remedy))
    }
    for requirement in policy.requirements {
      for limit in requirement.measurements {
        guard case .overBaseline = limit.most else { continue }
        findings.append(
          Finding(
            requirement.location, "the limit of \(limit.measurement) is that of a baseline",
            remedy: remedy))
      }
    }
  }

  /// A name that no requirement has is a slip of the pen: what it was to do, it does not.
  private mutating func require(_ name: LocatedText, among known: [String], _ what: String) {
    guard !known.contains(name.text), !known.isEmpty else { return }
    findings.append(
      Finding(
        name.location, "no requirement is about the \(what) \"\(name.text)\"",
        remedy: NearestName.remedy(for: name.text, among: Set(known).sorted(), what: "\(what)s")))
  }
}
