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
public final class V4L2Screen: Screen {
  private let settings: V4L2Settings
  private let edid: [UInt8]?
  private let tree: DeviceTree
  private let desk = ReadingDesk()
  private let note: @Sendable (String) -> Void
  private let lock: DeviceLock?
  private let numbers = Mutex(CaptureCounts())
  private let layout: Mutex<String?> = Mutex(nil)
  private let queue = DispatchQueue(label: "gantry.screen")

  /// How long frames must stay away before the signal counts as frozen.
  private static let patience = Duration.milliseconds(500)
  /// How long the first picture of a stream may take.
  private static let startPatience = Duration.seconds(3)
  /// After this long without a picture the device is opened again.
  private static let stall = Duration.seconds(3)
  /// How often a signal that is away is asked for, and how often its state is told.
  private static let tick = Duration.milliseconds(33)
  /// How long after a failure the device is tried again, unless it is plugged in before.
  private static let retry = Duration.milliseconds(300)
  /// How long a device may take to come back after it was taken off its bus.
  private static let returning = Duration.seconds(3)
  /// Pictures at the beginning of a stream that are not believed.
  private static let warmUp = 3

  /// Opens a screen.
  ///
  /// - Parameters:
  ///   - settings: the device and what it is set to.
  ///   - holder: who uses it, for those who find it taken; nil takes no lock.
  ///   - locks: where locks lie.
  ///   - tree: where devices are found.
  ///   - note: is told what was done about a device that failed.
  /// - Throws: when no such device is there, several are, or it can't capture.
  public init(
    _ settings: V4L2Settings, holder: String? = nil, locks: LockFolder = .shared,
    tree: DeviceTree = DeviceTree(), note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) {
    self.settings = settings
    edid = try settings.edidBytes()
    self.tree = tree
    self.note = note
    let node = try Self.node(settings.selection, in: tree)
    lock = try holder.map { holder throws(RigFault) in
      try DeviceLock("capture device \(node)", holder: holder, part: .screen, in: locks)
    }
    do throws(CaptureFailure) {
      _ = try open(node)
    } catch {
      throw RigFault(.screen, "\(error)")
    }
    if let port = settings.hubPort { _ = try HubPort(port, in: tree) }
    queue.async { [self] in keepOpen() }
  }

  /// Opens the device, which may be another one than before, or have forgotten its EDID.
  private func open(_ node: String) throws(CaptureFailure) -> V4L2Device {
    let device = try V4L2Device(node)
    if let edid { try device.offer(edid: edid) }
    return device
  }

  private static func node(
    _ selection: DeviceSelection, in tree: DeviceTree
  ) throws(RigFault) -> String {
    switch selection {
    case .node(let path): return path
    case .match(let match):
      let device = try tree.device(match, of: .capture)
      guard let node = device.node else {
        throw RigFault(.screen, "\(device.name) has no node below /dev")
      }
      return node
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

  // MARK: The device's thread

  private func keepOpen() {
    var recovery = CaptureRecovery(tree: tree, port: settings.hubPort)
    // Without it a device that comes back is found a little later.
    let monitor = try? DeviceMonitor()
    while !desk.isClosed {
      do throws(CaptureFailure) {
        let node: String
        do throws(RigFault) {
          node = try Self.node(settings.selection, in: tree)
        } catch {
          throw CaptureFailure(what: error.reason, code: ENODEV)
        }
        recovery.saw(node)
        try watch(try open(node)) { recovery.succeeded() }
      } catch {
        fail(error, &recovery, monitor)
      }
    }
  }

  private func fail(
    _ failure: CaptureFailure, _ recovery: inout CaptureRecovery, _ monitor: DeviceMonitor?
  ) {
    let state: SignalState = failure.isStall ? .frozen : .deviceGone
    desk.put(state, at: HostClock.present)
    // What came before the step is no answer to it.
    _ = monitor?.events(within: .zero)
    let step = recovery.next()
    if let step { note("the capture device failed (\(failure)); it is \(step.words)") }
    let time = step?.makesItComeAnew == true ? Self.returning : Self.retry
    let end = HostClock.present.advanced(by: time)
    while !desk.isClosed, HostClock.present < end {
      let came = pause(monitor)
      desk.put(state, at: HostClock.present)
      if came { return }
    }
  }

  /// Waits for a tick; whether a capture device was plugged in meanwhile.
  private func pause(_ monitor: DeviceMonitor?) -> Bool {
    guard let monitor else {
      usleep(UInt32(Self.tick.wholeNanoseconds / 1_000))
      return false
    }
    return monitor.events(within: Self.tick).contains { event in
      // Events that were lost have no subsystem; one of them may have been ours.
      event.isArrival && [nil, "video4linux"].contains(event.properties["SUBSYSTEM"])
    }
  }

  /// Follows the signal of an open device until it fails or the screen is closed.
  private func watch(
    _ device: V4L2Device, whenWorking: () -> Void
  ) throws(CaptureFailure) {
    device.followSource()
    while !desk.isClosed {
      let (state, timings) = try device.signal()
      guard state == .live else {
        desk.put(state, at: HostClock.present)
        let wait = Int32(Self.tick.wholeNanoseconds / 1_000_000)
        if device.descriptor.wait(for: POLLPRI, milliseconds: wait) & POLLPRI != 0 {
          device.drainEvents()
        }
        continue
      }
      var mode = settings.mode
      if let timings {
        try device.adopt(timings)
        mode = CaptureMode(size: timings.size, rate: nil)
      }
      let layout = try device.configure(settings.format, mode: mode)
      self.layout.withLock { $0 = "\(layout.size) \(layout.format.rawValue)" }
      numbers.withLock { $0.starts += 1 }
      var pass = StreamPass(stream: try V4L2Stream(device), layout: layout, timings: timings)
      try follow(device, &pass, whenWorking: whenWorking)
    }
  }

  /// One stream, from its start to the next change of timings.
  private struct StreamPass {
    let stream: V4L2Stream
    let layout: CaptureLayout
    let timings: v4l2_dv_timings?
    var left = V4L2Screen.warmUp
    var state = SignalState.live
    /// Only what is captured later is a picture of the present signal.
    var liveSince = HostClock.present
    var lastPicture = HostClock.present
    var hasBegun = false
    var sequence: UInt32?
  }

  private func follow(
    _ device: V4L2Device, _ pass: inout StreamPass, whenWorking: () -> Void
  ) throws(CaptureFailure) {
    while !desk.isClosed {
      let milliseconds: Int32 = pass.state == .live ? 100 : 33
      let events = device.descriptor.wait(for: POLLIN | POLLPRI, milliseconds: milliseconds)
      if events & (POLLERR | POLLHUP | POLLNVAL) != 0, events & POLLPRI == 0 {
        throw CaptureFailure(what: "the stream broke", code: events & POLLHUP != 0 ? ENODEV : EIO)
      }
      if events & POLLPRI != 0 || pass.state != .live {
        device.drainEvents()
        guard try isSameSignal(device, &pass) else { return }
      }
      if events & POLLIN != 0 {
        try take(device, &pass)
        if pass.state == .live, pass.left == 0 { whenWorking() }
      }
      let now = HostClock.present
      if pass.state != .live {
        desk.put(pass.state, at: now)
        pass.lastPicture = now
      } else {
        let silent = pass.lastPicture.duration(to: now)
        if silent > (pass.hasBegun ? Self.patience : Self.startPatience) {
          desk.put(.frozen, at: now)
        }
        if silent > Self.stall { throw .stalled }
      }
    }
  }

  /// Looks at the signal anew; false when its timings have changed and the stream must, too.
  private func isSameSignal(
    _ device: V4L2Device, _ pass: inout StreamPass
  ) throws(CaptureFailure) -> Bool {
    let (state, timings) = try device.signal()
    if state == .live, let timings, let before = pass.timings, !timings.isLike(before) {
      desk.put(.noSync, at: HostClock.present)
      return false
    }
    if state == .live, pass.state != .live {
      pass.liveSince = HostClock.present
      pass.lastPicture = pass.liveSince
      desk.clearSignal()
    }
    pass.state = state
    return true
  }

  /// Takes all pictures that wait, and makes a frame from the newest if somebody wants it.
  private func take(_ device: V4L2Device, _ pass: inout StreamPass) throws(CaptureFailure) {
    var newest: V4L2Stream.Filled?
    while let filled = try pass.stream.take() {
      let gap = pass.sequence.map { filled.sequence &- $0 &- 1 } ?? 0
      // Devices that repeat a picture repeat its number, and some begin to count anew.
      let lost = gap < 1_000 ? Int(gap) : 0
      pass.sequence = filled.sequence
      numbers.withLock { ($0.captured, $0.lost) = ($0.captured + 1, $0.lost + lost) }
      if let older = newest {
        numbers.withLock { $0.skipped += 1 }
        try pass.stream.giveBack(older)
      }
      newest = filled
    }
    guard let newest else { return }
    // The signal may have gone while the picture was taken: an event says so before it is believed.
    if device.descriptor.wait(for: POLLPRI, milliseconds: 0) & POLLPRI != 0 {
      return try pass.stream.giveBack(newest)
    }
    if let frame = frame(of: newest, &pass) { desk.put(frame) }
    try pass.stream.giveBack(newest)
  }

  private func frame(of filled: V4L2Stream.Filled, _ pass: inout StreamPass) -> Frame? {
    guard pass.state == .live, filled.capturedAt > pass.liveSince else { return nil }
    if filled.isBroken {
      numbers.withLock { $0.dropped += 1 }
      return nil
    }
    if pass.left > 0 {
      pass.left -= 1
      pass.lastPicture = HostClock.present
      numbers.withLock { $0.dropped += 1 }
      return nil
    }
    guard let wanted = desk.wanted, wanted < filled.capturedAt else {
      pass.lastPicture = HostClock.present
      pass.hasBegun = true
      numbers.withLock { $0.skipped += 1 }
      return nil
    }
    let number = numbers.withLock { $0.captured }
    guard
      let frame = pass.layout.frame(
        pass.stream.bytes(of: filled), number: number, capturedAt: filled.capturedAt)
    else {
      numbers.withLock { $0.dropped += 1 }
      return nil
    }
    pass.lastPicture = HostClock.present
    pass.hasBegun = true
    return frame
  }
}

extension CaptureFailure {
  /// The device claims a signal and sends nothing.
  static let stalled = CaptureFailure(what: "no picture came", code: ETIMEDOUT)

  /// Whether the device is there, but stands.
  var isStall: Bool { code == ETIMEDOUT }
}
