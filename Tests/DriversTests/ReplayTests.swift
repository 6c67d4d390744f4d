import Bench
import DriverTraces
import FoundationEssentials
import Frames
import RigDescription
import Testing

@testable import Drivers

@Suite("Drivers on what was recorded on the kernel rig")
struct ReplayTests {
  /// What who looks at a capture device is told; equal things in a row once.
  private final class Story: CaptureAudience {
    private let replay: TraceReplay
    private(set) var lines: [String] = []
    private(set) var counts = CaptureCounts()

    init(_ replay: TraceReplay) { self.replay = replay }

    var isClosed: Bool { replay.passes(TraceReplay.closed) }
    var wanted: MonotonicInstant? { MonotonicInstant(nanoseconds: 0) }

    func put(_ frame: Frame) { add("pictures of \(frame.size)") }
    func put(_ signal: SignalState, at instant: MonotonicInstant) { add("\(signal)") }
    func note(_ line: String) { add(line) }
    func starts(_ setting: String) { add("a stream of \(setting)") }
    func count(_ counts: CaptureCounts) { self.counts = counts }

    private func add(_ line: String) {
      if lines.last != line { lines.append(line) }
    }
  }

  private static let folder =
    #filePath.split(separator: "/").dropLast()
    .reduce("") { "\($0)/\($1)" } + "/Traces"

  private func trace(_ name: String) throws -> TraceReplay { TraceReplay(try traceText(name)) }

  private func traceText(_ name: String) throws -> String {
    let data = try #require(
      FileManager.default.contents(atPath: "\(Self.folder)/\(name).trace"))
    return String(decoding: data, as: UTF8.self)
  }

  /// Has the capture loop ask again what it asked when a trace was recorded.
  private func story(_ name: String) throws -> Story {
    let replay = try trace(name)
    let story = Story(replay)
    let match = DeviceMatch([.init(key: "ID_V4L_PRODUCT", value: "vivid")])
    var loop = CaptureLoop(
      V4L2Settings(selection: .match(match), format: .nv12), edid: nil,
      in: DeviceTree(replay, calls: replay), for: story)
    loop.run()
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
    return story
  }

  private static let start = ["a stream of 1280x720 nv12", "pictures of 1280x720"]

  @Test("A signal that leaves and comes back is told, and its stream goes on")
  func signal() throws {
    let story = try story("capture-signal")
    #expect(story.lines == Self.start + ["noSignal", "noSync", "pictures of 1280x720"])
    #expect(story.counts.starts == 1)
  }

  @Test("Other timings make another stream of their size")
  func timings() throws {
    let story = try story("capture-timings")
    #expect(
      story.lines == Self.start + [
        "noSync", "a stream of 1920x1080 nv12", "pictures of 1920x1080", "noSync",
        "a stream of 1280x720 nv12", "pictures of 1280x720",
      ])
  }

  @Test("A device that stops sending is frozen, then opened again")
  func stall() throws {
    let story = try story("capture-stall")
    #expect(
      story.lines == Self.start + [
        "frozen",
        "the capture device failed (no picture came: Connection timed out); it is opened again",
        "frozen", "a stream of 1280x720 nv12", "pictures of 1280x720",
      ])
  }

  @Test("Devices that break or leave are gone, and used again when they are back")
  func faults() throws {
    let lines = try story("capture-faults").lines
    #expect(Array(lines.prefix(2)) == Self.start)
    #expect(lines.contains { $0.hasSuffix("it is opened again") })
    #expect(lines.contains { $0.contains("No such device") })
    #expect(Array(lines.suffix(2)) == Self.start)
  }

  private let relay = GPIORelaySettings(
    chip: "relay-board", line: "recorder-supply", activeLow: false, contact: .normallyClosed)

  @Test("A GPIO line is found by its names, set and read back")
  func line() throws {
    let replay = try trace("gpio-switching")
    let line = try GPIOPowerLine(relay, tree: DeviceTree(replay, calls: replay))
    try line.set(powered: false)
    try line.set(powered: true)
    line.close()
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("A GPIO line that somebody holds is told, with who it is")
  func busyLine() throws {
    let replay = try trace("gpio-busy")
    let tree = DeviceTree(replay, calls: replay)
    let fault = #expect(throws: RigFault.self) { try GPIOPowerLine(relay, tree: tree) }
    #expect(
      fault?.reason.hasSuffix(
        "can't be requested: Device or resource busy, it is held by gantry") == true)
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("A GPIO chip that leaves while its line is held is told")
  func lostChip() throws {
    let replay = try trace("gpio-gone")
    let line = try GPIOPowerLine(relay, tree: DeviceTree(replay, calls: replay))
    let fault = #expect(throws: RigFault.self) { try line.set(powered: false) }
    #expect(fault?.reason.hasSuffix("can't be set: No such device") == true)
    line.close()
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test(
    "A relay board is found by its letters, switched and read back; one that is mute is switched",
    arguments: [("usb-relay", "BITFT"), ("usb-relay-mute", nil)])
  func board(name: String, letters: String?) throws {
    let replay = try trace(name)
    let folder = try Folder()
    let settings = USBRelaySettings(
      board: nil, serial: letters, channel: 1, contact: .normallyClosed)
    let line = try USBRelayLine(
      settings, tree: DeviceTree(replay, calls: replay), locks: LockFolder(path: folder.path))
    try line.set(powered: false)
    try line.set(powered: true)
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  /// A recording of the relay board in which it answers late before it answers.
  private func lateBoard(times: Int) throws -> (replay: TraceReplay, line: USBRelayLine) {
    let recorded = try traceText("usb-relay")
    let late = recorded.split(separator: "\n").flatMap { line -> [Substring] in
      guard line.hasPrefix("usb-control"), let arrow = line.firstRange(of: " -> ") else {
        return [line]
      }
      return Array(repeating: line[..<arrow.lowerBound] + " -> -7", count: times) + [line]
    }
    let replay = TraceReplay(late.joined(separator: "\n"))
    let line = try USBRelayLine(
      USBRelaySettings(board: nil, serial: "BITFT", channel: 1, contact: .normallyClosed),
      tree: DeviceTree(replay, calls: replay), locks: LockFolder(path: try Folder().path))
    return (replay, line)
  }

  @Test("A relay board that does not answer in time is asked again")
  func slowBoard() throws {
    let (replay, line) = try lateBoard(times: 2)
    try line.set(powered: false)
    try line.set(powered: true)
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("A relay board that never answers is told as such")
  func silentBoard() throws {
    let (_, line) = try lateBoard(times: 3)
    let fault = #expect(throws: RigFault.self) { try line.set(powered: false) }
    #expect(
      fault?.reason
        == "no USB relay board has the letters BITFT; there are: one that does not answer")
  }
}
