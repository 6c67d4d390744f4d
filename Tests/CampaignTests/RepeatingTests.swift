import Foundation
import OrderedJSON
import RunJournal
import Testing

@testable import Campaign

/// The same seed twice is the same run.
@Suite("The same seed twice")
struct RepeatingTests {
  /// Plays password resets and gives back their folders, in the order of their seeds.
  private func play(_ arguments: String..., in folder: Folder) async throws -> [String] {
    let said = await gantry(
      ["run", "\(root)/Scenarios/password-reset.yaml", "--rig", "\(root)/Rigs/virtual.yaml"]
        + ["--unattended", "--json", "--out", folder.path] + arguments)
    return try said.out.split(separator: "\n").map { line in
      let outcome = Outcome(try JSONValue(parsing: Array(line.utf8)))
      return try #require(outcome).folder
    }
  }

  /// A journal's lines but for the first, without what the wall clock says.
  private func journal(_ folder: String) throws -> [String] {
    try String(contentsOfFile: folder + "/journal.jsonl", encoding: .utf8)
      .split(separator: "\n").dropFirst()
      .map { String($0).replacing(/"wall[A-Za-z]*":[^,}]*/, with: "") }
  }

  @Test("the journal is the same, alone or beside another run, and so is every picture")
  func deterministic() async throws {
    let folder = try Folder()
    let alone = try #require(try await play("--seed", "2", in: folder).first)
    let pair = try await play("--seed", "1", "--repeat", "2", "--jobs", "2", in: folder)
    let beside = try #require(pair.last)
    let (first, second) = (try journal(alone), try journal(beside))
    #expect(first.count > 100)
    #expect(first == second)
    #expect(try journal(pair[0]) != first)
    let pictures = try FileManager.default.contentsOfDirectory(atPath: alone + "/pictures")
    #expect(pictures.count > 10)
    for picture in pictures {
      let files = [alone, beside].map { URL(filePath: "\($0)/pictures/\(picture)") }
      #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]), "\(picture)")
    }
  }
}
