public import Bench
import CLinux
import Dispatch
public import Frames
import Glibc
public import RigDescription
import Synchronization

/// What a capture device did since it was opened.
public struct CaptureCounts: Sendable, Hashable {
  /// Pictures that came.
  public var captured = 0
  /// Pictures that were passed over for newer ones, or came while nobody asked.
  public var skipped = 0
  /// Pictures that were damaged, cut short, or among the first of a stream.
  public var dropped = 0
  /// Pictures that the device counted and nobody got: no buffer was free for them.
  public var lost = 0
  /// How often the stream was started.
  public var starts = 0
}

/// Eyes on an HDMI socket through a capture device (V4L2).
///
/// A thread of its own keeps the stream running as long as the screen is open, also while the
/// recorder has no power: some grabbers drop the line that tells a source of a display while they
/// do not stream. Pictures are made from buffers only when a reader waits for one.
public final class V4L2Screen: SharedScreen {
  private let desk = ReadingDesk()
  private let diary: @Sendable (String) -> Void
  private let lock: DeviceLock?
  private let numbers = Mutex(CaptureCounts())
  private let layout: Mutex<String?> = Mutex(nil)
  private let queue = DispatchQueue(label: "gantry.screen")

  /// Opens a screen.
  ///
  /// - Parameters:
  ///   - settings: the device and what it is set to.
  ///   - holder: who uses it, for those who find it taken; nil takes no lock.
  ///   - patience: how many times longer than usual pictures may stay away.
  ///   - locks: where locks lie.
  ///   - tree: where devices are found.
  ///   - note: is told what was done about a device that failed.
  /// - Throws: when no such device is there, several are, or it can't capture.
  public init(
    _ settings: V4L2Settings, holder: String? = nil, patience: Int = 1,
    locks: LockFolder = .shared, tree: DeviceTree = DeviceTree(),
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) {
    diary = note
    let edid = try settings.edidBytes()
    let node = try V4L2Device.node(settings.selection, in: tree)
    lock = try holder.map { holder throws(RigFault) in
      try DeviceLock("capture device \(node)", holder: holder, part: .screen, in: locks)
    }
    do throws(CaptureFailure) {
      _ = try V4L2Device(node, edid: edid, through: tree.calls)
    } catch {
      throw RigFault(
        .screen, .captureUnreachable, "\(error)", errno: error.code == 0 ? nil : error.code)
    }
    if let port = settings.hubPort { _ = try HubPort(port, in: tree) }
    queue.async { [self] in
      var loop = CaptureLoop(settings, edid: edid, patience: patience, in: tree, for: self)
      loop.run()
    }
  }

  /// The first picture captured after an instant, or the state that the signal has instead.
  public func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    try await desk.reading(after: instant, by: deadline)
  }

  /// What the device did so far.
  public var counts: CaptureCounts { numbers.withLock { $0 } }

  /// What the stream is set to, such as `1280x720 nv12`; nil before the first stream.
  public var setting: String? { layout.withLock { $0 } }

  /// Stops the stream and gives the device back.
  public func close() {
    desk.close()
    // The thread ends within one wait; the device must be free when this returns.
    queue.sync {}
  }
}

extension V4L2Screen: CaptureAudience {
  package var isClosed: Bool { desk.isClosed }

  package var wanted: MonotonicInstant? { desk.wanted }

  package func put(_ frame: Frame) { desk.put(frame) }

  package func put(_ signal: SignalState, at instant: MonotonicInstant) {
    desk.put(signal, at: instant)
  }

  package func note(_ line: String) { diary(line) }

  package func starts(_ setting: String) { layout.withLock { $0 = setting } }

  package func count(_ counts: CaptureCounts) { numbers.withLock { $0 = counts } }
}

extension CaptureFailure {
  /// The device claims a signal and sends nothing.
  static let stalled = CaptureFailure(what: "no picture came", code: ETIMEDOUT)

  /// Whether the device is there, but stands.
  var isStall: Bool { code == ETIMEDOUT }
}
