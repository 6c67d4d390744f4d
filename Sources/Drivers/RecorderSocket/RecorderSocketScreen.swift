public import Bench
public import Frames
public import RigDescription

/// The picture of a recorder that is a process of its own: each picture is sent when it is asked for.
public actor RecorderSocketScreen: Screen {
  private let connection: RecorderConnection
  private let lock: DeviceLock
  private let executor = DeviceExecutor("screen")

  /// The screen's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Connects.
  ///
  /// - Parameters:
  ///   - settings: where the recorder is.
  ///   - holder: who uses it, for those who find it taken.
  ///   - locks: where locks lie.
  /// - Throws: when nobody is there, or another process holds the screen.
  public init(
    _ settings: RecorderSocketSettings, holder: String, locks: LockFolder = .shared
  ) throws(RigFault) {
    lock = try DeviceLock(settings.device("screen"), holder: holder, part: .screen, in: locks)
    connection = try RecorderConnection(to: settings.socket, for: .screen)
  }

  /// The first picture captured after an instant, or the state that the signal has instead.
  public func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    if Task.isCancelled { throw .cancelled }
    let (answer, bytes) = try connection.ask(
      .reading(after: instant, by: deadline), by: deadline, unless: { Task.isCancelled })
    switch answer {
    case .picture(let shape):
      guard let frame = shape.frame(of: bytes) else { throw connection.misunderstanding }
      return .picture(frame)
    case .noPicture(let state, let instant): return .noPicture(state, at: instant)
    case .delivery, .bus, .switched, .supply, .listing, .arrivals, .known, .mail, .probe, .fault:
      throw connection.misunderstanding
    }
  }
}

extension RecorderSocketScreen: RigDevice {
  /// Waits for a picture, then counts those of two seconds.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    await ScreenExamination(of: self, remedy: RecorderSocketSettings.remedyUnopened).perform(tell)
  }

  /// Nothing is held but a lock, which goes with the screen.
  public nonisolated func close() {}
}
