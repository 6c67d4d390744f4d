import Bench
import DriverTraces
import Frames
import Glibc
import RigDescription
import Testing

@testable import Drivers

@Suite("What drivers ask, written down and answered again")
struct TraceTests {
  /// Asks a machine a few things, as drivers do, and says what it learnt.
  private func ask(_ calls: any HostCalls, _ devices: any DeviceSource) -> [String] {
    var learnt: [String] = []
    do throws(SystemError) {
      let file = try calls.open("/dev/null", O_RDWR)
      let bytes: [UInt8] = [1, 2, 255]
      learnt.append("wrote \(bytes.withUnsafeBytes { calls.write(file, $0) })")
      learnt.append("poll \(calls.poll(file, for: POLLOUT, milliseconds: 0))")
      var argument = [UInt8](repeating: 7, count: 4)
      let code = argument.withUnsafeMutableBytes { calls.ioctl(file, 0x8004_5401, $0, nil) }
      learnt.append("ioctl \(code) \(argument)")
      calls.close(file)
    } catch {
      learnt.append("open \(error.code)")
    }
    do throws(SystemError) {
      learnt.append("opened \(try calls.open("/dev/none such", O_RDONLY))")
    } catch {
      learnt.append("open \(error.code)")
    }
    calls.pause(.milliseconds(1))
    learnt.append("now \(calls.now().nanoseconds)")
    let tree = DeviceTree(devices, calls: calls)
    let null = tree.device(ofNode: "/dev/null")
    learnt.append("\(null?.name ?? "none") \(null?.properties["MAJOR"] ?? "none")")
    learnt.append("\(null?.attribute("dev") ?? "none") \(null?.attribute("nonesuch") ?? "none")")
    learnt.append("\(tree.devices(inSubsystem: "mem").map(\.name))")
    return learnt
  }

  private func text(_ recorder: TraceRecorder) -> String {
    recorder.lines.map { "\($0.text)\n" }.joined()
  }

  @Test("Who asks the same again learns the same, and everything was asked")
  func same() {
    let recorder = TraceRecorder()
    let learnt = ask(recorder, recorder)
    #expect(learnt.contains("wrote 3"))
    #expect(learnt.contains("open \(ENOENT)"))
    #expect(learnt.contains("null 1"))
    let replay = TraceReplay("# made by a test\n\n" + text(recorder))
    #expect(ask(replay, replay) == learnt)
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("Who asks otherwise is told where, and gets errors from there on")
  func otherwise() throws {
    let trace = "open /dev/null 0x2 -> 3\n# a word to people\npoll 3 IN 100ms -> IN|PRI\n"
    let replay = TraceReplay(trace)
    #expect(try replay.open("/dev/null", O_RDWR) == 3)
    #expect(replay.poll(3, for: POLLIN, milliseconds: 33) == POLLNVAL)
    #expect(
      replay.problem
        == "line 3 of the trace is: poll 3 IN 100ms; the driver asks: poll 3 IN 33ms")
    #expect(throws: SystemError(ENOTRECOVERABLE)) { try replay.open("/dev/null", O_RDWR) }
    #expect(!replay.isAtEnd)
  }

  @Test("A driver that goes on after the trace's end is told so")
  func tooLong() throws {
    let replay = TraceReplay("now -> 5\n")
    #expect(replay.now() == MonotonicInstant(nanoseconds: 5))
    replay.close(3)
    #expect(replay.problem == "the trace is over, and the driver asks: close 3")
  }

  @Test("A request's bytes come back as they were, without addresses and what lies between members")
  func requests() {
    let trace = "ioctl 3 0xc0087a01 2a+01ff -> 0 0000002b+0304\n"
    let replay = TraceReplay(trace)
    var argument: [UInt8] = [42, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9]
    var memory: [UInt8] = [1, 255]
    let code = memory.withUnsafeMutableBytes { memory in
      argument.withUnsafeMutableBytes { argument in
        replay.ioctl(3, 0xc008_7a01, argument, RequestAttachment(offset: 8, memory: memory))
      }
    }
    #expect(code == 0)
    #expect(argument == [0, 0, 0, 43, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9])
    #expect(memory == [3, 4])
    #expect(replay.problem == nil)
  }

  @Test("Relays on GPIO lines are read back, and a line that somebody holds is told")
  func gpio() throws {
    let replay = TraceReplay(
      """
      devices gpio -> /sys/devices/gpiochip0
      properties /sys/devices/gpiochip0 -> DEVNAME=/dev/gpiochip0
      gpio-chip /dev/gpiochip0 -> gpiochip0 relays 4
      gpio-request /dev/gpiochip0 2 active-high 0 -> 1
      gpio-get 1 -> 0
      gpio-set 1 1 -> ok
      gpio-get 1 -> 0
      gpio-release 1
      devices gpio -> /sys/devices/gpiochip0
      properties /sys/devices/gpiochip0 -> DEVNAME=/dev/gpiochip0
      gpio-chip /dev/gpiochip0 -> gpiochip0 relays 4
      gpio-request /dev/gpiochip0 2 active-high 0 -> -EBUSY
      gpio-line /dev/gpiochip0 2 -> % some%20tool
      """)
    let tree = DeviceTree(replay, calls: replay)
    let settings = GPIORelaySettings(
      chip: "relays", line: "2", activeLow: false, contact: .normallyClosed)
    let line = try GPIOPowerLine(settings, tree: tree)
    let stuck = #expect(throws: RigFault.self) { try line.set(powered: false) }
    #expect(stuck?.reason == "the switch reads back on after it was switched off")
    line.close()
    let busy = #expect(throws: RigFault.self) { try GPIOPowerLine(settings, tree: tree) }
    #expect(busy?.code == .deviceInUse)
    #expect(
      busy?.reason
        == "line 2 of gpiochip0 can't be requested: Device or resource busy, it is held by some tool"
    )
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }
}
