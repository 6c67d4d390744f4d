import Foundation
import Frames
import RecorderPast
import RigDescription
import RunJournal
import RunSessions
import Testing
import VirtualRecorder

/// Two recorders of one lab that remember, and the images that there are for them.
private final class Lab {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path
  private static let rig = root + "/Rigs/virtual.yaml"

  let place: Folder
  private var seed: UInt64 = 70
  private let model: String

  init(model: String = "night-series") throws {
    place = try Folder()
    self.model = model
  }

  private func overrides(_ recorder: String) -> [String] {
    var overrides = [
      "model=models/\(model)", "virtual.memory=\(place.path)/\(recorder)",
      "recorder.id=\(recorder)", "recorder.state=\(place.path)/state",
      "flash.stick=\(place.path)/\(recorder)/usb", "flash.takes=4m",
    ]
    // Of the models that there are, this one has a menu for it.
    if model == "harbor-series" {
      overrides.append("flash.scenario=models/harbor-series/update.yaml")
    }
    return overrides
  }

  private func subject(_ recorder: String, _ scenarios: [String] = []) throws -> RunSubject {
    let files = try InputFiles(
      scenarios: scenarios.map { "\(Self.root)/Scenarios/\($0).yaml" }, rig: Self.rig,
      extras: .init(overrides: overrides(recorder), parameters: []))
    return try RunSubject(
      files, rigPath: Self.rig, overrides: overrides(recorder), program: "gantry")
  }

  func image(_ version: String) throws -> Flashing.Image {
    let path = "\(place.path)/\(version).img"
    try Data(FirmwareImage(model: model, version: version).bytes).write(
      to: URL(filePath: path))
    return try Flashing.Image(path: path, version: version)
  }

  /// Flashes an image, said to be of its version or of another.
  func flash(
    _ version: String, saying said: String? = nil, before: String? = nil, on recorder: String
  ) async throws -> Flashing.Outcome {
    seed += 1
    var image = try self.image(version)
    image.version = said ?? version
    let rig = try RigFile.read(Self.rig, overrides: overrides(recorder))
    let settings = try #require(rig.flash)
    let subject = try Flashing.subject(
      rig: Self.rig, overrides: overrides(recorder), settings: settings, version: image.version,
      program: "gantry")
    let flashing = Flashing(
      of: subject, by: settings, run: RunSettings(out: place.path), seed: seed, who: "kim")
    return try await flashing.flash(image, before: before.map { try self.image($0) })
  }

  func play(_ scenario: String, firmware: String, on recorder: String) async throws -> RunEnd {
    seed += 1
    let subject = try subject(recorder, [scenario])
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: seed,
      settings: RunSettings(out: place.path, firmware: firmware))
    return try await session.play(progress: NoProgress()).end
  }

  /// Lets the power go while a recorder writes an image that somebody flashes, who is gone then, too.
  func tear(_ version: String, on recorder: String) throws {
    let rig = try subject(recorder).rig
    do {
      let file = try RecorderFolder.ofRig(rig).take(recorder, for: "a person")
      try file.update(RecordEntry(at: 0, who: "kim", why: "flashes")) {
        $0.flashing = "\(version)@sha256:0"
      }
    }
    let folder = "\(place.path)/\(recorder)"
    let options = VirtualRecorderOptions(model: model, seed: 1)
    let memory = try RecorderMemoryFolder(path: folder, for: options)
    defer { memory.close() }
    try Data(FirmwareImage(model: model, version: version).bytes).write(
      to: URL(filePath: folder + "/usb/update.img"))
    let wired = try WiredRecorder(options, memory: memory, calendarStart: 1_770_000_000)
    var second = 0.0
    func pass(_ seconds: Double) {
      second += seconds
      wired.advance(to: MonotonicInstant(nanoseconds: Int64(second * 1e9)))
    }
    for (isOn, seconds) in [(false, 12.0), (true, 20.0), (false, 12.0), (true, 5.0)] {
      wired.setSupply(on: isOn)
      pass(seconds)
    }
    _ = wired.arrivedMail()
    try wired.keep()
  }

  func record(_ recorder: String) throws -> RecorderRecord {
    try RecorderFolder.ofRig(subject(recorder).rig).read(recorder)
  }
}

@Suite("Flashing firmware")
struct FlashingTests {
  /// The night series' version that shows no life.
  private static let bricking = "4.3.1"

  @Test("what was flashed is what a run is told to test, or the run says nothing")
  func flashed() async throws {
    let lab = try Lab()
    let image = try lab.image("4.1.7")
    guard case .flashed = try await lab.flash("4.1.7", on: "one") else {
      Issue.record("4.1.7 was not flashed")
      return
    }
    #expect(try lab.record("one").firmware.flashed == image.name)
    #expect(try lab.record("one").flashing == nil)
    let right = try await lab.play("firmware-version", firmware: image.name, on: "one")
    #expect(right.verdict == .passed, "\(right.reason ?? "")")
    let other = try await lab.play("log-in", firmware: "4.1.7@sha256:00", on: "one")
    #expect(other.verdict == .errored)
    #expect(other.cause?.code == "firmware-unexpected")
  }

  @Test("a recorder is flashed by its own menu, and rolled back by its start where it is dark")
  func byMenu() async throws {
    let lab = try Lab(model: "harbor-series")
    // A menu that offers another image than the one that was to be flashed blames none.
    let other = try await lab.flash("7.0.2.94", saying: "7.0.9", before: "7.0.3.118", on: "one")
    guard case .errored(let reason, _) = other, reason.contains("it was not flashed") else {
      Issue.record("what was offered is not what was asked for: \(other)")
      return
    }
    #expect(try lab.record("one").flashing != nil)
    let outcome = try await lab.flash("7.0.2.94", on: "one")
    guard case .flashed(let run) = outcome else {
      Issue.record("7.0.2.94 was not flashed: \(outcome)")
      return
    }
    #expect(run.start.plan.contains("It is the new one"))
    #expect(try lab.record("one").firmware.flashed == lab.image("7.0.2.94").name)
    let dark = try await lab.flash("7.1.1.20", before: "7.0.3.118", on: "one")
    guard case .dark = dark else {
      Issue.record("7.1.1.20 is not told as dark: \(dark)")
      return
    }
    #expect(try lab.record("one").firmware.flashed == lab.image("7.0.3.118").name)
  }

  @Test("an image whose writing was cut off is not the one to blame for a dark recorder")
  func cutOff() async throws {
    let lab = try Lab()
    try lab.tear("4.1.7", on: "one")
    let outcome = try await lab.flash("4.1.7", before: "4.2.1", on: "one")
    guard case .flashed = outcome else {
      Issue.record("4.1.7 is well, and only its writing was cut off: \(outcome)")
      return
    }
    #expect(try lab.record("one").firmware.flashed == lab.image("4.1.7").name)
  }

  @Test("an image that leaves two recorders dark is held, and both are back with the one before")
  func held() async throws {
    let lab = try Lab()
    let bricking = Self.bricking
    // Where nobody says what ran before, nobody can tell.
    guard case .errored = try await lab.flash(bricking, on: "one") else {
      Issue.record("a dark recorder alone is no evidence")
      return
    }
    let waiting = try await lab.play("log-in", firmware: "4.2.1", on: "one")
    #expect(waiting.cause?.code == "recorder-held", "\(waiting.reason ?? "")")
    for recorder in ["one", "two"] {
      guard case .dark = try await lab.flash(bricking, before: "4.2.1", on: recorder) else {
        Issue.record("\(bricking) on \(recorder) is not told as dark")
        return
      }
      let back = try await lab.play("log-in", firmware: "4.2.1", on: recorder)
      #expect(back.verdict == .passed, "\(back.reason ?? "")")
    }
    guard case .errored(let reason, nil) = try await lab.flash(bricking, on: "three") else {
      Issue.record("a held image was flashed")
      return
    }
    #expect(reason.contains("one, two"))
  }
}
