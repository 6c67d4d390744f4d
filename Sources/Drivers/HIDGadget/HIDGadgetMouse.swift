public import Bench
public import Frames
import Glibc
import RigDescription
import Synchronization

/// A mouse whose reports are written to a USB gadget's node (`Documentation/usb/gadget_hid.rst`).
///
/// Writes never block: a host that does not fetch reports would hold the writer for ever, and
/// deliver a stale report when it comes back. A report that was taken by the kernel but not fetched
/// by the deadline has an unknown fate.
public final class HIDGadgetMouse: Mouse {
  private struct State {
    var node: Descriptor?
    var path: String?
    var last: MonotonicInstant?
    /// Whether the host may believe a button down that we do not.
    var mustRelease = true
  }

  private let gadget: HIDGadget
  private let thread = DeviceThread("mouse")
  private let lock: DeviceLock?
  private let state = Mutex(State())

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
        .mouse, "there is no USB mouse \(gadget.settings.name); build it with gantry gadget up RIG")
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
    try await thread.run { [self] () throws(RigFault) in try deliver(report, by: deadline) }
  }

  /// What the controller says of the bus.
  public func busState() async throws(BenchError) -> USBBusState {
    guard gadget.exists else { throw .fault(removed) }
    return gadget.busState
  }

  /// Releases all buttons, as far as the host listens, and lets the gadget go; takes a fifth of a
  /// second at most.
  public func close() {
    _ = try? deliver(MouseReport(), by: HostClock.present.advanced(by: .milliseconds(200)))
    state.withLock { $0.node = nil }
  }

  private var removed: RigFault {
    RigFault(
      .mouse,
      "the USB mouse \(gadget.settings.name) has been removed; build it with gantry gadget up RIG")
  }

  private func deliver(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    guard gadget.exists else {
      // Built again it is another mouse, also where its node has the old one's name.
      state.withLock { _ = refuse(&$0) }
      throw removed
    }
    let result = state.withLock { state -> Result<MouseDelivery, RigFault> in
      do throws(RigFault) {
        // After the host was gone its buttons are whatever was reported last.
        if state.mustRelease, report.buttons != [] || report.dx != 0 || report.dy != 0 {
          let first = try put(MouseReport(), &state, by: deadline)
          guard first == .delivered else { return .success(first) }
        }
        return .success(try put(report, &state, by: deadline))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func put(
    _ report: MouseReport, _ state: inout State, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    if let last = state.last {
      Self.sleep(until: min(deadline, last.advanced(by: gadget.settings.interval)))
    }
    guard gadget.busState.isHosted else { return refuse(&state) }
    guard let node = try open(&state) else { return refuse(&state) }
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
          state.mustRelease = true
          return .refused
        }
      case ESHUTDOWN, ENODEV, ENXIO, ENOENT, ENOTCONN: return refuse(&state)
      default:
        throw RigFault(
          .mouse, "the USB mouse can't be written: \(systemWords(code))")
      }
    }
    state.last = HostClock.present
    let wait = max(1, deadline.millisecondsFromNow)
    guard node.wait(for: POLLOUT, milliseconds: wait) & POLLOUT != 0 else {
      state.mustRelease = true
      return .unknown
    }
    // A host that goes lets its reports go, too: only one that is still there took it.
    guard gadget.busState.isHosted else {
      _ = refuse(&state)
      return .unknown
    }
    state.mustRelease = report.buttons.isEmpty ? false : state.mustRelease
    return .delivered
  }

  /// The host is not there: what is open belongs to a connection that has ended.
  private func refuse(_ state: inout State) -> MouseDelivery {
    state.node = nil
    state.mustRelease = true
    return .refused
  }

  private func open(_ state: inout State) throws(RigFault) -> Descriptor? {
    guard let path = gadget.node else { return nil }
    if let node = state.node, state.path == path { return node }
    do throws(FileError) {
      let node = try Descriptor(opening: path, O_WRONLY | O_NONBLOCK)
      state.node = node
      state.path = path
      return node
    } catch {
      // The node comes and goes with the connection.
      if [ENOENT, ENODEV, ENXIO].contains(error.code) { return nil }
      throw RigFault(.mouse, "the USB mouse can't be opened: \(error)")
    }
  }

  private static func sleep(until instant: MonotonicInstant) {
    let rest = HostClock.present.duration(to: instant)
    if rest > .zero { usleep(UInt32(clamping: rest.wholeNanoseconds / 1_000)) }
  }
}
