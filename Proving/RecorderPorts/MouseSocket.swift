public import Bench
import CRecorderPorts
public import Frames
import Glibc

/// The recorder's USB port with a mouse in it: what the host side of the bus makes of the mouse's
/// reports, read as input events and put together again.
///
/// Where both sides of the bus are on one machine, the recorder is also the cable: it binds the
/// gadget to the bus when its port comes to life, and unbinds it when it dies.
public final class MouseSocket {
  /// A report with the instant at which the bus delivered it.
  public struct Arrival: Sendable, Hashable {
    /// When.
    public var instant: MonotonicInstant
    /// What.
    public var report: MouseReport

    /// Creates an arrival.
    public init(instant: MonotonicInstant, report: MouseReport) {
      self.instant = instant
      self.report = report
    }
  }

  private let gadget: AttributeFile
  private let controller: String
  private let host: String
  private var device: Int32 = -1
  private var assembly = ReportAssembly()

  /// Creates a socket.
  ///
  /// - Parameters:
  ///   - gadget: the gadget's directory in configfs; it need not be there yet.
  ///   - controller: the device controller that it is bound to, such as `dummy_udc.0`.
  ///   - host: the host controller at the other end, such as `dummy_hcd.0`.
  public init(gadget: String, controller: String, host: String) {
    self.gadget = AttributeFile(path: gadget + "/UDC")
    self.controller = controller
    self.host = host
  }

  deinit { letGo() }

  /// Whether the host has a mouse that it reads.
  public var isListening: Bool { device >= 0 }

  /// What poll() is to wait for; -1 while there is nothing.
  public var descriptor: Int32 { device }

  /// Brings the port to life, or lets it die.
  ///
  /// - Returns: whether something changed on the bus.
  public func setAlive(_ alive: Bool) -> Bool {
    guard let bound = gadget.text, bound.isEmpty == alive else { return false }
    if !alive { letGo() }
    return gadget.write(alive ? controller : "") == 0
  }

  /// Looks for the mouse's input device, where none is open.
  ///
  /// - Returns: whether one was found.
  public func look() -> Bool {
    guard device < 0, let name = eventName() else { return false }
    device = open("/dev/input/" + name, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard device >= 0 else { return false }
    var clock = Int32(CLOCK_MONOTONIC)
    if ioctl(device, ports_EVIOCSCLOCKID, &clock) < 0 {
      letGo()
      return false
    }
    assembly = ReportAssembly()
    return true
  }

  /// The reports that have arrived since the last call. A mouse that left lets go of its buttons.
  public func arrivals() -> [Arrival] {
    guard device >= 0 else { return [] }
    var arrivals: [Arrival] = []
    var events = [input_event](repeating: input_event(), count: 64)
    while true {
      let size = MemoryLayout<input_event>.stride
      let count = read(device, &events, events.count * size)
      if count > 0 {
        for event in events.prefix(count / size) {
          if let arrival = assembly.take(event) { arrivals.append(arrival) }
        }
        continue
      }
      if count < 0, errno == EAGAIN || errno == EINTR { return arrivals }
      letGo()
      arrivals.append(Arrival(instant: .now, report: MouseReport()))
      return arrivals
    }
  }

  private func letGo() {
    if device >= 0 { close(device) }
    device = -1
  }

  /// The name of the event node below the host controller.
  private func eventName() -> String? {
    let pattern =
      "/sys/devices/platform/\(host)/usb*/*-*/*:*/*/input/input*/event*"
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, found.gl_pathc > 0, let path = found.gl_pathv[0]
    else { return nil }
    return String(cString: path).split(separator: "/").last.map(String.init)
  }
}

/// Puts input events together to the reports that they came from.
struct ReportAssembly {
  private var report = MouseReport()
  private var isTouched = false

  /// Takes an event; returns the report that it completes.
  mutating func take(_ event: input_event) -> MouseSocket.Arrival? {
    switch (Int32(event.type), Int32(event.code)) {
    case (EV_REL, REL_X): report.dx = Int8(clamping: event.value)
    case (EV_REL, REL_Y): report.dy = Int8(clamping: event.value)
    case (EV_REL, REL_WHEEL): report.wheel = Int8(clamping: event.value)
    case (EV_KEY, BTN_LEFT): set(.left, event.value)
    case (EV_KEY, BTN_RIGHT): set(.right, event.value)
    case (EV_KEY, BTN_MIDDLE): set(.middle, event.value)
    case (EV_SYN, SYN_REPORT):
      defer { report = MouseReport(buttons: report.buttons) }
      guard isTouched else { return nil }
      isTouched = false
      let nanoseconds =
        Int64(event.time.tv_sec) * 1_000_000_000 + Int64(event.time.tv_usec) * 1000
      return MouseSocket.Arrival(
        instant: MonotonicInstant(nanoseconds: nanoseconds), report: report)
    default: return nil
    }
    isTouched = true
    return nil
  }

  private mutating func set(_ button: MouseButtons, _ value: Int32) {
    if value == 0 { report.buttons.remove(button) } else { report.buttons.insert(button) }
  }
}
