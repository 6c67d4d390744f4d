import Foundation
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

  init() throws {
    place = try Folder()
  }

  private func overrides(_ recorder: String) -> [String] {
    [
      "virtual.memory=\(place.path)/\(recorder)", "recorder.id=\(recorder)",
      "recorder.state=\(place.path)/state", "flash.stick=\(place.path)/\(recorder)/usb",
      "flash.takes=4m",
    ]
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
    try Data(FirmwareImage(model: "night-series", version: version).bytes).write(
      to: URL(filePath: path))
    return try Flashing.Image(path: path, version: version)
  }

  func flash(
    _ version: String, before: String? = nil, on recorder: String
  ) async throws -> Flashing.Outcome {
    seed += 1
    let subject = try subject(recorder)
    let flashing = Flashing(
      of: subject, by: try #require(subject.rig.flash), run: RunSettings(out: place.path),
      seed: seed, who: "kim")
    return try await flashing.flash(image(version), before: before.map { try image($0) })
  }

  func play(_ scenario: String, firmware: String, on recorder: String) async throws -> RunEnd {
    seed += 1
    let subject = try subject(recorder, [scenario])
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: seed,
      settings: RunSettings(out: place.path, firmware: firmware))
    return try await session.play(progress: NoProgress()).end
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
