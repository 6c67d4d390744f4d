import BenchOpening
import FrameVision
import RecorderModel
import RigDescription
import Scenario
import ScenarioCheck
import SourceYAML

/// The files that a run is made from, read and checked together.
struct InputFiles {
  /// A scenario and the file that it stands in.
  struct ScenarioFile {
    var path: String
    var scenario: Scenario
  }

  /// The scenarios in the order in which they were named.
  var scenarios: [ScenarioFile]
  /// The rig; nil when none was named.
  var rig: RigDescription?
  /// The model that the rig names.
  var model: RecorderModel?
  /// The values given to parameters.
  var arguments: [String: String]

  /// What is given on the command line beside the files.
  struct Extras {
    /// Values that replace those of the rig file, `key=value`.
    var overrides: [String] = []
    /// Values of parameters, `name=value`; nil where nothing is to be played.
    var parameters: [String]?
    /// Whether the firmware under test is named.
    var namesFirmware = false
    /// The step that the scenarios are to end with, by name path; nil for all of them.
    var excerpt: String?
  }

  /// Reads and checks everything.
  ///
  /// - Throws: all that is wrong, a line each, in one go.
  init(scenarios paths: [String], rig rigPath: String?, extras: Extras = Extras()) throws {
    var findings: [Finding] = []
    let (overrides, wrongOverrides) = Override.parse(all: extras.overrides)
    findings += wrongOverrides
    let (parameters, wrongParameters) = Self.parameters(extras.parameters ?? [])
    findings += wrongParameters
    arguments = Dictionary(parameters.map { ($0.name.text, $0.value) }) { _, last in last }

    var parsedModel: ParsedModel?
    if let rigPath {
      let parsed = RigLoader.load(file: rigPath, overrides: overrides)
      findings += parsed.findings
      if let rig = parsed.rig {
        findings += BenchOpener.findings(rig)
        findings += Self.wrongNoInput(of: rig)
        let model = ModelLoader.load(folder: rig.modelFolder, overrides: rig.modelOverrides)
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
        parameters: parameters.map(\.name), namesFirmware: extras.namesFirmware)
    }
    scenarios = []
    for path in paths {
      var parsed = ScenarioParser.parse(file: path)
      if let step = extras.excerpt { findings += Self.shorten(&parsed, until: step) }
      findings += ScenarioChecker.check(parsed, model: parsedModel, rig: rig, input: input)
      if let scenario = parsed.scenario {
        scenarios.append(ScenarioFile(path: path, scenario: scenario))
      }
    }
    if !findings.isEmpty { throw CommandFailure.invalid(Findings(findings).description) }
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

  /// A parameter's value with its place on the command line.
  private struct GivenParameter {
    var name: LocatedText
    var value: String
  }

  private static func parameters(_ texts: [String]) -> ([GivenParameter], [Finding]) {
    var given: [GivenParameter] = []
    var findings: [Finding] = []
    for (index, text) in texts.enumerated() {
      let location = SourceLocation(file: "--param", line: index + 1, column: 1)
      if let equals = text.firstIndex(of: "="), equals > text.startIndex {
        let name = LocatedText(String(text[..<equals]), at: location)
        given.append(
          GivenParameter(name: name, value: String(text[text.index(after: equals)...])))
      } else {
        findings.append(
          Finding(location, "\"\(text)\" gives no parameter a value", remedy: "write name=value"))
      }
    }
    return (given, findings)
  }
}

extension RigDescription {
  /// What the grabber shows when it has no input; nil where the rig names no picture of it.
  func noInputPicture() throws -> NoInputPicture? {
    try noInput.map { try PictureInput.noInput($0.text) }
  }
}
