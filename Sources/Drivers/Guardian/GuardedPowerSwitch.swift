public import Bench
public import Frames

/// A power switch in the hands of a guardian.
public actor GuardedPowerSwitch: PowerSwitch {
  private let executor = DeviceExecutor("power")
  private let note: @Sendable (String) -> Void
  /// What becomes of the supply when guardian and program die, where that is worth a word.
  nonisolated let caveat: String?
  private var link: GuardianLink?

  /// The switch's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Starts a guardian for a switch. From then on the device is supplied, unless the switch can be
  /// taken without being given a state.
  ///
  /// - Parameters:
  ///   - driver: what switches.
  ///   - minimumOff: how long a cut lasts at least.
  ///   - holder: who uses the switch, for those who find it taken.
  ///   - locks: where locks lie.
  ///   - launcher: how the guardian is started.
  ///   - note: is told how long a cut lasted.
  /// - Throws: when the switch can't be taken, is in use, or reads back wrong.
  public init(
    _ driver: any PowerDriver, minimumOff: Duration, holder: String,
    locks: LockFolder = .shared, launcher: GuardianLauncher = .thisProgram,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) {
    self.note = note
    caveat = driver.caveat
    let charge = GuardianCharge(
      driver: driver, minimumOff: minimumOff, holder: holder, locks: locks)
    link = try GuardianLink(charge, launcher: launcher)
  }

  /// Switches the supply; switching on waits until the minimum off time is over.
  public func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    if case .supplied(let length) = try ask(on ? .on : .off, by: deadline) {
      let milliseconds = length / 1_000_000
      let digits = String(1_000 + milliseconds % 1_000).dropFirst()
      note(
        "the supply was off for at least \(milliseconds / 1_000).\(digits) s of the boot clock")
    }
  }

  /// How long a switch may take to say what it is.
  private static let readingTime = Duration.seconds(5)

  /// What the switch reads back.
  public func readBack() async throws(BenchError) -> Bool? {
    let deadline = HostClock.present.advanced(by: Self.readingTime)
    guard case .state(let state) = try ask(.read, by: deadline) else { return nil }
    return state
  }

  /// Lets the guardian go; it leaves the device supplied.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.link = nil } }
  }

  private func ask(
    _ order: GuardianOrder, by deadline: MonotonicInstant
  ) throws(BenchError) -> GuardianAnswer {
    do throws(RigFault) {
      guard let link else {
        throw RigFault(.power, .powerUnreachable, "the power switch is closed")
      }
      return try link.ask(order, by: deadline)
    } catch {
      throw .fault(error)
    }
  }
}
