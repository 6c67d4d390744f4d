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
}
