import Bench
import Drivers
import Foundation
import Frames
import Glibc
import RigDescription
import Synchronization
import Testing

/// A CH9329 at the other end of a pseudo-terminal, which also misbehaves.
private final class Chip: Sendable {
  enum Manner: Sendable {
    case well
    case silent
    /// Noise before every answer, and the answer in two parts.
    case noisy
    /// The answer's sum is wrong.
    case garbles
    /// Refuses so many reports with a status.
    case refuses(UInt8, times: Int)
    /// Refuses all.
    case refusesAlways(UInt8)
    /// Takes this long, in microseconds, to answer the next report.
    case late(UInt32)
  }

  private struct State {
    var manner: Manner
    var isEnumerated = true
    var wasCut = false
    var reports: [[UInt8]] = []
  }

  let path: String
  private let state: Mutex<State>
  private let master: Int32

  /// Makes a chip.
  ///
  /// - Parameters:
  ///   - manner: how it behaves.
  ///   - disable: the file of the kernel's that cuts off the port that it hangs on; cut off, it
  ///     forgets how it misbehaved.
  /// - Throws: when there is no terminal to be had.
  init(_ manner: Manner, disable: String? = nil) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // What unlockpt(3) and ptsname(3) do: TIOCSPTLCK and TIOCGPTN.
    var (lock, number): (Int32, Int32) = (0, 0)
    try #require(ioctl(master, 0x4004_5431, &lock) == 0)
    try #require(ioctl(master, 0x8004_5430, &number) == 0)
    path = "/dev/pts/\(number)"
    state = Mutex(State(manner: manner))
    // A terminal echoes until it is opened raw; the driver does that before it sends.
    let thread = Thread { [weak self, master] in
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64)
      while true {
        // A read that waits would keep the terminal open when the chip has gone.
        var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, 20)
        guard let self else { break }
        if let disable, FileManager.default.contents(atPath: disable) == Data("1".utf8) {
          self.state.withLock { ($0.manner, $0.wasCut) = (.well, true) }
        }
        guard request.revents & Int16(POLLIN) != 0 else {
          if request.revents != 0 { usleep(1_000) }
          continue
        }
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { continue }
        bytes += buffer[..<count]
        while bytes.count >= 6, bytes.count >= 6 + Int(bytes[4]) {
          let frame = Array(bytes[..<(6 + Int(bytes[4]))])
          bytes.removeFirst(frame.count)
          self.answer(frame)
        }
      }
    }
    thread.start()
  }

  deinit { close(master) }

  var wasCut: Bool { state.withLock { $0.wasCut } }

  var reports: [[UInt8]] { state.withLock { $0.reports } }

  func setEnumerated(_ value: Bool) { state.withLock { $0.isEnumerated = value } }

  func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

  private func answer(_ frame: [UInt8]) {
    var delay: UInt32 = 0
    let reply = state.withLock { state -> [UInt8]? in
      let isReport = frame[3] == 0x05
      switch state.manner {
      case .silent: return nil
      case .refuses(let status, let times) where isReport && times > 0:
        state.manner = .refuses(status, times: times - 1)
        return Self.frame(0xC5, [status])
      case .late(let time) where isReport:
        delay = time
        state.manner = .well
      case .refusesAlways(let status) where isReport: return Self.frame(0xC5, [status])
      default: break
      }
      if isReport { state.reports.append(Array(frame[6..<10])) }
      let plain =
        isReport
        ? Self.frame(0x85, [0x00])
        : Self.frame(0x81, [0x30, state.isEnumerated ? 1 : 0, 0, 0, 0, 0, 0, 0])
      switch state.manner {
      case .noisy: return [0x57, 0x00, 0xAB, 0x57, 0xAB, 0x00, 0x85, 0x01, 0x00, 0x99] + plain
      case .garbles: return plain.dropLast() + [plain[plain.count - 1] &+ 1]
      default: return plain
      }
    }
    guard let reply else { return }
    if delay > 0 { usleep(delay) }
    let half = reply.count / 2
    write(master, reply, half)
    write(master, Array(reply[half...]), reply.count - half)
  }

  private static func frame(_ command: UInt8, _ data: [UInt8]) -> [UInt8] {
    let body: [UInt8] = [0x57, 0xAB, 0x00, command, UInt8(data.count)] + data
    return body + [body.reduce(0, &+)]
  }
}

@Suite struct CH9329Tests {
  private func deadline(_ milliseconds: Int = 20_000) -> MonotonicInstant {
    HostClock.present.advanced(by: .milliseconds(milliseconds))
  }

  /// A mouse whose chip may take its time, as it does on a machine with much else to do.
  private func patient(_ chip: Chip) throws(RigFault) -> CH9329Mouse {
    try CH9329Mouse(
      CH9329Settings(selection: .node(chip.path)), answerTime: .seconds(20))
  }

  @Test func `reports arrive as they were sent, movement in two's complement`() async throws {
    let chip = try Chip(.well)
    let mouse = try patient(chip)
    #expect(try await mouse.send(MouseReport(), by: deadline()) == .delivered)
    #expect(try await mouse.send(MouseReport(dx: -3, dy: 5), by: deadline()) == .delivered)
    #expect(try await mouse.send(MouseReport(buttons: .right), by: deadline()) == .delivered)
    mouse.close()
    #expect(chip.reports == [[0, 0, 0, 0], [0, 0xFD, 5, 0], [2, 0, 0, 0], [0, 0, 0, 0]])
  }

  @Test func `the first movement comes after a report that releases all buttons`() async throws {
    let chip = try Chip(.well)
    let mouse = try patient(chip)
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .delivered)
    #expect(chip.reports == [[0, 0, 0, 0], [0, 1, 0, 0]])
  }

  @Test func `the chip says whether the recorder has taken it`() async throws {
    let chip = try Chip(.well)
    let mouse = try patient(chip)
    #expect(try await mouse.busState() == .configured)
    chip.setEnumerated(false)
    #expect(try await mouse.busState() == .notConfigured)
  }

  @Test func `noise and late answers between the answers do no harm`() async throws {
    let chip = try Chip(.noisy)
    let mouse = try patient(chip)
    for _ in 0..<5 {
      #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .delivered)
    }
    #expect(chip.reports.count == 6)
  }

  @Test(arguments: [false, true])
  func `without an answer that can be read a report's fate is unknown, and it is not sent again`(
    garbles: Bool
  ) async throws {
    let chip = try Chip(garbles ? .garbles : .silent)
    let mouse = try patient(chip)
    #expect(try await mouse.send(MouseReport(), by: deadline(100)) == .unknown)
    #expect(chip.reports.count == (garbles ? 1 : 0))
  }

  @Test func `a report that arrived damaged is sent again; one that is refused is not`()
    async throws
  {
    let chip = try Chip(.refuses(0xE4, times: 1))
    let mouse = try patient(chip)
    #expect(try await mouse.send(MouseReport(), by: deadline()) == .delivered)
    #expect(chip.reports.count == 1)
    chip.behave(.refusesAlways(0xE6))
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .refused)
    #expect(chip.reports.count == 1)
  }

  @Test func `an answer that comes late does not pass for that to a later report`() async throws {
    let chip = try Chip(.late(700_000))
    let mouse = try patient(chip)
    #expect(try await mouse.send(MouseReport(), by: deadline(200)) == .unknown)
    // While the chip still owes its answer nothing can be sent; afterwards all is as before.
    var delivery = MouseDelivery.refused
    while delivery == .refused {
      delivery = try await mouse.send(MouseReport(dx: 9), by: deadline())
    }
    #expect(delivery == .delivered)
    #expect(chip.reports == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 9, 0, 0]])
  }

  @Test func `a chip on a rig with patience may answer as many times later`() async throws {
    let chip = try Chip(.well)
    let settings = CH9329Settings(selection: .node(chip.path))
    let mouse = try settings.open(for: DeviceUser(holder: "a test", patience: 3))
    defer { mouse.close() }
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline(3_000)) == .delivered)
    chip.behave(.late(700_000))
    #expect(try await mouse.send(MouseReport(dx: 2), by: deadline(3_000)) == .delivered)
  }

  @Test func `a chip whose port leaves is found again by what it is, at another node`()
    async throws
  {
    let devices = FakeDevices()
    var chip: Chip? = try Chip(.well)
    show(port: try #require(chip?.path), in: devices)
    let mouse = try CH9329Mouse(
      CH9329Settings(
        selection: .match(DeviceMatch([.init(key: "NAME", value: "ttyUSB0")]))),
      answerTime: .seconds(20), tree: DeviceTree(devices))
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .delivered)
    chip = nil
    await #expect(throws: BenchError.self) {
      while true { _ = try await mouse.send(MouseReport(dx: 2), by: deadline(100)) }
    }
    let again = try Chip(.well)
    show(port: again.path, in: devices)
    #expect(try await mouse.send(MouseReport(dx: 3), by: deadline()) == .delivered)
    #expect(again.reports == [[0, 0, 0, 0], [0, 3, 0, 0]])
  }

  /// Has a serial port stand at a node.
  private func show(port node: String, in devices: FakeDevices) {
    devices.put("/sys/devices/usb", in: "usb", ["DEVTYPE": "usb_device"])
    devices.put(
      "/sys/devices/usb/ttyUSB0", in: "tty", ["DEVNAME": node, "NAME": "ttyUSB0"])
  }

  /// A hub of four ports, in a folder that takes what is written into its ports' files.
  private func hub(in folder: Folder) -> (path: String, devices: FakeDevices) {
    let devices = FakeDevices()
    let path = "\(folder.path)/usb1/1-1"
    devices.put(
      path, in: "usb", ["DEVTYPE": "usb_device"],
      attributes: ["bDeviceClass": "09", "maxchild": "4"])
    return (path, devices)
  }

  @Test func `a chip that hangs is cut off by the hub's port that the rig names, once`()
    async throws
  {
    let folder = try Folder()
    let (hub, devices) = hub(in: folder)
    let port = "usb1/1-1/1-1:1.0/1-1-port2"
    let switches = "\(port)/disable"
    try folder.write("unused", to: switches)
    devices.put("\(hub)/1-1:1.0/1-1-port2", in: "usb", [:])
    // A socket for USB 3 hangs on two hubs; which ports make it up only the kernel knows.
    let other = "usb2/2-1/2-1:1.0/2-1-port4"
    try folder.write("unused", to: "\(other)/disable")
    try folder.link("\(port)/peer", to: other)
    devices.put("\(folder.path)/usb2/2-1", in: "usb", ["DEVTYPE": "usb_device"])
    devices.put("\(folder.path)/\(other)", in: "usb", [:])
    let chip = try Chip(.silent, disable: "\(folder.path)/\(switches)")
    let notes = Mutex<[String]>([])
    let mouse = try CH9329Mouse(
      CH9329Settings(
        selection: .node(chip.path), hubPort: HubPortSettings(hub: .name("1-1"), port: 2)),
      tree: DeviceTree(devices)
    ) { line in notes.withLock { $0.append(line) } }
    #expect(try await mouse.busState() == .configured)
    #expect(chip.wasCut)
    #expect(folder.text(switches) == "0")
    #expect(folder.text("\(other)/disable") == "0")
    #expect(
      notes.withLock { $0 } == [
        "the mouse chip on \(chip.path) does not answer; it is cut off and supplied again by port 2 "
          + "of the hub 1-1"
      ])
  }

  @Test func `a hub that is not there, or has no such port, is told at once`() throws {
    let folder = try Folder()
    let tree = DeviceTree(hub(in: folder).devices)
    func reason(_ hub: HubPortSettings.Hub, _ port: Int) -> String? {
      let settings = CH9329Settings(
        selection: .node("/dev/null"), hubPort: HubPortSettings(hub: hub, port: port))
      return #expect(throws: RigFault.self) { try CH9329Mouse(settings, tree: tree) }?.reason
    }
    #expect(reason(.name("2-1"), 1) == "there is no USB hub 2-1; there are: 1-1")
    #expect(reason(.name("1-1"), 5) == "the USB hub 1-1 has 4 ports, and no number 5")
    let match = DeviceMatch([.init(key: "maxchild", value: "7")])
    #expect(
      reason(.match(match), 1)
        == "the hub is not found: no USB device matches {maxchild: 7}; there are: 1-1 (maxchild=4)")
  }

  @Test func `a chip that does not answer is a fault of the rig`() async throws {
    let chip = try Chip(.silent)
    let mouse = try CH9329Mouse(CH9329Settings(selection: .node(chip.path)))
    await #expect(throws: BenchError.self) { try await mouse.busState() }
    withExtendedLifetime(chip) {}
  }

  @Test func `what is no serial port is said to be none`() throws {
    let fault = #expect(throws: RigFault.self) {
      try CH9329Mouse(CH9329Settings(selection: .node("/dev/null")))
    }
    #expect(fault?.reason == "/dev/null is no serial port")
  }
}
