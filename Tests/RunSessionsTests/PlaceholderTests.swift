import Evidence
import Foundation
import RunJournal
import RunSessions
import Testing

/// Fields in which words stand while nothing was typed, as most toolkits have them.
@Suite("Words in empty fields")
struct PlaceholderTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path
  private static let words = "At least 6 characters"

  private func play(onModel fields: [String]) async throws -> RunEnd {
    let place = try Folder()
    let rig = Self.root + "/Rigs/virtual.yaml"
    let settings =
      ["virtual.flow.placeholder=\(Self.words)"]
      + fields.map { "model.fields.\($0).placeholder=\(Self.words)" }
    let files = try InputFiles(
      scenarios: [Self.root + "/Scenarios/password-reset.yaml"], rig: rig,
      extras: .init(overrides: settings, parameters: []))
    let subject = try RunSubject(files, rigPath: rig, overrides: settings, program: "gantry")
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: 3,
      settings: RunSettings(out: place.path))
    let start = subject.start(of: session.part, seed: session.seed, firmware: nil, plan: [])
    return await session.play(start, into: try RunFolder(in: place.path, name: "run"))
  }

  @Test("a reset passes where the model says which words they are")
  func declared() async throws {
    let end = try await play(onModel: ["newPassword", "confirmPassword"])
    #expect(end.verdict == .passed, "\(end.reason ?? "")")
  }

  @Test(
    "where it does not, nobody can tell them from what was typed, and the recorder is not blamed")
  func undeclared() async throws {
    let end = try await play(onModel: [])
    #expect(end.verdict == .errored)
    #expect(end.cause?.code == "picture-unclear")
    #expect(end.reason?.contains("placeholder") == true, "\(end.reason ?? "")")
  }
}
