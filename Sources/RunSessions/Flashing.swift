import Bench
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
  ///   - subject: the rig and the model; its first scenario is that of the recorder's own menu, where
  ///     the settings name one.
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

  /// Reads what a flashing is made from.
  ///
  /// - Parameters:
  ///   - rig: the rig file.
  ///   - overrides: values that replace those of the rig file, `key=value`.
  ///   - settings: how the rig flashes.
  ///   - version: what the image is, for the scenario of the recorder's menu.
  ///   - program: what journals call the program.
  /// - Returns: rig and model, and that scenario.
  /// - Throws: all that is wrong with them, or a file that can't be read.
  public static func subject(
    rig: String, overrides: [String], settings: FlashSettings, version: String, program: String
  ) throws -> RunSubject {
    var scenarios: [String] = []
    if case .scenario(let path) = settings.taking { scenarios = [path] }
    let files = try InputFiles(
      scenarios: scenarios, rig: rig,
      extras: .init(
        overrides: overrides,
        parameters: scenarios.isEmpty ? nil : GivenParameters(values: ["version=\(version)"])))
    return try RunSubject(files, rigPath: rig, overrides: overrides, program: program)
  }

  /// Flashes an image, and the one before it where the recorder shows no life.
  ///
  /// Only a recorder that lived shows by going dark what an image is worth: where the last flashing did
  /// not end well, the image before is brought there first, if there is one.
  public func flash(_ image: Image, before: Image?) async throws -> Outcome {
    let folder = RecorderFolder.ofRig(subject.rig)
    let id = subject.rig.recorder.id
    if let recorders = try folder.imageHolds().held(image.digest) {
      return .errored(
        "the image left \(recorders.joined(separator: ", ")) dark and is held: gantry recorder RIG "
          + "release --image \(image.path)", nil)
    }
    let before = before?.digest == image.digest ? nil : before
    let wasCutOff = try folder.read(id).flashing != nil
    if wasCutOff, let before {
      let first = try await bring(before, afterCutOff: true, byItsStart: true)
      guard first.end.verdict == .passed else {
        return .errored(
          "the last flashing did not end well, and the recorder does not come up with the image "
            + "before: \(first.end.reason ?? "")", first)
      }
    }
    let result = try await bring(image, afterCutOff: wasCutOff && before == nil)
    switch result.end.verdict {
    case .passed: return .flashed(result)
    case .aborted: return .errored("stopped in the midst of it; flash again", result)
    case .failed, .errored: break
    }
    guard result.causeBehind.map(Self.signsOfDeath.contains) == true else {
      return .errored(
        "it was not flashed, or nobody can tell: \(result.end.reason ?? "")", result)
    }
    guard let before else {
      return .errored(
        "the recorder did not come up: \(result.end.reason ?? ""); name the image before with "
          + "--before, so that it shows whether the new one is at fault", result)
    }
    let back = try await bring(before, afterCutOff: false, byItsStart: true)
    guard back.end.verdict == .passed else {
      return .errored(
        "the recorder comes up with neither image: \(back.end.reason ?? "")", back)
    }
    try folder.note(dark: image.digest, on: id)
    return .dark(result)
  }

  /// What the witnesses say, its supply sensed, of a recorder that shows no life.
  private static let signsOfDeath: Set<FaultCode> = [
    .recorderNotBack, .recorderWentDown, .recorderBootLoop,
  ]

  /// Brings an image onto the recorder; nobody may cut its supply meanwhile.
  ///
  /// - Parameters:
  ///   - image: the image.
  ///   - afterCutOff: whether the recorder may be writing a firmware already, or be dark.
  ///   - byItsStart: whether its next start is to take it, though its menu would: where it is dark, it
  ///     has none.
  /// - Returns: what its first start came to.
  /// - Throws: where the image can't be brought there, or nothing can be written down.
  private func bring(
    _ image: Image, afterCutOff: Bool, byItsStart: Bool = false
  ) async throws -> RunResult {
    let folder = RecorderFolder.ofRig(subject.rig)
    let id = subject.rig.recorder.id
    try mark(image.name, in: folder, id)
    try await carry(image)
    var session: RunSession
    switch settings.taking {
    case .scenario where !byItsStart:
      guard let part = subject.parts.first else {
        throw RigFault(
          .host, .rigIncomplete, "nobody has read the scenario of the recorder's own menu")
      }
      session = RunSession(subject: subject, part: part, seed: seed, settings: run)
      session.arguments = ["version": image.version]
    case .scenario, .plug, .carrier:
      let scenario = StockParts.flashing(
        byPlug: settings.taking != .carrier, mayBeWriting: afterCutOff, takes: settings.takes)
      session = RunSession(
        subject: subject, part: subject.part(scenario, digest: image.digest), seed: seed,
        settings: run)
      session.arguments = [:]
    }
    session.flash = RunSession.Flash(updateMayTake: afterCutOff ? settings.takes : nil)
    let result = try await session.play(progress: NoProgress())
    // What is marked stays so where the recorder's state is not known.
    if result.end.verdict == .passed {
      let file = try folder.take(id, for: "gantry flash")
      let now = file.record.last?.at ?? Date.now.timeIntervalSince1970
      try file.update(RecordEntry(at: now, who: who, why: "flashed \(image.name)")) {
        $0.flashing = nil
        $0.take(.firmwareFlashed(image.name), at: now)
      }
      if case .stick(let stick, _)? = settings.carrier { try RigStick.remove(stick) }
    }
    return result
  }

  /// Takes an image to where the recorder finds it.
  private func carry(_ image: Image) async throws {
    switch settings.carrier {
    case .stick(let stick, let name)?:
      let bytes = try WholeFile.bytes(of: image.path)
      try await RigStick.put(
        bytes, as: name, on: stick, of: subject.rig.recorder.id,
        images: "\(RecorderFolder.stateFolder())/sticks", within: settings.takes)
    case .command(let words)?:
      try await RigCommand.run(
        words.map { $0.replacing("{image}", with: image.path) }, within: settings.takes)
    case nil: break
    }
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
