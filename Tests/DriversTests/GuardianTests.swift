import Bench
import Drivers
import Frames
import RigDescription
import Testing

@Suite struct GuardianTests {
  private let folder: Folder
  private let driver: any PowerDriver
  private let locks: LockFolder

  init() throws {
    folder = try Folder()
    try folder.write("1", to: "supply")
    driver = SwitchFileSettings(path: folder.path + "/supply")
    locks = LockFolder(path: folder.path + "/locks")
  }

  private func power(
    _ minimumOff: Duration = .milliseconds(300), holder: String = "a test"
  ) throws -> GuardedPowerSwitch {
    try GuardedPowerSwitch(
      driver, minimumOff: minimumOff, holder: holder, locks: locks, launcher: Program.guardian)
  }

  private var soon: MonotonicInstant { HostClock.present.advanced(by: .seconds(20)) }

  @Test func `a switch in a guardian's hands switches and reads back`() async throws {
    let power = try power()
    #expect(try await power.readBack() == true)
    let order = HostClock.present
    try await power.setPower(on: false, by: soon)
    #expect(folder.text("supply") == "0")
    #expect(try await power.readBack() == false)
    try await power.setPower(on: true, by: soon)
    #expect(folder.text("supply") == "1")
    // The order to switch on may come at once; the least time is kept all the same.
    #expect(order.duration(to: HostClock.present) >= .milliseconds(300))
    power.close()
  }

  @Test func `a controller that goes in the middle of a cut leaves the device supplied`()
    async throws
  {
    let power = try power()
    let order = HostClock.present
    try await power.setPower(on: false, by: soon)
    #expect(folder.text("supply") == "0")
    power.close()
    #expect(await eventually { folder.text("supply") == "1" })
    #expect(order.duration(to: HostClock.present) >= .milliseconds(300))
  }

  @Test func `a switch in use is refused by the name of its holder, until it is free`()
    async throws
  {
    let first = try power(holder: "the night shift")
    let fault = #expect(throws: RigFault.self) { try power() }
    #expect(fault?.part == .power)
    #expect(fault?.reason.hasSuffix("is in use by the night shift") == true)
    #expect(try PowerStatus(of: driver, locks: locks).holder == "the night shift")
    first.close()
    let second = try power()
    #expect(try await second.readBack() == true)
    second.close()
  }

  @Test func `who comes while a guardian completes a cut waits for it`() async throws {
    let first = try power()
    try await first.setPower(on: false, by: soon)
    first.close()
    let second = try power()
    #expect(folder.text("supply") == "1")
    second.close()
  }

  @Test func `a switch that does not do as told is a fault of the rig`() async throws {
    let lying = SwitchFileSettings(path: "/dev/null")
    let power = try GuardedPowerSwitch(
      lying, minimumOff: .milliseconds(1), holder: "a test", locks: locks,
      launcher: Program.guardian)
    #expect(try await power.readBack() == nil)
    power.close()
    let missing = GPIORelaySettings(
      chip: "no-such-chip", line: "0", activeLow: false, contact: .normallyClosed)
    let fault = #expect(throws: RigFault.self) {
      try GuardedPowerSwitch(
        missing, minimumOff: .milliseconds(1), holder: "a test", locks: locks,
        launcher: Program.guardian)
    }
    #expect(fault?.reason.contains("no GPIO chip is called no-such-chip") == true)
  }
}

@Suite struct DeviceLockTests {
  @Test func `a device has one holder, who is named`() throws {
    let folder = LockFolder(path: try Folder().path)
    let lock = try DeviceLock("grabber 1", holder: "gantry, process 7", part: .screen, in: folder)
    #expect(folder.holder(of: "grabber 1") == "gantry, process 7")
    let fault = #expect(throws: RigFault.self) {
      try DeviceLock("grabber 1", holder: "another", part: .screen, in: folder)
    }
    #expect(fault == RigFault(.screen, .deviceInUse, "grabber 1 is in use by gantry, process 7"))
    withExtendedLifetime(lock) {}
  }

  @Test func `what a holder that is gone left behind holds nobody off`() throws {
    let folder = LockFolder(path: try Folder().path)
    do { _ = try DeviceLock("relay", holder: "the first", part: .power, in: folder) }
    #expect(folder.holder(of: "relay") == nil)
    let lock = try DeviceLock("relay", holder: "the second", part: .power, in: folder)
    #expect(folder.holder(of: "relay") == "the second")
    withExtendedLifetime(lock) {}
  }
}
