import ArgumentParser
import Foundation
import Testing

@testable import Commands

/// The tutorial shows only what is so.
@Suite("The tutorial on gates")
struct GateTutorialTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  private let text: String

  init() throws {
    text = try String(contentsOfFile: Self.root + "/Gates/README.md", encoding: .utf8)
  }

  /// What stands between fences of a language.
  private func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test("every command that it shows is one")
  func commands() throws {
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let commands = blocks("sh")
      .flatMap { $0.replacing("${good#*@}", with: digest).split(separator: "\n") }
      .filter { $0.hasPrefix("gantry ") }
      .map { $0.prefix { $0 != ">" }.split(separator: " ").dropFirst().map(String.init) }
    #expect(commands.count > 10)
    for command in commands {
      #expect(throws: Never.self, "\(command)") { _ = try GantryCommand.parseAsRoot(command) }
    }
  }

  @Test("every gate and waiver that it shows is sound, beside the rigs that it names")
  func files() async throws {
    let folder = try Folder()
    for name in ["Scenarios", "Rigs"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: "\(Self.root)/\(name)")
    }
    try FileManager.default.copyItem(
      atPath: Self.root + "/Gates", toPath: folder.path + "/Gates")
    let gates = blocks("yaml").filter { $0.hasPrefix("gate:") }
    let waivers = blocks("yaml").filter { $0.hasPrefix("waivers:") }
    #expect(gates.count == 1)
    #expect(gates.count + waivers.count == blocks("yaml").count)
    for gate in gates {
      for waiver in waivers {
        _ = try folder.write(waiver, to: "Gates/first-waivers.yaml")
        let path = try folder.write(gate, to: "Gates/first.yaml")
        let spoken = await gantry("check", path)
        #expect(spoken.status == 0, "\(spoken.err)")
      }
    }
  }

  @Test("the example and every rig of it are sound")
  func example() async {
    #expect(await gantry("check", Self.root + "/Gates/family.yaml").status == 0)
    for rig in ["night-1", "night-2", "harbor-1", "harbor-2", "summit-1", "summit-2"] {
      for scenario in ["password-reset", "log-in", "weak-password"] {
        let spoken = await gantry(
          "check", "\(Self.root)/Scenarios/\(scenario).yaml", "--rig",
          "\(Self.root)/Gates/rigs/\(rig).yaml")
        #expect(spoken.status == 0, "\(spoken.err)")
      }
    }
  }
}
