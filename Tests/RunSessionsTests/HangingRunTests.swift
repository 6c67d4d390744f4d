import Dispatch
import Evidence
import Foundation
import RunJournal
import Synchronization
import Testing

@testable import RunSessions

@Suite("A run that hangs")
struct HangingRunTests {
  /// A rig with a mailbox, and with a mouse chip that nobody answers for.
  private final class Rig {
    private let folder: Folder
    /// The far end of a serial port that no chip is at (`pts(4)`).
    private let port = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    private static let unlock: UInt = 0x4004_5431
    private static let tellNumber: UInt = 0x8004_5430
    /// A message that nobody finishes writing: who opens it to read waits for ever.
    var pipe: String { folder.path + "/mail/new/1700000000.M1Q1.far" }

    init(_ steps: String) throws {
      folder = try Folder()
      for name in ["new", "cur", "tmp"] {
        try FileManager.default.createDirectory(
          atPath: folder.path + "/mail/" + name, withIntermediateDirectories: true)
      }
      var (isLocked, number): (Int32, Int32) = (0, 0)
      try #require(ioctl(port, Self.unlock, &isLocked) == 0)
      try #require(ioctl(port, Self.tellNumber, &number) == 0)
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
      try write(
        """
        rig: by-hand
        model: \(root)/Rigs/models/night-series
        recorder: {state: \(folder.path)/state}
        mouse: {ch9329: {device: /dev/pts/\(number)}}
        mail: {maildir: {path: \(folder.path)/mail}}
        """, to: "rig.yaml")
      try write(
        "scenario: fetch\nabout: Fetches mail.\ntimeout: 10m\nsteps:\n" + steps, to: "fetch.yaml")
    }

    deinit { close(port) }

    private func write(_ text: String, to name: String) throws {
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
    }

    /// A run on the rig.
    func session(_ settings: (inout RunSettings) -> Void) throws -> RunSession {
      let files = try InputFiles(
        scenarios: [folder.path + "/fetch.yaml"], rig: folder.path + "/rig.yaml",
        extras: .init(parameters: []))
      let subject = try RunSubject(
        files, rigPath: folder.path + "/rig.yaml", overrides: [], program: "gantry")
      var made = RunSettings(out: folder.path + "/runs")
      settings(&made)
      return RunSession(
        subject: subject, part: try #require(subject.parts.first), seed: 1, settings: made)
    }
  }

  /// Somebody who delivers the message that nobody finishes, once the mailbox was looked at, and
  /// tells when the run reads it.
  private struct Sender: RunProgress {
    var pipe: String
    let reading: AsyncStream<Int32>.Continuation

    func follow(_ entry: JournalEntry) {
      guard case .acted = entry.event, mkfifo(pipe, 0o600) == 0 else { return }
      // Opening waits for a reader (`fifo(7)`).
      DispatchQueue(label: "sender").async { [self] in reading.yield(open(pipe, O_WRONLY)) }
    }
  }

  /// A time that is over when the test says so.
  private final class Alarm: Sendable {
    private let calls = Mutex<[@Sendable () -> Void]>([])
    func set(_ call: @escaping @Sendable () -> Void) { calls.withLock { $0.append(call) } }
    func ring() { for call in calls.withLock({ $0 }) { call() } }
  }

  @Test("A driver that does not return: the journal is closed, the reports are there")
  func driver() async throws {
    let rig = try Rig(
      """
        - name: Ask
          wait: 10ms
        - name: Fetch
          mail: {subject: Code, within: 1s, save: {number: {pattern: '[0-9]+'}}}
      """)
    let (hung, tell) = AsyncStream.makeStream(of: RunResult.self)
    let (readers, reading) = AsyncStream.makeStream(of: Int32.self)
    let alarm = Alarm()
    let session = try rig.session { settings in
      settings.timer = { _, call in alarm.set(call) }
      settings.onHang = { tell.yield($0) }
    }
    let sender = Sender(pipe: rig.pipe, reading: reading)
    async let late = session.play(progress: sender)
    let writer = try #require(await readers.first { _ in true })
    alarm.ring()
    let result = try #require(await hung.first { _ in true })
    let journal = result.folder + "/journal.jsonl"
    let closed = try String(contentsOfFile: journal, encoding: .utf8)
    // The message has an end after all: the run goes on, and finds its journal closed.
    close(writer)
    _ = try await late

    #expect(result.end.verdict == .errored)
    #expect(result.end.step == "Fetch")
    #expect(
      result.end.reason
        == "the run's time of 10 min ran out, and the run did not end: a device's driver, or the "
        + "program itself, hangs")
    #expect(result.hasReports)
    #expect(try RunReports.journal(of: result.folder).end == result.end)
    #expect(try String(contentsOfFile: journal, encoding: .utf8) == closed)
  }

  @Test("A run that ends by itself is not hurried")
  func healthy() async throws {
    let rig = try Rig("  - name: Ask\n    wait: 10ms\n")
    let alarm = Alarm()
    let session = try rig.session { settings in
      settings.timer = { _, call in alarm.set(call) }
      settings.onHang = { _ in Issue.record("the run was taken for one that hangs") }
    }
    let result = try await session.play(progress: NoProgress())
    alarm.ring()
    #expect(try RunReports.journal(of: result.folder).end == result.end)
  }

  /// What tasks that spin look at.
  private final class Flag: Sendable {
    private let state = Atomic(false)
    var isSet: Bool { state.load(ordering: .acquiring) }
    func set() { state.store(true, ordering: .releasing) }
  }

  @Test("The watchdog needs none of the threads that tasks share")
  func computing() async throws {
    let over = Flag()
    let watchdog = Watchdog(grace: .milliseconds(50)) { _ in over.set() }
    watchdog.expect("no time", within: .zero)
    let end = ContinuousClock.now + .seconds(60)
    await withTaskGroup { group in
      for _ in 0..<(2 * ProcessInfo.processInfo.activeProcessorCount) {
        group.addTask { while !over.isSet, ContinuousClock.now < end {} }
      }
    }
    #expect(over.isSet)
  }

  @Test("What was expected before counts no more, and a time runs out once")
  func turns() async throws {
    let (reasons, tell) = AsyncStream.makeStream(of: String.self)
    let watchdog = Watchdog(grace: .zero) { reason in
      tell.yield(reason)
      tell.finish()
    }
    watchdog.expect("an hour", within: .seconds(3_600))
    watchdog.expect("a moment", within: .zero)
    var said: [String] = []
    for await reason in reasons { said.append(reason) }
    #expect(said.map { $0.prefix(18) } == ["a moment ran out, "])
    watchdog.stop()
  }
}
