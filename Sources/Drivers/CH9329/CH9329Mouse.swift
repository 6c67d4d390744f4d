public import Bench
import CLinux
public import Frames
import Glibc
public import RigDescription

/// A mouse made by a CH9329, the chip that turns a serial line into USB input devices.
///
/// Every report is acknowledged by the chip, and the next one goes out after that. Without an
/// acknowledgement a report's fate is unknown; a refusal says that nothing was sent. A serial port
/// that leaves is looked for again, at whatever node; a chip that says nothing more is cut off by
/// its hub's port, once, where the rig file names one.
public actor CH9329Mouse: Mouse {
  /// What a frame came to.
  private enum Outcome {
    case answered([UInt8])
    case refused(UInt8)
    case silent
  }

  private let settings: CH9329Settings
  private let answerTime: Duration
  private let holder: String?
  private let locks: LockFolder
  private let tree: DeviceTree
  private let note: @Sendable (String) -> Void
  private let executor = DeviceExecutor("mouse")
  private var port: Descriptor?
  private var path = ""
  private var lock: DeviceLock?
  private var mustRelease = true
  /// Whether an answer may still come that belongs to no question any more.
  private var isOwedAnswer = false
  /// Whether the chip was cut off since it last answered.
  private var wasCycled = false

  /// How long a chip takes to answer at most, by its maker's word.
  public static let answerTime = Duration.milliseconds(500)

  /// The mouse's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Opens a chip's serial port.
  ///
  /// - Parameters:
  ///   - settings: the port, and how it is used.
  ///   - answerTime: how long the chip may take to answer.
  ///   - holder: who uses it, for those who find it taken; nil takes no lock.
  ///   - locks: where locks lie.
  ///   - tree: where devices are found.
  ///   - note: is told what was done about a chip that failed.
  /// - Throws: when the port can't be opened or another process holds it.
  public init(
    _ settings: CH9329Settings, answerTime: Duration = CH9329Mouse.answerTime,
    holder: String? = nil,
    locks: LockFolder = .shared, tree: DeviceTree = DeviceTree(),
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) {
    self.settings = settings
    self.answerTime = answerTime
    self.holder = holder
    self.locks = locks
    self.tree = tree
    self.note = note
    if let port = settings.hubPort { _ = try HubPort(port, in: tree) }
    path = try Self.path(settings.selection, in: tree)
    lock = try Self.lock(path, holder, locks)
    port = try Self.open(path, settings.baud)
  }

  /// Sends one report and waits for the chip's acknowledgement.
  public func send(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) async throws(BenchError) -> MouseDelivery {
    do throws(RigFault) {
      return try deliver(report, by: deadline)
    } catch {
      throw .fault(error)
    }
  }

  private func deliver(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    if mustRelease, report.buttons != [] || report.dx != 0 || report.dy != 0 {
      let first = try put(MouseReport(), by: deadline)
      guard first == .delivered else { return first }
    }
    return try put(report, by: deadline)
  }

  /// Whether the recorder has taken the chip for a mouse.
  public func busState() async throws(BenchError) -> USBBusState {
    do throws(RigFault) {
      return try askInsistently()
    } catch {
      throw .fault(error)
    }
  }

  /// What the chip says of its host, if need be after it was cut off.
  private func askInsistently() throws(RigFault) -> USBBusState {
    let fault: RigFault
    do throws(RigFault) {
      if let answer = try ask() { return answer }
      fault = RigFault(.mouse, .mouseUnreachable, "the mouse chip on \(path) does not answer")
    } catch {
      fault = error
    }
    guard try cyclePort(because: fault) else { throw fault }
    let end = HostClock.present.advanced(by: Self.returning)
    while HostClock.present < end {
      if let answer = (try? ask()) ?? nil { return answer }
      usleep(200_000)
    }
    throw fault
  }

  /// How long a chip may take to come back after it was cut off.
  private static let returning = Duration.seconds(10)

  /// What the chip says of its host; nil where it says nothing.
  private func ask() throws(RigFault) -> USBBusState? {
    let deadline = HostClock.present.advanced(by: answerTime)
    for _ in 0..<2 {
      let question = CH9329Frame(command: CH9329Frame.getInformation)
      guard case .answered(let data) = try exchange(question, by: deadline),
        data.count >= 2
      else { continue }
      (isOwedAnswer, wasCycled) = (false, false)
      // The chip can't tell a host that is off from none at all.
      if data[1] == 0x01 { return .configured }
      mustRelease = true
      return .notConfigured
    }
    return nil
  }

  /// Cuts off a chip that fails, once until it answers again; whether that was done.
  private func cyclePort(because fault: RigFault) throws(RigFault) -> Bool {
    guard let hubPort = settings.hubPort, !wasCycled else { return false }
    let hub = try HubPort(hubPort, in: tree)
    wasCycled = true
    (port, mustRelease) = (nil, true)
    guard hub.cycle() else { return false }
    note("\(fault.reason); it is cut off and supplied again by \(hub.words)")
    return true
  }

  /// Releases all buttons, as far as the chip listens, and closes the port; takes a fifth of a
  /// second at most.
  public nonisolated func close() {
    executor.wait { assumeIsolated { $0.release() } }
  }

  private func release() {
    _ = try? deliver(MouseReport(), by: HostClock.present.advanced(by: .milliseconds(200)))
    port = nil
  }

  private func put(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) throws(RigFault) -> MouseDelivery {
    let limit = min(deadline, HostClock.present.advanced(by: answerTime))
    // An answer that is still owed would pass for that to this report. Answers keep their order, so
    // that it is out of the way once the chip has answered another question.
    if isOwedAnswer {
      let question = CH9329Frame(command: CH9329Frame.getInformation)
      guard case .answered = try exchange(question, by: limit) else {
        return refuse()
      }
      isOwedAnswer = false
    }
    // A frame that arrived damaged was not carried out, so it can be sent again.
    for isLast in [false, true] {
      switch try exchange(CH9329Frame(report), by: limit) {
      case .answered(let data) where data.first == 0x00:
        if report.buttons.isEmpty { mustRelease = false }
        return .delivered
      case .answered(let data):
        if let status = data.first, !Self.isDamage(status) || isLast { return refuse() }
        if data.isEmpty { return unknown() }
      case .refused(let status):
        if !Self.isDamage(status) || isLast { return refuse() }
      case .silent: return unknown()
      }
    }
    return refuse()
  }

  private static func isDamage(_ status: UInt8) -> Bool { [0xE1, 0xE2, 0xE4].contains(status) }

  private func refuse() -> MouseDelivery {
    mustRelease = true
    return .refused
  }

  private func unknown() -> MouseDelivery {
    (mustRelease, isOwedAnswer) = (true, true)
    return .unknown
  }

  /// Sends a frame and waits for what answers it; anything else on the line is passed over.
  private func exchange(
    _ frame: CH9329Frame, by deadline: MonotonicInstant
  ) throws(RigFault) -> Outcome {
    let port = try open()
    // What a late answer left behind belongs to no question of ours.
    tcflush(port.number, TCIFLUSH)
    let bytes = frame.bytes
    guard write(port.number, bytes, bytes.count) == bytes.count else {
      throw lost()
    }
    var received: [UInt8] = []
    while true {
      let left = deadline.millisecondsFromNow
      guard left > 0 else { return .silent }
      let events = port.wait(for: POLLIN, milliseconds: left)
      if events & POLLIN == 0 {
        if events != 0 { throw lost() }
        continue
      }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(port.number, &buffer, buffer.count)
      if count < 0 && (errno == EAGAIN || errno == EINTR) { continue }
      guard count > 0 else { throw lost() }
      received += buffer[..<count]
      while let answer = CH9329Frame.take(from: &received) {
        if answer.command == frame.command | CH9329Frame.answer { return .answered(answer.data) }
        if answer.command == frame.command | CH9329Frame.refusal {
          return .refused(answer.data.first ?? 0)
        }
      }
    }
  }

  private func lost() -> RigFault {
    port = nil
    mustRelease = true
    return RigFault(.mouse, .mouseUnreachable, "the serial port \(path) has left")
  }

  /// The open port; one that has left is looked for anew.
  private func open() throws(RigFault) -> Descriptor {
    if let port { return port }
    let found = try Self.path(settings.selection, in: tree)
    if found != path { lock = try Self.lock(found, holder, locks) }
    let opened = try Self.open(found, settings.baud)
    (port, path) = (opened, found)
    return opened
  }

  private static func path(
    _ selection: DeviceSelection, in tree: DeviceTree
  ) throws(RigFault) -> String {
    switch selection {
    case .node(let node): return node
    case .match(let match):
      let device = try tree.device(match, of: .serial)
      guard let node = device.node else {
        throw RigFault(.mouse, .deviceMissing, "\(device.name) has no node below /dev")
      }
      return node
    }
  }

  private static func lock(
    _ path: String, _ holder: String?, _ locks: LockFolder
  ) throws(RigFault) -> DeviceLock? {
    try holder.map { holder throws(RigFault) in
      try DeviceLock("serial port \(path)", holder: holder, part: .mouse, in: locks)
    }
  }

  private static let speeds: [Int: speed_t] = [
    9600: speed_t(B9600), 19200: speed_t(B19200), 38400: speed_t(B38400), 57600: speed_t(B57600),
    115200: speed_t(B115200),
  ]

  /// Opens a port raw: eight bits, no parity, one stop bit, no control of flow (`termios(3)`).
  private static func open(_ path: String, _ baud: Int) throws(RigFault) -> Descriptor {
    guard let speed = speeds[baud] else {
      throw RigFault(.mouse, .rigIncomplete, "a serial port has no speed of \(baud)")
    }
    let port: Descriptor
    do throws(FileError) {
      port = try Descriptor(opening: path, O_RDWR | O_NOCTTY | O_NONBLOCK)
    } catch {
      throw RigFault(
        .mouse, .mouseUnreachable, "the serial port can't be opened: \(error)", errno: error.code)
    }
    var settings = termios()
    guard tcgetattr(port.number, &settings) == 0 else {
      throw RigFault(.mouse, .mouseUnreachable, "\(path) is no serial port", errno: errno)
    }
    cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
    cfsetispeed(&settings, speed)
    cfsetospeed(&settings, speed)
    guard tcsetattr(port.number, TCSANOW, &settings) == 0 else {
      throw RigFault(
        .mouse, .mouseUnreachable, "\(path) can't be set up: \(systemWords(errno))", errno: errno)
    }
    return port
  }
}
