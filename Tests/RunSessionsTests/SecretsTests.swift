import Evidence
import Foundation
import FrameVision
import Frames
import OrderedJSON
import RecorderModel
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
    "no file of a password reset holds a secret, and no stored frame or film shows one",
    arguments: zip([[], ["virtual.flow.formsSettleBy=40"]], [false, true]))
  func passwordReset(settings: [String], isFilmed: Bool) async throws {
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
    let film = RunFilmFile(in: folder.path, screen: subject.model.screen, waits: true)
    let end = await session.play(start, into: keeper, filmedBy: isFilmed ? film : nil)
    if isFilmed { #expect(await film.finish() == nil) }
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
      guard name.hasPrefix("pictures/"), !name.hasSuffix("/") else { continue }
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

    // The film, every fourth second.
    guard isFilmed else { return }
    let stills = try Film(folder.path + "/video.mp4").stills(every: 4, in: place.path)
    #expect(stills.count > 30)
    for still in stills {
      let text = plain(
        await reader.lines(in: try Frame(contentsOf: still)).map(\.text).joined())
      for secret in secrets {
        #expect(!text.contains(plain(secret)), "\(still) shows a secret")
      }
    }
  }
}

@Suite("The film of a run")
struct FilmedRunTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  @Test("shows at a step's time what was kept of the step, and the run is the same without it")
  func evidence() async throws {
    let place = try Folder()
    let rig = Self.root + "/Rigs/virtual.yaml"
    let files = try InputFiles(
      scenarios: [Self.root + "/Scenarios/log-in.yaml"], rig: rig, extras: .init(parameters: []))
    let subject = try RunSubject(files, rigPath: rig, overrides: [], program: "gantry")
    var settings = RunSettings(out: place.path)
    let part = try #require(subject.parts.first)
    let plain = try await RunSession(subject: subject, part: part, seed: 1, settings: settings)
      .play(progress: NoProgress())
    settings.isFilmed = true
    let filmed = try await RunSession(subject: subject, part: part, seed: 1, settings: settings)
      .play(progress: NoProgress())
    #expect(filmed.filmFailure == nil)
    let journals = try [plain, filmed].map { try RunReports.journal(of: $0.folder) }
    #expect(
      journals[0].entries.dropFirst().dropLast() == journals[1].entries.dropFirst().dropLast())

    let film = Film(filmed.folder + "/video.mp4")
    let record = try #require(RunReports.film(of: filmed.folder))
    let report = try String(contentsOfFile: filmed.folder + "/report.html", encoding: .utf8)
    #expect(report.contains("<video"))
    var captured: [Int: MonotonicInstant] = [:]
    var compared = 0
    for entry in journals[1].entries {
      if case .judged(let judgement) = entry.event, let frame = judgement.frame {
        captured[frame] = judgement.capturedAt
      }
      guard case .pictureKept(let picture) = entry.event, picture.role == .deciding,
        let instant = picture.frame.flatMap({ captured[$0] })
      else { continue }
      let kept = try Frame(contentsOf: filmed.folder + "/" + picture.file)
      let still = try Frame(
        contentsOf: film.still(
          at: record.seconds(at: instant), in: place.path))
      let shown = still.luma.cropped(to: kept.bounds)
      // A film has the keyboard's place black for a moment longer.
      let pairs = zip(kept.luma.samples, shown.samples).filter { $0.1 > 2 }
      #expect(pairs.count > kept.size.area / 2)
      let difference = pairs.reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(difference) / Double(pairs.count) < 4, "\(picture.file)")
      compared += 1
    }
    #expect(compared >= 3)
  }
}

/// A film, looked at by ffmpeg.
private struct Film {
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// The pictures that are shown a time apart each.
  func stills(every seconds: Int, in folder: String) throws -> [String] {
    try run(["-i", path, "-vf", "fps=1/\(seconds)", "\(folder)/still-%04d.png"])
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix("still-") }.sorted().map { "\(folder)/\($0)" }
  }

  /// The first picture that is shown from a time on.
  func still(at seconds: Double, in folder: String) throws -> String {
    let still = "\(folder)/at-\(seconds).png"
    try run(["-i", path, "-vf", "select=gte(t\\,\(seconds - 0.002))", "-frames:v", "1", still])
    return still
  }

  private func run(_ words: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y"] + words
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
