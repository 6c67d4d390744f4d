import BenchOpening
import FoundationEssentials
import FrameVision
import Frames
public import RecorderModel
public import RigDescription
public import Scenario
import ScenarioCheck
public import SourceYAML

/// The files that a run is made from, read and checked together.
public struct InputFiles: Sendable {
  /// A scenario and the file that it stands in.
  public struct ScenarioFile: Sendable {
    /// The file.
    public var path: String
    /// What stands in it.
    public var scenario: Scenario
  }

  /// The scenarios in the order in which they were named.
  public private(set) var scenarios: [ScenarioFile]
  /// The rig; nil when none was named.
  public private(set) var rig: RigDescription?
  /// The model that the rig names.
  public private(set) var model: RecorderModel?
  /// The values given to parameters.
  public private(set) var arguments: [String: String]
  /// What secrets of the kinds `env` and `file` are taken from.
  public private(set) var hostSecrets: HostSecrets

  /// What is hardly meant, though nothing is wrong with it: scenarios that test nothing.
  public private(set) var warnings: [Finding] = []

  /// What is given on the command line beside the files.
  public struct Extras: Sendable {
    /// Values that replace those of the rig file, `key=value`.
    public var overrides: [String]
    /// Values of parameters; nil where nothing is to be played.
    public var parameters: GivenParameters?
    /// The firmware under test; nil where it is not named.
    public var firmware: String?
    /// The step that the scenarios are to end with, by name path; nil for all of them.
    public var excerpt: String?

    /// Creates what is given; nothing by itself.
    public init(
      overrides: [String] = [], parameters: GivenParameters? = nil, firmware: String? = nil,
      excerpt: String? = nil
    ) {
      self.overrides = overrides
      self.parameters = parameters
      self.firmware = firmware
      self.excerpt = excerpt
    }
  }

  /// Reads and checks everything.
  ///
  /// - Parameters:
  ///   - paths: the scenario files.
  ///   - rigPath: the rig file; nil where none is named.
  ///   - extras: what is given beside the files.
  /// - Throws: all that is wrong, in one go.
  public init(
    scenarios paths: [String], rig rigPath: String?, extras: Extras = Extras()
  ) throws(Findings) {
    var findings: [Finding] = []
    let (overrides, wrongOverrides) = Override.parse(all: extras.overrides)
    findings += wrongOverrides
    let environment = ProcessInfo.processInfo.environment
    hostSecrets = HostSecrets(environment: environment)
    let (parameters, wrongParameters) = (extras.parameters ?? []).values(environment: environment)
    findings += wrongParameters
    arguments = Dictionary(parameters.map { ($0.name.text, $0.value) }) { _, last in last }

    var parsedModel: ParsedModel?
    if let rigPath {
      let parsed = RigLoader.load(file: rigPath, overrides: overrides)
      findings += parsed.findings
      if let rig = parsed.rig {
        findings += BenchOpener.findings(rig)
        findings += Self.wrongNoInput(of: rig)
        // A digest may stand behind the version.
        let version = extras.firmware?.split(separator: "@").first.map(String.init)
        let model = ModelLoader.load(
          folder: rig.modelFolder, overrides: rig.modelOverrides, firmware: version)
        findings += model.findings
        if let model = model.model {
          findings += ScenarioChecker.weakImages(in: model) { Template.weakness(of: $0.picture) }
        }
        parsedModel = model
      }
      rig = parsed.rig
      model = parsedModel?.model
    }
    let input = extras.parameters.map { _ in
      ScenarioChecker.RunInput(
        parameters: parameters.map(\.name), namesFirmware: extras.firmware != nil)
    }
    scenarios = []
    for path in paths {
      var parsed = ScenarioParser.parse(file: path)
      if let step = extras.excerpt { findings += Self.shorten(&parsed, until: step) }
      if let scenario = parsed.scenario { hostSecrets.read(for: scenario) }
      findings += ScenarioChecker.check(
        parsed, model: parsedModel, rig: rig, input: input,
        hostSecrets: hostSecrets)
      if let scenario = parsed.scenario {
        scenarios.append(ScenarioFile(path: path, scenario: scenario))
        warnings += ScenarioChecker.warnings(in: scenario, model: model)
      }
    }
    if !findings.isEmpty { throw Findings(findings) }
  }

  /// What is wrong with the picture that the rig's grabber shows without an input.
  private static func wrongNoInput(of rig: RigDescription) -> [Finding] {
    guard let file = rig.noInput else { return [] }
    do {
      _ = try rig.noInputPicture()
      return []
    } catch {
      return [
        Finding(
          file.location, "\(error)",
          remedy: "keep what gantry frame shows while nothing is plugged in, or remove noInput")
      ]
    }
  }

  /// Leaves out of a scenario what comes after a step.
  private static func shorten(_ parsed: inout ParsedScenario, until step: String) -> [Finding] {
    guard let whole = parsed.scenario else { return [] }
    if let excerpt = ScenarioExcerpt.of(whole, until: step) {
      parsed.scenario = excerpt
      return []
    }
    let known = ScenarioExcerpt.paths(in: whole)
    return [
      Finding(
        whole.location, "there is no step \"\(step)\"",
        remedy: NearestName.remedy(for: step, among: known, what: "steps"))
    ]
  }
}
