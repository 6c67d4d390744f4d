import Bench
import Foundation
import Frames
import Glibc
import LinuxDrivers
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
  }

  private struct State {
    var manner: Manner
    var isEnumerated = true
    var reports: [[UInt8]] = []
  }

  let path: String
  private let state: Mutex<State>
  private let master: Int32

  init(_ manner: Manner) throws {
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
        let count = read(master, &buffer, buffer.count)
        if count < 0 && errno == EIO {
          usleep(1_000)
          if self == nil { break }
          continue
        }
        guard count > 0, let self else { break }
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

  var reports: [[UInt8]] { state.withLock { $0.reports } }

  func setEnumerated(_ value: Bool) { state.withLock { $0.isEnumerated = value } }

  func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

  private func answer(_ frame: [UInt8]) {
    let reply = state.withLock { state -> [UInt8]? in
      let isReport = frame[3] == 0x05
      switch state.manner {
      case .silent: return nil
      case .refuses(let status, let times) where isReport && times > 0:
        state.manner = .refuses(status, times: times - 1)
        return Self.frame(0xC5, [status])
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
  private func deadline(_ milliseconds: Int = 5_000) -> MonotonicInstant {
    HostClock.present.advanced(by: .milliseconds(milliseconds))
  }

  @Test func `reports arrive as they were sent, movement in two's complement`() async throws {
    let chip = try Chip(.well)
    let mouse = try CH9329Mouse(chip.path)
    #expect(try await mouse.send(MouseReport(), by: deadline()) == .delivered)
    #expect(try await mouse.send(MouseReport(dx: -3, dy: 5), by: deadline()) == .delivered)
    #expect(try await mouse.send(MouseReport(buttons: .right), by: deadline()) == .delivered)
    mouse.close()
    #expect(chip.reports == [[0, 0, 0, 0], [0, 0xFD, 5, 0], [2, 0, 0, 0], [0, 0, 0, 0]])
  }

  @Test func `the first movement comes after a report that releases all buttons`() async throws {
    let chip = try Chip(.well)
    let mouse = try CH9329Mouse(chip.path)
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .delivered)
    #expect(chip.reports == [[0, 0, 0, 0], [0, 1, 0, 0]])
  }

  @Test func `the chip says whether the recorder has taken it`() async throws {
    let chip = try Chip(.well)
    let mouse = try CH9329Mouse(chip.path)
    #expect(try await mouse.busState() == .configured)
    chip.setEnumerated(false)
    #expect(try await mouse.busState() == .notConfigured)
  }

  @Test func `noise and late answers between the answers do no harm`() async throws {
    let chip = try Chip(.noisy)
    let mouse = try CH9329Mouse(chip.path)
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
    let mouse = try CH9329Mouse(chip.path)
    #expect(try await mouse.send(MouseReport(), by: deadline(100)) == .unknown)
    #expect(chip.reports.count == (garbles ? 1 : 0))
  }

  @Test func `a report that arrived damaged is sent again; one that is refused is not`()
    async throws
  {
    let chip = try Chip(.refuses(0xE4, times: 1))
    let mouse = try CH9329Mouse(chip.path)
    #expect(try await mouse.send(MouseReport(), by: deadline()) == .delivered)
    #expect(chip.reports.count == 1)
    chip.behave(.refusesAlways(0xE6))
    #expect(try await mouse.send(MouseReport(dx: 1), by: deadline()) == .refused)
    #expect(chip.reports.count == 1)
  }

  @Test func `a chip that does not answer is a fault of the rig`() async throws {
    let chip = try Chip(.silent)
    let mouse = try CH9329Mouse(chip.path)
    await #expect(throws: BenchError.self) { try await mouse.busState() }
    withExtendedLifetime(chip) {}
  }

  @Test func `what is no serial port is said to be none`() throws {
    let fault = #expect(throws: RigFault.self) { try CH9329Mouse("/dev/null") }
    #expect(fault?.reason == "/dev/null is no serial port")
  }
}
