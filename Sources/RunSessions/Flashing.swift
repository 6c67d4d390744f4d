import BenchOpening
import Digests
import FoundationEssentials
import RecorderPast
public import RigDescription
import RunJournal
import Scenario
import WholeFiles

/// Another firmware for a recorder: brought there by what the rig declares, and its first start
/// awaited, as a run that is written down like any other.
public struct Flashing: Sendable {
  /// What came of it.
  public enum Outcome: Sendable {
    /// The recorder came up with it, as far as the live view tells.
    case flashed(RunResult)
    /// It showed no life, and came up again with the image before: the image's fault.
    case dark(RunResult)
    /// It could not be brought there, or nobody can say what is at fault.
    case errored(String, RunResult?)
  }

  /// An image's file, with what its maker calls its version.
  public struct Image: Sendable {
    /// The file.
    public var path: String
    /// The version.
    public var version: String
    /// The digest of the file.
    public var digest: String

    /// Takes the digest of an image.
    public init(path: String, version: String) throws {
      self.path = path
      self.version = version
      digest = try SHA256Digest.ofFile(path)
    }

    /// What is flashed, as records and `--firmware` name it.
    public var name: String { "\(version)@sha256:\(digest)" }
  }

  private let subject: RunSubject
  private let settings: FlashSettings
  private let run: RunSettings
  private let seed: UInt64
  private let who: String

  /// Creates it.
  ///
  /// - Parameters:
  ///   - subject: the rig and the model; what is played of it is not looked at.
  ///   - settings: how the rig flashes.
  ///   - run: where runs are written down.
  ///   - seed: where a virtual rig's lots come from.
  ///   - who: who asks for it.
  public init(
    of subject: RunSubject, by settings: FlashSettings, run: RunSettings, seed: UInt64, who: String
  ) {
    self.subject = subject
    self.settings = settings
    self.run = run
    self.seed = seed
    self.who = who
  }

  /// Flashes an image, and the one before it where the recorder shows no life.
  public func flash(_ image: Image, before: Image?) async throws -> Outcome {
    let folder = RecorderFolder.ofRig(subject.rig)
    let id = subject.rig.recorder.id
    if let recorders = try folder.imageHolds().held(image.digest) {
      return .errored(
        "the image left \(recorders.joined(separator: ", ")) dark and is held: gantry recorder RIG "
          + "release --image \(image.path)", nil)
    }
    let result = try await bring(image)
    switch result.end.verdict {
    case .passed: return .flashed(result)
    case .aborted: return .errored("stopped in the midst of it; flash again", result)
    case .failed, .errored: break
    }
    guard let before else {
      return .errored(
        "the recorder did not come up: \(result.end.reason ?? ""); name the image before with "
          + "--before, so that it shows whether the new one is at fault", result)
    }
    let back = try await bring(before)
    guard back.end.verdict == .passed else {
      return .errored(
        "the recorder comes up with neither image: \(back.end.reason ?? "")", back)
    }
    try folder.note(dark: image.digest, on: id)
    return .dark(result)
  }

  /// Brings an image onto the recorder; nobody may cut its supply meanwhile.
  private func bring(_ image: Image) async throws -> RunResult {
    let folder = RecorderFolder.ofRig(subject.rig)
    let id = subject.rig.recorder.id
    try mark(image.name, in: folder, id)
    let isTakenAtStart: Bool
    switch settings.way {
    case .stick(let stick, let name):
      let bytes = try WholeFile.bytes(of: image.path)
      try WholeFile.makeFolder(stick)
      try WholeFile.replace("\(stick)/\(name)", with: bytes)
      isTakenAtStart = true
    case .command(let words):
      try await RigCommand.run(
        words.map { $0.replacing("{image}", with: image.path) }, within: settings.takes)
      isTakenAtStart = false
    }
    let part = subject.part(
      StockParts.flashing(byPlug: isTakenAtStart, takes: settings.takes), digest: image.digest)
    var session = RunSession(subject: subject, part: part, seed: seed, settings: run)
    session.isFlash = true
    let result = try await session.play(progress: NoProgress())
    // What is marked stays so where the recorder's state is not known.
    if result.end.verdict == .passed {
      let file = try folder.take(id, for: "gantry flash")
      let now = file.record.last?.at ?? Date.now.timeIntervalSince1970
      try file.update(RecordEntry(at: now, who: who, why: "flashed \(image.name)")) {
        $0.flashing = nil
        $0.take(.firmwareFlashed(image.name), at: now)
      }
    }
    return result
  }

  private func mark(_ name: String, in folder: RecorderFolder, _ id: String) throws {
    let file = try folder.take(id, for: "gantry flash")
    if let hold = file.record.holds.first {
      throw RecordError("\(hold.who) holds the recorder \(id) back: \(hold.why)")
    }
    let now = Date.now.timeIntervalSince1970
    try file.update(RecordEntry(at: now, who: who, why: "flashes \(name)")) {
      $0.flashing = name
    }
  }
}
