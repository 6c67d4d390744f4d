public import SourceYAML

/// What a scenario file says, as far as it could be read, and all that is wrong with it.
public struct ParsedScenario: Sendable {
  /// The scenario; with findings, only good for looking for more of them. Nil where the file holds
  /// none at all.
  public var scenario: Scenario?
  /// All mistakes, of the parts that it uses as well, in the order of their places.
  public var findings: [Finding]
  /// Names that may be declared or saved by something that could not be read.
  public var uncertainNames: Set<String>

  /// Creates a result.
  public init(scenario: Scenario?, findings: [Finding], uncertainNames: Set<String>) {
    self.scenario = scenario
    self.findings = findings
    self.uncertainNames = uncertainNames
  }

  /// The scenario, if nothing is wrong with it.
  public func checked() throws(Findings) -> Scenario {
    guard let scenario, findings.isEmpty else { throw Findings(findings) }
    return scenario
  }
}

/// Reads scenario files.
public enum ScenarioParser {
  /// What a scenario may take where its file gives no `timeout`.
  public static let defaultTimeout = Duration.seconds(15 * 60)
  /// What an expectation may take where its file gives no `within`.
  public static let defaultWithin = Duration.seconds(5)

  /// Reads a scenario file and the parts that it uses, and checks all that needs neither model nor
  /// rig.
  public static func parse(file: String, files: SourceFiles = .disk) -> ParsedScenario {
    let shelf = PartShelf(files: files)
    let parsed = shelf.parse(file: file, usedBy: [])
    return ParsedScenario(
      scenario: parsed.scenario, findings: Findings(parsed.findings).all,
      uncertainNames: parsed.uncertainNames)
  }
}

/// The scenario files read so far, each once.
final class PartShelf {
  private let files: SourceFiles
  private var read: [String: ParsedScenario] = [:]

  init(files: SourceFiles) {
    self.files = files
  }

  /// Whether there is a file of a path that can be read.
  func holds(_ path: String) -> Bool { (try? files.read(path)) != nil }

  /// Reads a file, unless it is read already.
  ///
  /// - Parameters:
  ///   - file: the file's path.
  ///   - chain: the files that use it, outermost first.
  /// - Returns: what it says.
  func parse(file: String, usedBy chain: [String]) -> ParsedScenario {
    if let known = read[file] { return known }
    let reading = YAMLReader.read(file: file, from: files)
    var result = ParsedScenario(scenario: nil, findings: reading.findings, uncertainNames: [])
    if let root = reading.root {
      let (tree, findings) = ShapeCheck.check(root, against: ScenarioFormat.book)
      result.findings += findings
      if tree.isMapping {
        var maker = ScenarioMaker(file: file, chain: chain + [file], shelf: self)
        let scenario = maker.scenario(tree)
        result.findings += maker.findings
        result.findings += ScenarioRules.findings(
          in: scenario, uncertainNames: maker.uncertainNames)
        result.scenario = scenario
        result.uncertainNames = maker.uncertainNames
      }
    }
    read[file] = result
    return result
  }
}
