import Digests
public import SourceYAML

/// Reads waiver files.
public enum WaiverLoader {
  /// Reads the file that a policy names.
  ///
  /// - Parameters:
  ///   - policy: the policy.
  ///   - causes: the causes that failed runs may have; empty where any will do.
  ///   - files: where the file comes from.
  /// - Returns: the waivers; nil where the policy names no file.
  /// - Throws: all that is wrong, in one go; a scenario or model that the policy does not ask for, too.
  public static func load(
    of policy: GatePolicy, causes: [String], files: SourceFiles = .disk
  ) throws(Findings) -> Waivers? {
    guard let file = policy.waivers else { return nil }
    let bytes: [UInt8]
    do throws(SourceFiles.Refusal) {
      bytes = try files.read(file.text)
    } catch {
      throw Findings([
        Finding(file.location, "\(file.text): \(error.reason)", remedy: "check the path")
      ])
    }
    let names = WaiverNames(
      scenarios: Set(policy.requirements.flatMap(\.scenarios).map(\.text)).sorted(),
      models: Set(policy.requirements.flatMap(\.models).map(\.text)).sorted(), causes: causes)
    return try load(bytes, file: file.text, names: names)
  }

  /// Reads the bytes of a waiver file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its path.
  ///   - names: what its names may be.
  /// - Returns: the waivers.
  /// - Throws: all that is wrong, in one go.
  public static func load(
    _ bytes: [UInt8], file: String, names: WaiverNames = WaiverNames()
  ) throws(Findings) -> Waivers {
    let reading = YAMLReader.read(bytes, file: file)
    guard let root = reading.root else { throw Findings(reading.findings) }
    let (tree, structural) = ShapeCheck.check(root, against: WaiverFormat.book)
    var findings = reading.findings + structural
    let waivers = (tree[WaiverFormat.waivers]?.elements ?? []).compactMap { node in
      waiver(node, names, &findings)
    }
    if !findings.isEmpty { throw Findings(findings) }
    return Waivers(waivers, digest: SHA256Digest.hex(bytes))
  }

  private static func waiver(
    _ node: YAMLNode, _ names: WaiverNames, _ findings: inout [Finding]
  ) -> Waiver? {
    for (field, known, what) in [
      (WaiverFormat.scenario, names.scenarios, "scenario that the gate asks for"),
      (WaiverFormat.model, names.models, "model that the gate asks for"),
      (WaiverFormat.cause, names.causes, "cause of a failed run"),
    ] {
      guard let name = node[field]?.locatedText, !known.isEmpty, !known.contains(name.text) else {
        continue
      }
      let nearest = NearestName.to(name.text, among: known).map { "did you mean \"\($0)\"?" }
      findings.append(
        Finding(
          name.location, "\"\(name.text)\" is no \(what)",
          remedy: nearest
            ?? (field.name == WaiverFormat.cause.name
              ? "gantry explain cause lists them; errored runs are waived by nobody"
              : "it can be \(ScalarShape.choice(of: known))")))
    }
    guard let until = node[WaiverFormat.until]?.text, let end = GateTexts.dayAfter(until),
      let scenario = node[WaiverFormat.scenario]?.text, let model = node[WaiverFormat.model]?.text,
      let cause = node[WaiverFormat.cause]?.text, let who = node[WaiverFormat.who]?.text,
      let why = node[WaiverFormat.why]?.text
    else { return nil }
    return Waiver(
      who: who, why: why, until: until, end: end, scenario: scenario, model: model, cause: cause,
      step: node[WaiverFormat.step]?.text,
      firmware: node[WaiverFormat.firmware]?.text.flatMap(FirmwareImage.init),
      location: node.location)
  }
}

/// What the names in a waiver file may be; where a list is empty, any name will do.
public struct WaiverNames: Sendable {
  /// The scenarios.
  public var scenarios: [String]
  /// The models.
  public var models: [String]
  /// The causes of failed runs.
  public var causes: [String]

  /// Creates names.
  public init(scenarios: [String] = [], models: [String] = [], causes: [String] = []) {
    self.scenarios = scenarios
    self.models = models
    self.causes = causes
  }
}
