import Evidence
import Foundation
import FrameVision
import Frames
import RunJournal
import Synchronization
import Testing

@testable import Commands

/// A run folder that is told no secrets, so that its own last line of defence stays idle, and
/// somebody who remembers them.
private final class SecretKeeper: JournalSink {
  let folder: RunFolder
  private let known = Mutex<[String]>([])

  init(_ folder: RunFolder) {
    self.folder = folder
  }

  var secrets: [String] { known.withLock { $0 } }

  func append(_ entry: JournalEntry) async throws(JournalSinkError) {
    try await folder.append(entry)
  }

  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String {
    try await folder.keep(picture)
  }

  func conceal(_ secret: String) async { known.withLock { $0.append(secret) } }
}

@Suite("Keeping secrets in a run folder")
struct SecretsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  /// Text as a reader who doesn't care for blanks and case compares it.
  private func plain(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

  @Test("no file of a password reset holds a secret, and no stored frame shows one")
  func passwordReset() async throws {
    let place = try Folder()
    let rig = Self.root + "/Rigs/virtual.yaml"
    let files = try InputFiles(
      scenarios: [Self.root + "/Scenarios/password-reset.yaml"], rig: rig,
      extras: .init(parameters: []))
    let subject = try RunSubject(files, rigPath: rig, overrides: [])
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: 1,
      settings: RunSettings(
        out: place.path, firmware: nil, pace: Pace.virtual.ofBench, attendant: nil))
    let folder = try RunFolder(in: place.path, name: "run")
    let keeper = SecretKeeper(folder)
    let start = subject.start(of: session.part, seed: session.seed, firmware: nil, plan: [])
    let end = await session.play(start, into: keeper)
    try RunReports.write(in: folder.path)
    #expect(end.verdict == .passed, "\(end.reason ?? "")")
    let secrets = Set(keeper.secrets)
    #expect(secrets.count >= 3, "old password, new password and code were used")

    let reader = try TextReader()
    let names = try #require(FileManager.default.subpaths(atPath: folder.path)).sorted()
    var frames = 0
    var seen = ""
    for name in names {
      let path = folder.path + "/" + name
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      for secret in secrets {
        #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(name) holds a secret")
      }
      guard name.hasSuffix(".jpg") else { continue }
      frames += 1
      let lines = await reader.lines(in: try JPEGCodec.read(path))
      let text = plain(lines.map(\.text).joined())
      seen += text
      for secret in secrets {
        #expect(!text.contains(plain(secret)), "\(name) shows a secret")
      }
    }
    #expect(frames > 20)
    #expect(seen.contains("securecode"), "the reader reads what stands beside the secrets")
  }
}
