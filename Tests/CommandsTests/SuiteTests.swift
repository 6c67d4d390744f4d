import Foundation
import OrderedJSON
import RunJournal
import Testing

/// Suites are checked like scenarios, played, and tell of all their runs on one page.
@Suite("Suites")
struct SuiteTests {
  private let folder: Folder
  private let out: String

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  init() throws {
    folder = try Folder()
    out = folder.path + "/runs"
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/models", withDestinationPath: "\(Self.root)/Rigs/models")
    _ = try folder.write(scenario("sees-none", "{not: {text: Bicycle}}"), to: "a.yaml")
    _ = try folder.write(scenario("sees-bicycle", "{text: Bicycle}"), to: "b.yaml")
    _ = try folder.write(rig("bench-1", "class: desk"), to: "rig-1.yaml")
    _ = try folder.write(rig("bench-2", "class: bench\ntags: [fast]"), to: "rig-2.yaml")
  }

  private func scenario(_ name: String, _ expected: String) -> String {
    "scenario: \(name)\nabout: Looks.\ntimeout: 5m\nsteps:\n"
      + "  - name: Look\n    expect: \(expected)\n    within: 2s\n"
  }

  private func rig(_ name: String, _ more: String, virtual: String = "{}") -> String {
    "rig: \(name)\nmodel: models/night-series\nvirtual: \(virtual)\n\(more)\n"
  }

  private func play(_ suite: String, _ more: String...) async throws -> [JSONValue] {
    let path = try folder.write(suite, to: "suite.yaml")
    let spoken = await gantry(["run", path, "--out", out, "--json", "--unattended"] + more)
    #expect(spoken.err == "")
    return try spoken.out.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
  }

  private func index() throws -> [JSONValue] {
    guard
      case .array(let runs)? = try JSONValue(parsing: folder.text("runs/index.json").utf8)["runs"]
    else { return [] }
    return runs
  }

  @Test("a suite plays its scenarios on its rigs with each seed, and one page tells of all")
  func matrix() async throws {
    let said = try await play(
      """
      suite: s
      scenarios: [a.yaml, b.yaml]
      rigs: [rig-1.yaml, rig-2.yaml]
      firmware: ["4.2.1"]
      seeds: [4, 5]
      """)
    let played = said.map {
      "\($0["rig"] ?? .null) \($0["scenario"] ?? .null) \($0["seed"] ?? .null)"
    }
    #expect(
      played == [
        #""bench-1" "sees-none" 4"#, #""bench-1" "sees-none" 5"#, #""bench-1" "sees-bicycle" 4"#,
        #""bench-1" "sees-bicycle" 5"#, #""bench-2" "sees-none" 4"#, #""bench-2" "sees-none" 5"#,
        #""bench-2" "sees-bicycle" 4"#, #""bench-2" "sees-bicycle" 5"#,
      ])
    #expect(try index().count == 8)
    let page = try folder.text("runs/index.html")
    #expect(page.contains("<th scope=\"col\">night-series, 4.2.1</th>"))
    #expect(page.contains("<td class=\"number\">4 of 4</td>"))
    #expect(page.contains("0 of 4, 4 "))
    #expect(page.contains("/report.html\">passed</a>"))
  }

  @Test("rigs are chosen by class and tags")
  func chosen() async throws {
    let said = try await play(
      "suite: s\nscenarios: [a.yaml]\nrigs: {in: [.], class: bench, tags: [fast]}\n")
    #expect(said.map { $0["rig"] } == [.string("bench-2")])
  }

  @Test("an errored run of a named cause is played again and marked; a failed one is not")
  func retried() async throws {
    _ = try folder.write(
      rig("blind", "", virtual: "{faults: [capture-gone], strikes: {capture-gone: 0s}}"),
      to: "blind.yaml")
    let check = await gantry("check", folder.path + "/a.yaml", "--rig", folder.path + "/blind.yaml")
    try #require(check.status == 0, "\(check.err)")
    let said = try await play(
      """
      suite: s
      scenarios: [a.yaml]
      rigs: [blind.yaml]
      retry: {atMost: 2, causes: [capture-gone], why: The cable is loose.}
      """)
    #expect(
      said.map { $0["verdict"] } == [.string("errored"), .string("errored"), .string("errored")])
    #expect(said.map { $0["retryOf"] } == [.null, said[0]["run"], said[1]["run"]])
    #expect(try index().map { $0["retryReason"] }.last == .string("The cable is loose."))
    let failing = try await play(
      """
      suite: s
      scenarios: [b.yaml]
      rigs: [rig-1.yaml]
      retry: {atMost: 2, causes: [capture-gone], why: The cable is loose.}
      """)
    #expect(failing.count == 1)
  }

  @Test("what is wrong with a suite's files is told in one go, and nothing is played")
  func wrong() async throws {
    _ = try folder.write("scenario: broken\nsteps: []\n", to: "broken.yaml")
    let path = try folder.write(
      "suite: s\nscenarios: [broken.yaml]\nrigs: {in: [.], class: bensh}\n", to: "suite.yaml")
    for command in ["check", "run"] {
      let spoken = await gantry(command, path)
      #expect(spoken.status == 2)
      #expect(spoken.err.contains("suite.yaml:3:24: none of the 2 rigs is of that class"))
      #expect(spoken.err.contains("did you mean \"bench\"?"))
      #expect(spoken.err.contains("broken.yaml:"))
    }
    let sound = try folder.write(
      "suite: s\nscenarios: [a.yaml]\nrigs: [rig-1.yaml]\nrepeat: 3\n", to: "sound.yaml")
    let checked = await gantry("check", sound)
    #expect(checked.out == "the suite s with 3 runs: nothing is wrong\n")
    let both = await gantry("run", sound, "--rig", folder.path + "/rig-1.yaml")
    #expect(both.status == 2)
    #expect(both.err.contains("leave out --rig"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("of a folder its scenarios are played")
  func folderOfScenarios() async throws {
    let place = folder.path + "/scenarios"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for name in ["one", "two"] {
      _ = try folder.write(scenario(name, "{not: {text: Bicycle}}"), to: "scenarios/\(name).yaml")
    }
    let spoken = await gantry(
      "run", place, "--rig", folder.path + "/rig-1.yaml", "--out", out, "--unattended")
    #expect(spoken.status == 0)
    #expect(spoken.out.contains("one"))
    #expect(try index().count == 2)
    #expect(await gantry("run", place).status == 2)
  }
}
