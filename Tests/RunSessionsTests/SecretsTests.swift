import Evidence
import Foundation
import FrameVision
import Frames
import OrderedJSON
import RunJournal
import RunSessions
import Synchronization
import Testing

/// A run folder that is told no secrets, so that its own last line of defence stays idle, and
/// somebody who remembers them.
private final class SecretKeeper: JournalSink {
  let folder: RunFolder
  private let known = Mutex<[String]>([])
  private let veiled = Mutex<[Frame]>([])

  init(_ folder: RunFolder) {
    self.folder = folder
  }

  var secrets: [String] { known.withLock { $0 } }
  /// Frames as they were before parts of them were made black.
  var unblanked: [Frame] { veiled.withLock { $0 } }

  func append(_ entry: JournalEntry) async throws(JournalSinkError) {
    try await folder.append(entry)
  }

  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String {
    if case .frame(let frame) = picture.content, !picture.blanked.isEmpty {
      veiled.withLock { $0.append(frame) }
    }
    return try await folder.keep(picture)
  }

  func conceal(_ secret: String) async { known.withLock { $0.append(secret) } }
}

@Suite("Keeping secrets in a run folder")
struct SecretsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  /// Text as a reader who doesn't care for blanks and case compares it.
  private func plain(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

  /// A secret as it is, and as JSON, HTML, URLs and Base64 write it.
  private func forms(of secret: String) -> [String] {
    let json = String(JSONValue.string(secret).description.dropFirst().dropLast())
    let html = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
      .reduce(secret) { $0.replacing($1.0, with: $1.1) }
    let url = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
    // What Base64 makes of it depends on where it begins within three bytes; the characters at its
    // ends depend on its neighbours, too.
    let base64 = (0..<3).map { shift in
      let text = (Data(count: shift) + Data(secret.utf8)).base64EncodedString()
      return String(text.replacing("=", with: "").dropFirst(shift == 0 ? 0 : shift + 1).dropLast())
    }
    return [secret, json, html, url] + base64
  }

  /// Whether bytes hold a form of a secret. Digits inside a longer number are none: a journal is
  /// full of times.
  private func holds(_ bytes: Data, _ form: String) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let isNumber = form.utf8.allSatisfy(digits.contains)
    return bytes.ranges(of: Data(form.utf8)).contains { range in
      let neighbours = bytes[..<range.lowerBound].suffix(1) + bytes[range.upperBound...].prefix(1)
      return !isNumber || !neighbours.contains(where: digits.contains)
    }
  }

  @Test(
    "no file of a password reset holds a secret, and no stored frame shows one",
    arguments: [[], ["virtual.flow.formsSettleBy=40"]])
  func passwordReset(settings: [String]) async throws {
    let place = try Folder()
    let rig = Self.root + "/Rigs/virtual.yaml"
    let files = try InputFiles(
      scenarios: [Self.root + "/Scenarios/password-reset.yaml"], rig: rig,
      extras: .init(overrides: settings, parameters: []))
    let subject = try RunSubject(files, rigPath: rig, overrides: settings, program: "gantry")
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: 1,
      settings: RunSettings(
        out: place.path))
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
      for form in secrets.flatMap(forms) {
        #expect(!holds(bytes, form), "\(name) holds a secret")
      }
      guard name.hasPrefix("pictures/") else { continue }
      frames += 1
      let lines = await reader.lines(in: try Frame(contentsOf: path))
      let text = plain(lines.map(\.text).joined())
      seen += text
      for secret in secrets {
        #expect(!text.contains(plain(secret)), "\(name) shows a secret")
      }
    }
    #expect(frames > 20)
    #expect(seen.contains("securecode"), "the reader reads what stands beside the secrets")
    // What was made black would have told one.
    var told = false
    for frame in keeper.unblanked where !told {
      let text = plain(await reader.lines(in: frame).map(\.text).joined())
      told = secrets.contains { text.contains(plain($0)) }
    }
    #expect(told, "no stored frame needed to be made black")
  }
}
