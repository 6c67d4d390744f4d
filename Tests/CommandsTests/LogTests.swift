import Foundation
import Testing

/// The virtual rig that the project ships.
private let rig = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Rigs/virtual.yaml").standardizedFileURL.path

@Suite("Telling operators what goes on")
struct LogTests {
  let folder: Folder
  let scenario: String

  init() throws {
    folder = try Folder()
    scenario = try folder.write(
      """
      scenario: look
      about: Looks for what is not there.
      timeout: 5m
      parameters:
        word: {about: What is looked for., secret: true}
      steps:
        - name: Look
          expect: {not: {text: "${word}"}}
        - name: Look for a plain word
          expect: {not: {text: Bicycle}}

      """, to: "look.yaml")
  }

  private func run(_ more: String...) async -> Spoken {
    await gantry(
      ["run", scenario, "--rig", rig, "--out", folder.path + "/runs", "--unattended"]
        + ["--param", "word=Unicorn77"] + more)
  }

  @Test("by itself a run tells nothing on standard error")
  func silent() async {
    let spoken = await run()
    #expect(spoken.status == 0, "\(spoken.out)")
    #expect(spoken.err.isEmpty)
  }

  @Test("at each level as much as it says, the same every time, and no secret")
  func levels() async {
    let info = await run("--log-level", "info").err.split(separator: "\n")
    #expect(info.first == "info look/1: opening the rig virtual")
    #expect(info.contains { $0.hasPrefix("info look/1: step 1 “Look” begins: ") })
    #expect(info.last == "info look/1: passed")
    #expect(info.allSatisfy { $0.hasPrefix("info look/1: ") })

    let trace = await run("--log-level", "trace").err
    let lines = trace.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("trace look/1: words “Bicycle” in anywhere of frame ") })
    #expect(lines.filter { $0.hasPrefix("info ") } == info)
    #expect(!trace.contains("Unicorn"))
    #expect(await run("--log-level", "trace").err == trace)
  }

  @Test("a level that there is not is wrong usage")
  func unknown() async {
    #expect(await run("--log-level", "loud").status == 2)
  }
}
