import Foundation
import RecorderModel
import RigDescription
import Scenario
import ScenarioCheck
import SourceYAML
import Testing

/// The files that come with the project fit each other.
@Suite struct ShippedFilesTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func files(in folder: String, named ending: String) -> [String] {
    let all = FileManager.default.subpaths(atPath: "\(root)/\(folder)") ?? []
    return all.filter { $0.hasSuffix(ending) }.sorted()
  }

  static let scenarios = files(in: "Scenarios", named: ".yaml")
  static let models = files(in: "Rigs/models", named: "/model.yaml").map {
    String($0.dropLast("/model.yaml".count))
  }

  @Test func `there are scenarios and models`() {
    #expect(Self.scenarios.count >= 7)
    #expect(Self.models.count >= 3)
  }

  @Test(arguments: models)
  func `each scenario can be played on each model`(name: String) throws {
    let override = try Override.parse("model=models/\(name)", number: 1)
    let parsed = RigLoader.load(file: "\(Self.root)/Rigs/virtual.yaml", overrides: [override])
    #expect(parsed.findings.map(\.description) == [])
    let rig = try #require(parsed.rig)
    let model = ModelLoader.load(folder: rig.modelFolder, overrides: rig.modelOverrides)
    #expect(model.findings.map(\.description) == [])
    for file in Self.scenarios {
      let scenario = ScenarioParser.parse(file: "\(Self.root)/Scenarios/\(file)")
      let found = ScenarioChecker.check(scenario, model: model, rig: rig)
      #expect(found.map(\.description) == [])
    }
  }

  @Test(arguments: [ModelNames.Kind.labels, .images, .groups, .fields, .regions, .values])
  func `what scenarios ask of a model is what they can't be checked on one without`(
    kind: ModelNames.Kind
  ) throws {
    let folder = "\(Self.root)/Rigs/models/night-series"
    let whole = try #require(ModelLoader.load(folder: folder).model)
    for file in Self.scenarios {
      let parsed = ScenarioParser.parse(file: "\(Self.root)/Scenarios/\(file)")
      let scenario = try #require(parsed.scenario)
      let asked = ModelNames(of: [scenario])[kind].filter { !$0.scenarios.isEmpty }.map(\.name)
      for name in Self.names(of: kind, in: whole) {
        var model = whole
        Self.remove(name, kind, from: &model)
        let lacking = ParsedModel(model: model, findings: [], brokenNames: [])
        let isMissed = !ScenarioChecker.check(parsed, model: lacking, rig: nil).isEmpty
        #expect(
          isMissed == asked.contains(name), "\(scenario.name) without \(kind.rawValue): \(name)")
      }
    }
  }

  private static func names(of kind: ModelNames.Kind, in model: RecorderModel) -> [String] {
    switch kind {
    case .labels: Array(model.labels.keys)
    case .images: Array(model.images.keys)
    case .groups: Array(model.groups.keys)
    case .fields: Array(model.fields.keys)
    case .regions: Array(model.regions.keys)
    case .values: Array(model.values.keys)
    case .flow, .sections: []
    }
  }

  private static func remove(
    _ name: String, _ kind: ModelNames.Kind, from model: inout RecorderModel
  ) {
    switch kind {
    case .labels: model.labels[name] = nil
    case .images: model.images[name] = nil
    case .groups: model.groups[name] = nil
    case .fields: model.fields[name] = nil
    case .regions: model.regions[name] = nil
    case .values: model.values[name] = nil
    case .flow, .sections: break
    }
  }
}
