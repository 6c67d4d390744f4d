import ArgumentParser
import Foundation
import Testing

@testable import Commands

/// The README promises only what is so.
@Suite("The README")
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  private let text: String

  init() throws {
    text = try String(contentsOfFile: Self.root + "/README.md", encoding: .utf8)
  }

  /// What stands between fences of a language.
  private func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test("every command that it shows is one")
  func commands() throws {
    let lines = blocks("sh").flatMap { $0.split(separator: "\n") }
    let commands = lines.filter { $0.hasPrefix("gantry ") }
    #expect(commands.count > 8)
    for command in commands {
      // Words, those in quotes as one.
      let arguments = command.matches(of: /"([^"]*)"|([^ "]+)/).dropFirst().map {
        String($0.output.1 ?? $0.output.2 ?? "")
      }
      #expect(throws: Never.self, "\(command)") { _ = try GantryCommand.parseAsRoot(arguments) }
    }
  }

  @Test("every scenario, rig and suite that it shows is sound")
  func files() async throws {
    let folder = try Folder()
    let models = URL(filePath: Self.root + "/Rigs/models")
    try FileManager.default.createSymbolicLink(
      at: URL(filePath: folder.path + "/models"), withDestinationURL: models)
    let yaml = blocks("yaml")
    let scenarios = yaml.filter { $0.hasPrefix("scenario:") }
    let rigs = yaml.filter { $0.hasPrefix("rig:") }
    let suites = yaml.filter { $0.hasPrefix("suite:") }
    #expect(scenarios.count + rigs.count + suites.count == yaml.count)
    for name in ["Scenarios", "Rigs"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: "\(Self.root)/\(name)")
    }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/Suites", withIntermediateDirectories: true)
    for suite in suites {
      let spoken = await gantry("check", try folder.write(suite, to: "Suites/suite.yaml"))
      #expect(spoken.status == 0, "\(spoken.err)")
    }
    for (number, rig) in rigs.enumerated() {
      let rigFile = try folder.write(rig, to: "rig-\(number).yaml")
      for scenario in scenarios {
        let scenarioFile = try folder.write(scenario, to: "scenario.yaml")
        let spoken = await gantry("check", scenarioFile, "--rig", rigFile)
        #expect(spoken.status == 0, "\(spoken.err)")
      }
    }
  }

  @Test("every folder and file that it names is there")
  func places() {
    for place in text.matches(of: /`((?:Scenarios|Rigs|Suites|Sources|Tests|Scripts|\.ci)[^` ]*)`/)
    {
      let path = Self.root + "/" + place.output.1
      #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
  }
}
