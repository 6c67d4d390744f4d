public import Bench
public import Frames
import Glibc
import RigDescription

/// A mouse whose reports are written to a USB gadget's node (`Documentation/usb/gadget_hid.rst`).
///
/// Writes never block: a host that does not fetch reports would hold the writer for ever, and
/// deliver a stale report when it comes back. A report that was taken by the kernel but not fetched
/// by the deadline has an unknown fate.
public actor HIDGadgetMouse: Mouse {
  private let gadget: HIDGadget
  private let executor = DeviceExecutor("mouse")
  private let lock: DeviceLock?
  private var node: Descriptor?
  private var path: String?
  private var last: MonotonicInstant?
  /// Whether the host may believe a button down that we do not.
  private var mustRelease = true

  /// The mouse's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Takes a gadget in hand.
  ///
  /// - Parameters:
  ///   - gadget: the gadget; it must have been built.
  ///   - holder: who uses it, for those who find it taken; nil takes no lock.
  ///   - locks: where locks lie.
  /// - Throws: when there is no such gadget or another process holds it.
  public init(
    _ gadget: HIDGadget, holder: String? = nil, locks: LockFolder = .shared
  ) throws(RigFault) {
    guard gadget.exists else {
      throw RigFault(
        .mouse, .deviceMissing,
        "there is no USB mouse \(gadget.settings.name); build it with gantry gadget up RIG")
    }
    self.gadget = gadget
    lock = try holder.map { holder throws(RigFault) in
      try DeviceLock("USB mouse \(gadget.settings.name)", holder: holder, part: .mouse, in: locks)
    }
  }

  /// Puts one report on the bus.
  public func send(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) async throws(BenchError) -> MouseDelivery {
    do throws(RigFault) {
      return try deliver(report, by: deadline)
    } catch {
      throw .fault(error)
    }
  }

  /// What the controller says of the bus.
  public nonisolated func busState() async throws(BenchError) -> USBBusState {
    guard gadget.exists else { throw .fault(removed) }
    return gadget.busState
  }

  /// Releases all buttons, as far as the host listens, and lets the gadget go; takes a fifth of a
  /// second at most.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.release() } }
  }

  private func release() {
    _ = try? deliver(MouseReport(), by: HostClock.present.advanced(by: .milliseconds(200)))
    node = nil
  }

  private nonisolated var removed: RigFault {
    RigFault(
      .mouse,
      .mouseUnreachable,
      "the USB mouse \(gadget.settings.name) has been removed; build it with gantry gadget up RIG")
  }

  private func deliver(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    guard gadget.exists else {
      // Built again it is another mouse, also where its node has the old one's name.
      _ = refuse()
      throw removed
    }
    // After the host was gone its buttons are whatever was reported last.
    if mustRelease, report.buttons != [] || report.dx != 0 || report.dy != 0 {
      let first = try put(MouseReport(), by: deadline)
      guard first == .delivered else { return first }
    }
    return try put(report, by: deadline)
  }

  private func put(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    if let last {
      Self.sleep(until: min(deadline, last.advanced(by: gadget.settings.interval)))
    }
    guard gadget.busState.isHosted else { return refuse() }
    guard let node = try open() else { return refuse() }
    while true {
      let count = write(node.number, report.bytes, report.bytes.count)
      let code = errno
      if count == report.bytes.count { break }
      if count >= 0 { return .unknown }
      switch code {
      case EINTR: continue
      case EAGAIN:
        // The kernel holds an earlier report that the host has not fetched; ours was not taken.
        let left = deadline.millisecondsFromNow
        if left == 0 || node.wait(for: POLLOUT, milliseconds: left) & POLLOUT == 0 {
          mustRelease = true
          return .refused
        }
      case ESHUTDOWN, ENODEV, ENXIO, ENOENT, ENOTCONN: return refuse()
      default:
        throw RigFault(
          .mouse, .mouseUnreachable, "the USB mouse can't be written: \(systemWords(code))",
          errno: code)
      }
    }
    last = HostClock.present
    let wait = max(1, deadline.millisecondsFromNow)
    guard node.wait(for: POLLOUT, milliseconds: wait) & POLLOUT != 0 else {
      mustRelease = true
      return .unknown
    }
    // A host that goes lets its reports go, too: only one that is still there took it.
    guard gadget.busState.isHosted else {
      _ = refuse()
      return .unknown
    }
    mustRelease = report.buttons.isEmpty ? false : mustRelease
    return .delivered
  }

  /// The host is not there: what is open belongs to a connection that has ended.
  private func refuse() -> MouseDelivery {
    self.node = nil
    mustRelease = true
    return .refused
  }

  private func open() throws(RigFault) -> Descriptor? {
    guard let path = gadget.node else { return nil }
    if let node = self.node, self.path == path { return node }
    do throws(FileError) {
      let node = try Descriptor(opening: path, O_WRONLY | O_NONBLOCK)
      self.node = node
      self.path = path
      return node
    } catch {
      // The node comes and goes with the connection.
      if [ENOENT, ENODEV, ENXIO].contains(error.code) { return nil }
      throw RigFault(
        .mouse, .mouseUnreachable, "the USB mouse can't be opened: \(error)", errno: error.code)
    }
  }

  private static func sleep(until instant: MonotonicInstant) {
    let rest = HostClock.present.duration(to: instant)
    if rest > .zero { usleep(UInt32(clamping: rest.wholeNanoseconds / 1_000)) }
  }
}
