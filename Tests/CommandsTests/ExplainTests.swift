import Bench
import Foundation
import SourceYAML
import Testing

@testable import Commands

/// What `gantry explain` says, and the reference that is kept with the sources.
@Suite("Explaining files")
struct ExplainTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Documentation").standardizedFileURL.path

  @Test("a place is told with keys, types, what follows and an example")
  func page() async throws {
    let spoken = await gantry("explain", "step.mail")
    #expect(spoken.status == 0)
    for piece in [
      "step.mail\n", "Waits for a mail", "subject", "a duration such as", "INBOX if left out",
      "- mail: {subject: Reset Password",
    ] {
      #expect(spoken.out.contains(piece), "\(piece) is missing in \(spoken.out)")
    }
    #expect(await gantry("explain", "step", "mail").out == spoken.out)
    #expect(await gantry("explain", "rig.power.gpioRelay").out.contains("whenReleased*"))
  }

  @Test("without words it lists where to begin")
  func overview() async {
    let spoken = await gantry("explain")
    #expect(spoken.status == 0)
    for name in ["scenario", "rig", "model", "step", "target", "expectation", "condition", "cause"]
    {
      #expect(spoken.out.contains("\n  \(name) ") || spoken.out.hasPrefix("  \(name) "))
    }
  }

  @Test("every cause is listed, and explained by its name")
  func causes() async {
    let list = await gantry("explain", "cause").out
    for code in FaultCode.allCases {
      #expect(list.contains("\n  \(code.rawValue) "), "\(code)")
      let spoken = await gantry("explain", "cause.\(code.rawValue)")
      #expect(spoken.status == 0)
      #expect(spoken.out.contains(code.about))
    }
    #expect(await gantry("explain", "cause.bad-luck").status == 2)
  }

  @Test("an unknown word is one line with the nearest name, and invalid")
  func unknown() async {
    let spoken = await gantry("explain", "step.mial")
    #expect(spoken.status == 2)
    #expect(spoken.err == "\"mial\" is no word of step; did you mean \"mail\"?\n")
  }

  @Test("Documentation is what the shapes say: gantry explain --markdown Documentation renews it")
  func documentation() throws {
    let files = ExplainCommand.files
    for (name, text) in files {
      let kept = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
      #expect(kept == text, "Documentation/\(name) is not what the shapes say")
    }
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder))
        .isSuperset(of: files.map(\.name)))
  }
}
