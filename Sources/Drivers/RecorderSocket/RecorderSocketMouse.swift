public import Bench
public import Frames
public import RigDescription

/// The mouse of a recorder that is a process of its own.
public actor RecorderSocketMouse: Mouse {
  private let connection: RecorderConnection
  private let lock: DeviceLock
  private let executor = DeviceExecutor("mouse")
  /// What the recorder may believe to be held down.
  private var held: MouseButtons = []

  /// The mouse's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Connects.
  ///
  /// - Parameters:
  ///   - settings: where the recorder is.
  ///   - holder: who uses it, for those who find it taken.
  ///   - locks: where locks lie.
  /// - Throws: when nobody is there, or another process holds the mouse.
  public init(
    _ settings: RecorderSocketSettings, holder: String, locks: LockFolder = .shared
  ) throws(RigFault) {
    lock = try DeviceLock(settings.device("mouse"), holder: holder, part: .mouse, in: locks)
    connection = try RecorderConnection(to: settings.socket, for: .mouse)
  }

  /// Puts one report on the bus. What was sent is waited for, whoever asks to stop: a report whose
  /// fate nobody knows would be worse.
  public func send(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) async throws(BenchError) -> MouseDelivery {
    try deliver(report, by: deadline)
  }

  private func deliver(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(BenchError) -> MouseDelivery {
    held.formUnion(report.buttons)
    let (answer, _) = try connection.ask(.report(report, by: deadline), by: deadline)
    guard case .delivery(let delivery) = answer else { throw connection.misunderstanding }
    if delivery == .delivered { held = report.buttons }
    return delivery
  }

  /// How long the recorder may take to say how its bus is.
  private static let answerTime = Duration.seconds(2)

  /// The bus state as it is now.
  public func busState() async throws(BenchError) -> USBBusState {
    let deadline = HostClock.present.advanced(by: Self.answerTime)
    guard case (.bus(let state), _) = try connection.ask(.bus, by: deadline) else {
      throw connection.misunderstanding
    }
    return state
  }

  private func release() {
    guard !held.isEmpty else { return }
    _ = try? deliver(MouseReport(), by: HostClock.present.advanced(by: .milliseconds(200)))
  }
}

extension RecorderSocketMouse: RigDevice {
  /// Releases all buttons, as far as the recorder listens.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.release() } }
  }
}
