public import SourceYAML

/// Reads suite files.
public enum SuiteLoader {
  /// Whether a file is a suite, as the key at its top says.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - files: where it comes from.
  /// - Returns: false also of a file that can't be read.
  public static func isSuite(_ file: String, files: SourceFiles = .disk) -> Bool {
    YAMLReader.read(file: file, from: files).root?[SuiteFormat.suite] != nil
  }

  /// Reads a suite file.
  ///
  /// - Parameters:
  ///   - file: the suite file.
  ///   - causes: the causes for which a run may be played again.
  ///   - files: where the file comes from.
  /// - Returns: the suite.
  /// - Throws: all that is wrong, in one go.
  public static func load(
    _ file: String, retriable causes: [String], files: SourceFiles = .disk
  ) throws(Findings) -> SuiteDescription {
    let reading = YAMLReader.read(file: file, from: files)
    guard let root = reading.root else { throw Findings(reading.findings) }
    let (tree, structural) = ShapeCheck.check(root, against: SuiteFormat.book)
    var findings = reading.findings + structural
    guard tree.isMapping else { throw Findings(findings) }
    func paths(_ node: YAMLNode?) -> [LocatedText] {
      (node?.elements ?? []).compactMap(\.locatedText).map {
        LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location)
      }
    }
    let retry = retry(tree[SuiteFormat.retry], causes, &findings)
    let suite = SuiteDescription(
      name: tree[SuiteFormat.suite]?.text ?? "", about: tree[SuiteFormat.about]?.text ?? "",
      runs: (tree[SuiteFormat.runs]?.elements ?? []).compactMap { run($0, beside: file) },
      scenarios: paths(tree[SuiteFormat.scenarios]), rigs: rigs(tree[SuiteFormat.rigs], paths),
      models: paths(tree[SuiteFormat.models]),
      firmwares: (tree[SuiteFormat.firmware]?.elements ?? []).compactMap(\.locatedText),
      seeds: seeds(tree[SuiteFormat.seeds]), repeats: tree[SuiteFormat.repeats]?.integer ?? 1,
      retry: retry, location: root.location)
    if !findings.isEmpty { throw Findings(findings) }
    return suite
  }

  private static func rigs(
    _ node: YAMLNode?, _ paths: (YAMLNode?) -> [LocatedText]
  ) -> SuiteDescription.RigChoice {
    if node?.isMapping == true {
      return SuiteDescription.RigChoice(
        places: paths(node?[SuiteFormat.places]),
        rigClass: node?[SuiteFormat.rigClass]?.locatedText,
        tags: (node?[SuiteFormat.tags]?.elements ?? []).compactMap(\.locatedText))
    }
    return SuiteDescription.RigChoice(places: paths(node), rigClass: nil, tags: [])
  }

  private static func run(_ node: YAMLNode, beside file: String) -> SuiteDescription.Run? {
    func path(_ field: FieldShape) -> LocatedText? {
      node[field]?.locatedText.map {
        LocatedText(SourceFiles.path($0.text, beside: file), at: $0.location)
      }
    }
    guard let scenario = path(SuiteFormat.scenario), let rig = path(SuiteFormat.rig) else {
      return nil
    }
    return SuiteDescription.Run(
      scenario: scenario, rig: rig, model: path(SuiteFormat.model),
      firmware: node[SuiteFormat.runFirmware]?.text,
      seed: UInt64(max(0, node[SuiteFormat.seed]?.integer ?? 1)),
      times: node[SuiteFormat.times]?.integer ?? 1)
  }

  private static func seeds(_ node: YAMLNode?) -> [UInt64] {
    guard let node else { return [1] }
    if let listed = node.integers { return listed.map { UInt64(max(0, $0)) } }
    let first = UInt64(max(0, node[SuiteFormat.from]?.integer ?? 1))
    return (0..<UInt64(max(0, node[SuiteFormat.count]?.integer ?? 1))).map { first + $0 }
  }

  private static func retry(
    _ node: YAMLNode?, _ known: [String], _ findings: inout [Finding]
  ) -> SuiteDescription.Retry? {
    guard let node, node.isMapping else { return nil }
    let causes = (node[SuiteFormat.causes]?.elements ?? []).compactMap(\.locatedText)
    for cause in causes where !known.contains(cause.text) {
      let nearest = NearestName.to(cause.text, among: known).map { "did you mean \"\($0)\"?" }
      findings.append(
        Finding(
          cause.location, "\"\(cause.text)\" is no cause of an errored run",
          remedy: nearest ?? "gantry explain cause lists them; failed runs are never played again"))
    }
    return SuiteDescription.Retry(
      atMost: node[SuiteFormat.atMost]?.integer ?? 1, causes: causes,
      reason: node[SuiteFormat.why]?.text ?? "")
  }
}
