import Bench
import DriverTraces
import Frames
import Glibc
import RigDescription
import Synchronization
import Testing

@testable import Drivers

@Suite("Sensing the supply behind a switch")
struct SupplySenseTests {
  private static let chip = """
    devices gpio -> /sys/devices/gpiochip0
    properties /sys/devices/gpiochip0 -> DEVNAME=/dev/gpiochip0
    gpio-chip /dev/gpiochip0 -> gpiochip0 board 4

    """
  private let settings = SupplySenseSettings(chip: "board", line: "3", activeLow: true)

  /// A tree whose line 3 answers what is listed; given back in the end.
  private func replay(_ levels: [String]) -> TraceReplay {
    TraceReplay(
      Self.chip + "gpio-request-input /dev/gpiochip0 3 active-low -> 1\n"
        + levels.map { "gpio-get 1 -> \($0)\n" }.joined() + "gpio-release 1\n")
  }

  private func sensed(
    _ power: Switch, by replay: TraceReplay, settling: Duration = .zero
  ) throws -> SensedPowerSwitch {
    try SensedPowerSwitch(
      power, sense: settings, tree: DeviceTree(replay, calls: replay), settling: settling)
  }

  @Test("The line answers whether the supply is there; the switch does all else")
  func answers() async throws {
    let replay = replay(["1", "0"])
    let power = Switch(readBack: true)
    let sensed = try sensed(power, by: replay)
    #expect(try await sensed.sensedSupply() == true)
    try await sensed.setPower(on: false, by: .zero)
    #expect(power.orders == [false])
    #expect(try await sensed.readBack() == true)
    #expect(try await sensed.sensedSupply() == false)
    sensed.close()
    #expect(power.isClosed)
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("A line is found by its name")
  func name() throws {
    let replay = TraceReplay(
      Self.chip + """
        gpio-line /dev/gpiochip0 0 -> relay
        gpio-line /dev/gpiochip0 1 -> supply
        gpio-request-input /dev/gpiochip0 1 active-high -> 1
        gpio-get 1 -> 1
        gpio-release 1
        """)
    let sense = try SupplySense(
      SupplySenseSettings(chip: "gpiochip0", line: "supply"),
      tree: DeviceTree(replay, calls: replay))
    #expect(try sense.isSupplied())
    sense.close()
    #expect(replay.problem == nil)
    #expect(replay.isAtEnd)
  }

  @Test("A chip that is not there, and a line that somebody holds, are told when it is opened")
  func opening() {
    let none = TraceReplay("devices gpio ->\n")
    #expect(
      throws: RigFault(
        .power, .deviceMissing,
        "the sense of the supply: no GPIO chip is called board; there is none")
    ) { try sensed(Switch(readBack: true), by: none) }
    let busy = TraceReplay(
      Self.chip + """
        gpio-request-input /dev/gpiochip0 3 active-low -> -EBUSY
        gpio-line /dev/gpiochip0 3 -> % some%20tool
        """)
    let fault = #expect(throws: RigFault.self) { try sensed(Switch(readBack: true), by: busy) }
    #expect(fault?.code == .deviceInUse)
    #expect(
      fault?.reason
        == "the sense of the supply: line 3 of gpiochip0 can't be requested: Device or resource "
        + "busy, it is held by some tool")
    #expect(busy.problem == nil)
  }

  @Test("A line that can't be read any more is a fault of the power, not of the recorder")
  func unreadable() async throws {
    let replay = replay(["-ENODEV"])
    let sensed = try sensed(Switch(readBack: true), by: replay)
    let fault = RigFault(
      .power, .powerUnreachable,
      "the sense of the supply: line 3 of gpiochip0 can't be read: No such device", errno: ENODEV)
    await #expect(throws: BenchError.fault(fault)) { try await sensed.sensedSupply() }
  }

  @Test(
    "The doctor tells what is sensed, and what contradicts the switch",
    arguments: [
      (true, "1", "true supply sensed on"), (false, "0", "true supply sensed off"),
      (nil, "1", "true supply sensed on"),
      (true, "0", "false supply sensed off, though the switch reads back on"),
      (nil, "0", "false supply sensed off, though the switch was given no order to cut"),
      (false, "1", "false supply sensed on, though the switch reads back off"),
      (
        true, "-EIO",
        "false the sense of the supply: line 3 of gpiochip0 can't be read: "
          + "Input/output error"
      ),
    ] as [(Bool?, String, String)])
  func examination(readBack: Bool?, level: String, told: String) async throws {
    let sensed = try sensed(Switch(readBack: readBack), by: replay([level]))
    var checks: [RigCheck] = []
    #expect(await sensed.examine { checks.append($0) })
    #expect(checks.map(\.name) == ["switch", "power sense"])
    #expect(checks.last.map { "\($0.isWell) \($0.found)" } == told)
    #expect(checks.last.map { $0.isWell == ($0.remedy == nil) } == true)
  }

  @Test("A relay that was switched just now is given its time before it is contradicted")
  func settling() async throws {
    let replay = replay(["0", "1"])
    let sensed = try sensed(Switch(readBack: true), by: replay, settling: .seconds(60))
    var checks: [RigCheck] = []
    #expect(await sensed.examine { checks.append($0) })
    #expect(checks.last?.found == "supply sensed on")
  }

  @Test("A switch that does not answer has nothing to be held against")
  func silentSwitch() async throws {
    let sensed = try sensed(Switch(readBack: true, answers: false), by: replay([]))
    var checks: [RigCheck] = []
    #expect(await !sensed.examine { checks.append($0) })
    #expect(checks.map(\.name) == ["switch"])
  }

  @Test("The status has what is sensed, and says where that is not what the switch says")
  func status() throws {
    let folder = try Folder()
    try folder.write("1", to: "supply")
    let power = SwitchFileSettings(path: folder.path + "/supply")
    func words(_ replay: TraceReplay) throws -> String {
      try PowerStatus(
        of: power, sense: settings, locks: LockFolder(path: folder.path + "/locks"),
        tree: DeviceTree(replay, calls: replay)
      ).words
    }
    let on = replay(["1"])
    #expect(try words(on) == "on; in nobody's hands; the supply is sensed on")
    #expect(on.isAtEnd, "the line is given back")
    #expect(try words(replay(["0"])) == "on; in nobody's hands; but the supply is sensed off")
    let busy = TraceReplay(
      Self.chip + """
        gpio-request-input /dev/gpiochip0 3 active-low -> -EBUSY
        gpio-line /dev/gpiochip0 3 -> % gantry
        """)
    #expect(try words(busy) == "on; in nobody's hands; the sense of the supply is in use")
  }
}

/// A switch that reads back what a test wants.
private final class Switch: PowerSwitch, RigDevice {
  private let state: Bool?
  private let answers: Bool
  private let seen = Mutex<(orders: [Bool], isClosed: Bool)>(([], false))

  init(readBack: Bool?, answers: Bool = true) {
    state = readBack
    self.answers = answers
  }

  var orders: [Bool] { seen.withLock { $0.orders } }
  var isClosed: Bool { seen.withLock { $0.isClosed } }

  func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    seen.withLock { $0.orders.append(on) }
  }

  func readBack() async throws(BenchError) -> Bool? { state }

  func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    tell(RigCheck(name: "switch", isWell: answers, found: ""))
    return answers
  }

  func close() { seen.withLock { $0.isClosed = true } }
}
