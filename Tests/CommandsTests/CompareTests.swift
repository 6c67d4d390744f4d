import Foundation
import OrderedJSON
import Testing

@testable import Commands

/// The virtual rig that the project ships.
private let rig = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Rigs/virtual.yaml").standardizedFileURL.path

@Suite("Comparing runs")
struct CompareTests {
  private let folder: Folder
  private let scenario: String

  init() throws {
    folder = try Folder()
    scenario = try folder.write(
      """
      scenario: look
      about: A look at the live view.
      timeout: 5m
      parameters: {wanted: {default: Bicycle}}
      steps:
        - name: Look
          expect: {not: {text: "${wanted}"}}
          within: 2s

      """, to: "look.yaml")
  }

  private func run(_ arguments: String...) async -> Spoken {
    await gantry(
      ["run", scenario] + arguments
        + ["--rig", rig, "--out", folder.path + "/runs", "--unattended"])
  }

  /// The run folders, the first one first.
  private var runs: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/runs").sorted {
        let ends = [$0, $1].map { $0.suffix(2) }
        return ends[0] < ends[1]
      }.map { "\(folder.path)/runs/\($0)" }
    }
  }

  @Test("what differs is said step by step, for people, for programs and as a page")
  func compared() async throws {
    #expect(await run("--seed", "1").status == 0)
    // The name of a camera is always to be seen.
    #expect(await run("--seed", "2", "--param", "wanted=Driveway").status == 1)
    let runs = try runs
    let (first, second) = (try #require(runs.first), try #require(runs.last))
    let page = folder.path + "/both.html"
    let spoken = await gantry("compare", first, second, "--html", page)
    #expect(spoken.status == 0)
    #expect(spoken.out.contains("verdict: passed → failed"))
    #expect(spoken.out.contains("Look: outcome, time, words"))
    #expect(spoken.out.contains("1 of 1 step differs."))
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("two runs compared"))

    let json = await gantry("compare", first, second, "--json")
    let answer = try JSONValue(parsing: Array(json.out.utf8))
    guard case .array(let steps)? = answer["steps"] else {
      Issue.record("there are no steps in \(json.out)")
      return
    }
    #expect(steps.map { $0["differs"] } == [.bool(true)])

    let same = await gantry("compare", first, first)
    #expect(same.out == "Nothing differs in 1 step.\n")
  }

  @Test("what is no run is told")
  func none() async {
    let spoken = await gantry("compare", folder.path, folder.path)
    #expect(spoken.status == 2)
    #expect(spoken.err == "\(folder.path)/journal.jsonl: No such file or directory\n")
  }

  @Test("one JUnit file has all runs, whose cases are told apart")
  func junit() async throws {
    let file = folder.path + "/junit.xml"
    let spoken = await run("--repeat", "2", "--junit", file)
    #expect(spoken.status == 0)
    let xml = try String(contentsOfFile: file, encoding: .utf8)
    #expect(xml.contains("<testsuites tests=\"2\" failures=\"0\""))
    for seed in 1...2 {
      #expect(xml.contains("classname=\"look.night-series.virtual.seed \(seed)\" name=\"Look\""))
    }
    let nowhere = await run("--junit", folder.path + "/none/junit.xml")
    #expect(nowhere.status == 3)
    #expect(nowhere.err.contains("the JUnit file can't be written"))
  }
}
