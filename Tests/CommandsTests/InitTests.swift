import ArgumentParser
import Foundation
import Testing

@testable import Commands

@Suite("Files to start from")
struct InitTests {
  let folder: Folder
  let target: String

  init() throws {
    folder = try Folder()
    target = folder.path + "/new/recorder"
  }

  @Test("what is written is sound, and passes on the virtual recorder")
  func plays() async throws {
    let spoken = await gantry("init", target)
    #expect(spoken.status == 0, "\(spoken.err)")
    let scenario = target + "/scenarios/ask-for-password.yaml"
    let rig = target + "/rig.yaml"
    #expect(spoken.out.contains("next: gantry run \(scenario) --rig \(rig)"))
    let checked = await gantry("check", scenario, "--rig", rig)
    #expect(checked.status == 0, "\(checked.err)")
    let played = await gantry("run", scenario, "--rig", rig, "--out", folder.path + "/runs")
    #expect(played.status == 0, "\(played.out) \(played.err)")
  }

  @Test("files that are there already stay as they are")
  func keeps() async throws {
    #expect(await gantry("init", target).status == 0)
    let rig = URL(filePath: target + "/rig.yaml")
    try Data("mine".utf8).write(to: rig)
    try FileManager.default.removeItem(atPath: target + "/models")
    let again = await gantry("init", target)
    #expect(again.status == 2)
    #expect(again.err.contains("is there already"))
    #expect(try Data(contentsOf: rig) == Data("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: target + "/models"))
  }

  @Test("the commands that their comments name are commands")
  func comments() throws {
    var count = 0
    for file in StarterFile.allCases {
      let comments = file.text.replacing("\\\n#", with: "")
      for line in comments.split(separator: "\n") where line.hasPrefix("#   gantry ") {
        let arguments = line.dropFirst(4).matches(of: /"([^"]*)"|([^ "]+)/).dropFirst().map {
          String($0.output.1 ?? $0.output.2 ?? "")
        }
        #expect(throws: Never.self, "\(line)") { _ = try GantryCommand.parseAsRoot(arguments) }
        count += 1
      }
    }
    #expect(count == 2)
  }
}
