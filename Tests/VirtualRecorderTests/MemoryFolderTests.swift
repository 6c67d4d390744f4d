import Bench
import Foundation
import Frames
import Synchronization
import Testing

@testable import VirtualRecorder

@Suite("The folder of a recorder's memory")
struct MemoryFolderTests {
  /// A folder that goes when it is no longer used.
  private final class Scratch {
    let path = NSTemporaryDirectory() + "gantry-memory-" + UUID().uuidString
    var recorder: String { path + "/recorder.json" }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(_ model: String = "night-series") throws -> RecorderMemoryFolder {
      try RecorderMemoryFolder(path: path, for: VirtualRecorderOptions(model: model))
    }
  }

  /// The mail that arrived, by the seconds at which it did.
  private final class Postbox: Sendable {
    let arrivals = Mutex<[Double]>([])
    func take(_ arrival: MailArrival) {
      arrivals.withLock { $0.append(arrival.secondsSince1970) }
    }
  }

  private func rig(
    in folder: RecorderMemoryFolder, seed: UInt64 = 5, post: Postbox = Postbox()
  ) throws -> VirtualRig {
    try VirtualRig(
      VirtualRecorderOptions(model: "night-series", seed: seed), memory: folder,
      pace: .asFastAsPossible, deliver: post.take)
  }

  /// Plays a short run and gives the folder back.
  private func play(in scratch: Scratch, seed: UInt64 = 5) async throws {
    let folder = try scratch.open()
    let rig = try rig(in: folder, seed: seed)
    try await rig.clock.sleep(until: .seconds(3))
    folder.close()
  }

  @Test("One run at a time has it, and nobody has it who is through")
  func oneAtATime() async throws {
    let scratch = Scratch()
    let folder = try scratch.open()
    let fault = #expect(throws: RigFault.self) { try scratch.open() }
    #expect(fault?.code == .deviceInUse)
    folder.close()
    try scratch.open().close()
  }

  @Test("What it holds is for its owner alone")
  func permissions() async throws {
    let scratch = Scratch()
    try await play(in: scratch)
    for (path, mode) in [(scratch.path, 0o700), (scratch.recorder, 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test("A memory cut short is told, and left as it is", arguments: [0.0, 0.01, 0.5, 0.99])
  func truncated(part: Double) async throws {
    let scratch = Scratch()
    try await play(in: scratch)
    let whole = try Data(contentsOf: URL(filePath: scratch.recorder))
    let rest = whole.prefix(Int(Double(whole.count) * part))
    try rest.write(to: URL(filePath: scratch.recorder))
    let fault = #expect(throws: RigFault.self) { try scratch.open() }
    #expect(fault?.code == .memoryUnusable)
    #expect(fault?.reason.contains("is not whole") == true)
    #expect(try Data(contentsOf: URL(filePath: scratch.recorder)) == rest)
  }

  @Test("A memory that somebody changed is none")
  func changed() async throws {
    let scratch = Scratch()
    try await play(in: scratch)
    let text = try String(contentsOfFile: scratch.recorder, encoding: .utf8)
    try text.replacing("\"isLoggedIn\":false", with: "\"isLoggedIn\":true").write(
      toFile: scratch.recorder, atomically: true, encoding: .utf8)
    #expect(throws: RigFault.self) { try scratch.open() }
  }

  @Test("A memory of a newer program, or of another recorder, is told as such")
  func foreign() async throws {
    let scratch = Scratch()
    try await play(in: scratch)
    let other = #expect(throws: RigFault.self) { try scratch.open("harbor-series") }
    #expect(other?.reason.contains("is of a night-series, not of a harbor-series") == true)
    let newer = #"{"checksum":"0","recorder":"night-series","version":99}"# + "\n{}\n"
    try newer.write(toFile: scratch.recorder, atomically: true, encoding: .utf8)
    let fault = #expect(throws: RigFault.self) { try scratch.open() }
    #expect(fault?.reason.contains("newer program: its version is 99") == true)
  }

  @Test("A place that can't be written is told before anything is played")
  func unwritable() throws {
    let fault = #expect(throws: RigFault.self) {
      try RecorderMemoryFolder(path: "/dev/null/memory", for: VirtualRecorderOptions())
    }
    #expect(fault?.code == .diskFails)
  }

  @Test("On a full disk the run is told, and the last whole memory stays")
  func fullDisk() async throws {
    let scratch = Scratch()
    try await play(in: scratch)
    let before = try Data(contentsOf: URL(filePath: scratch.recorder))
    try FileManager.default.createSymbolicLink(
      atPath: scratch.recorder + ".new", withDestinationPath: "/dev/full")
    let folder = try scratch.open()
    let rig = try rig(in: folder)
    let error = await #expect(throws: BenchError.self) {
      try await rig.screen.reading(after: .zero, by: .seconds(1))
    }
    guard case .fault(let fault) = error else { return }
    #expect(fault.code == .diskFails)
    #expect(try Data(contentsOf: URL(filePath: scratch.recorder)) == before)
  }

  @Test("The same memory and the same seed give the same memory again")
  func sameAgain() async throws {
    let (first, second) = (Scratch(), Scratch())
    for scratch in [first, second] {
      for seed: UInt64 in [5, 6, 7] { try await play(in: scratch, seed: seed) }
    }
    #expect(
      try Data(contentsOf: URL(filePath: first.recorder))
        == Data(contentsOf: URL(filePath: second.recorder)))
  }

  @Test("Who is killed leaves what the recorder was then, with the mail on its way")
  func killed() async throws {
    let seed = try #require(
      (1...200 as ClosedRange<UInt64>).first { seed in
        let traits = Unkindness(seed: seed, switches: .all, model: .nightSeries)
        return traits.otherMail.contains { $0 < .seconds(30) } && traits.otherMail.count == 1
      })
    let (scratch, killed) = (Scratch(), Scratch())
    let post = Postbox()
    let folder = try scratch.open()
    let rig = try rig(in: folder, seed: seed, post: post)
    var snapshots: [Data] = []
    for second in 1...100 where post.arrivals.withLock(\.isEmpty) {
      try await rig.clock.sleep(until: .seconds(Double(second)))
      snapshots.append(try Data(contentsOf: URL(filePath: scratch.recorder)))
    }
    let last = await rig.clock.secondsSince1970()
    // The snapshot of a second before it arrived: it was on its way.
    try FileManager.default.createDirectory(
      atPath: killed.path, withIntermediateDirectories: true)
    let snapshot = try #require(snapshots.dropLast(2).last)
    try snapshot.write(to: URL(filePath: killed.recorder))
    let later = Postbox()
    let next = try killed.open()
    let nextRig = try self.rig(in: next, seed: seed + 1, post: later)
    #expect(await nextRig.clock.secondsSince1970() > last)
    _ = try await nextRig.screen.reading(after: .zero, by: .seconds(1))
    #expect(later.arrivals.withLock(\.first) == post.arrivals.withLock(\.first))
    #expect(later.arrivals.withLock(\.first) != nil)
    folder.close()
    next.close()
  }
}
