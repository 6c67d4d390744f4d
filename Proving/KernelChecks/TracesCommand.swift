import ArgumentParser
import Bench
import DriverTraces
import Drivers
import Frames
import Glibc
import RecorderPorts
import RigDescription

/// `gantry-proving kernel-checks traces`: writes down what the drivers ask of the kernel's devices.
struct TracesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traces",
    abstract: "Writes down what the drivers ask of the kernel's devices.",
    discussion: """
      The traces are replayed by the drivers' tests, on machines without such devices; how they are \
      made anew stands in Tests/DriversTests/Traces/README.md.
      """)

  /// What traces are made of.
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case capture
    case gpio
    case relay
    case muteRelay = "mute-relay"
  }

  @Argument(help: "What is used meanwhile.") var subjects: [Subject]
  @Option(help: "The folder that the traces are written into.") var out: String
  @OptionGroup var wiring: VideoWiring

  func run() throws {
    for subject in subjects {
      switch subject {
      case .capture: try recordCapture()
      case .gpio: try recordGPIO()
      case .relay: try record("usb-relay") { tree in try switchRelay(in: tree, letters: "BITFT") }
      case .muteRelay: try record("usb-relay-mute") { tree in try switchRelay(in: tree) }
      }
    }
  }

  /// Records what a body asks of the devices of a tree.
  private func record(_ name: String, _ body: (DeviceTree) throws -> Void) throws {
    let recorder = TraceRecorder()
    try body(DeviceTree(recorder, calls: recorder))
    try write(recorder, name)
  }

  private func write(_ recorder: TraceRecorder, _ name: String) throws {
    let path = "\(out)/\(name).trace"
    let text = recorder.lines.map { "\($0.text)\n" }.joined()
    guard let file = fopen(path, "we") else {
      throw CheckFailure("\(path): \(String(cString: strerror(errno)))")
    }
    let count = fwrite(text, 1, text.utf8.count, file)
    guard fclose(file) == 0, count == text.utf8.count else {
      throw CheckFailure("\(path) can't be written")
    }
  }

  // MARK: Capture

  private func recordCapture() throws {
    try recordCapture("capture-signal") { source in
      [
        (.pictures(4), { try source.show(.none) }),
        (.told(.noSignal, times: 3), { try source.show(.unlocked) }),
        (.told(.noSync, times: 2), { try source.show(.sent) }), (.pictures(3), {}),
      ]
    }
    try recordCapture("capture-timings") { source in
      [
        (.pictures(4), { try source.showTimings("1920x1080p30") }),
        (.pictures(3), { try source.showTimings("1280x720p30") }), (.pictures(3), {}),
      ]
    }
    try recordCapture("capture-stall") { source in
      [
        (.pictures(4), { try source.spoil(.droppedPercentage, 100) }),
        (.note, { try source.spoil(.droppedPercentage, 0) }), (.pictures(2), {}),
      ]
    }
    try recordCapture("capture-faults") { source in
      [
        (.pictures(4), { try source.spoil(.fatalError) }),
        (.note, { try source.start(.hd, seed: 2) }),
        (.pictures(3), { try source.spoil(.disconnect) }),
        (
          .told(.deviceGone, times: 2),
          {
            // The device comes back when nobody has any of its nodes open.
            source.end()
            usleep(500_000)
            try source.start(.hd, seed: 3)
          }
        ), (.pictures(2), {}),
      ]
    }
  }

  private func recordCapture(
    _ name: String, _ acts: (PictureSource) -> [TraceScript.Act]
  ) throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 1)
    let recorder = TraceRecorder()
    let script = TraceScript(acts(source), recorder: recorder)
    var loop = CaptureLoop(
      Watcher.loop, edid: nil, in: DeviceTree(recorder, calls: recorder), for: script)
    loop.run()
    if let failure = script.failure { throw failure }
    try write(recorder, name)
  }

  // MARK: Power

  private static let live = "/sys/kernel/config/gpio-sim/relays/live"

  private func recordGPIO() throws {
    let settings = GPIORelaySettings(
      chip: "relay-board", line: "recorder-supply", activeLow: false, contact: .normallyClosed)
    try record("gpio-switching") { tree in
      let line = try GPIOPowerLine(settings, tree: tree)
      try line.set(powered: false)
      try line.set(powered: true)
      line.close()
    }
    try record("gpio-busy") { tree in
      let holder = try GPIOPowerLine(settings)
      defer { holder.close() }
      if let second = try? GPIOPowerLine(settings, tree: tree) {
        second.close()
        throw CheckFailure("two can hold one line")
      }
    }
    try record("gpio-gone") { tree in
      let line = try GPIOPowerLine(settings, tree: tree)
      try put("0", into: Self.live)
      defer { try? put("1", into: Self.live) }
      if (try? line.set(powered: false)) != nil {
        throw CheckFailure("a line of a chip that left can be set")
      }
      line.close()
    }
  }

  private func switchRelay(in tree: DeviceTree, letters: String? = nil) throws {
    let settings = USBRelaySettings(
      board: nil, serial: letters, channel: 1, contact: .normallyClosed)
    let line = try USBRelayLine(settings, tree: tree, locks: LockFolder(path: "\(out)/locks"))
    try line.set(powered: false)
    try line.set(powered: true)
  }
}
