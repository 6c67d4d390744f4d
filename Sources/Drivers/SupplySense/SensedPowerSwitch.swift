public import Bench
public import Frames
public import RigDescription

/// A power switch whose supply is sensed behind its contact.
public actor SensedPowerSwitch: PowerSwitch {
  private let power: any PowerSwitch & RigDevice
  private let settling: Duration
  private let executor = DeviceExecutor("power sense")
  private var sense: (any SupplySensing)?

  /// The sense's own thread, apart from that of the switch: it answers in the middle of a cut, too.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Requests the line of a sense.
  ///
  /// - Parameters:
  ///   - power: what switches; it is given back together with the sense.
  ///   - sense: the line.
  /// - Throws: when there is no such line, or it can't be taken; the switch is left as it is.
  public init(
    _ power: any PowerSwitch & RigDevice, sense: SupplySenseSettings
  ) throws(RigFault) {
    try self.init(power, sense: sense, tree: DeviceTree(), settling: .seconds(1))
  }

  /// Puts a switch and the sense that belongs to it together.
  public init(_ power: any PowerSwitch & RigDevice, sense: sending any SupplySensing) {
    self.power = power
    settling = .seconds(1)
    self.sense = sense
  }

  /// Requests the line of a sense in a tree of devices; `settling` is how long it may take to follow
  /// a relay that was switched just now.
  init(
    _ power: any PowerSwitch & RigDevice, sense: SupplySenseSettings, tree: DeviceTree,
    settling: Duration
  ) throws(RigFault) {
    self.power = power
    self.settling = settling
    self.sense = try SupplySense(sense, tree: tree)
  }

  /// Switches the supply.
  public func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    try await power.setPower(on: on, by: deadline)
  }

  /// What the switch itself reads back.
  public func readBack() async throws(BenchError) -> Bool? { try await power.readBack() }

  /// Whether the supply is there, by the level of the line.
  public func sensedSupply() async throws(BenchError) -> Bool? {
    do throws(RigFault) {
      guard let sense else {
        throw RigFault(.power, .powerUnreachable, "the sense of the supply is closed")
      }
      return try sense.isSupplied()
    } catch {
      throw .fault(error)
    }
  }
}

/// What the doctor asks of a sense: whether it and the switch say the same.
extension SensedPowerSwitch: RigDevice {
  private static let check = "power sense"
  private static let pause = Duration.milliseconds(50)

  /// Has the switch examined, and holds what it reads back against the sense.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    guard await power.examine(tell) else { return false }
    do throws(BenchError) {
      tell(Self.verdict(readBack: try await readBack(), sensed: try await settledSupply()))
    } catch {
      tell(
        .unwell(
          Self.check, error.words, remedy: "gantry devices lists the GPIO chips of this host"))
    }
    return true
  }

  /// What is sensed, once it agrees with the switch or had its time to.
  private nonisolated func settledSupply() async throws(BenchError) -> Bool {
    let end = HostClock.present.advanced(by: settling)
    while true {
      // Whoever is woken late looks once more.
      let isLast = HostClock.present >= end
      let sensed = try await sensedSupply() == true
      // A switch that can't read back was given no other order than to supply.
      if sensed == (try await readBack() ?? true) || isLast { return sensed }
      try? await HostClock().sleep(until: HostClock.present.advanced(by: Self.pause))
      if Task.isCancelled { throw .cancelled }
    }
  }

  private static func verdict(readBack: Bool?, sensed: Bool) -> RigCheck {
    switch (readBack, sensed) {
    case (true?, true), (nil, true): .well(check, "supply sensed on")
    case (false?, false): .well(check, "supply sensed off")
    case (true?, false), (nil, false):
      .unwell(
        check,
        "supply sensed off, though the switch "
          + (readBack == nil ? "was given no order to cut" : "reads back on"),
        remedy: "see whether the adapter gives power, then to contact, wiring and activeLow")
    case (false?, true):
      .unwell(
        check, "supply sensed on, though the switch reads back off",
        remedy: "the contact sticks, or the sense does not hang behind it; see to activeLow, too")
    }
  }

  /// Gives the line back, and the switch, which leaves the device supplied.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.sense = nil } }
    power.close()
  }
}
