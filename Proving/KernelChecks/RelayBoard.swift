import Drivers
import Glibc
import Synchronization

/// A USB board with two relays as the world knows them by 16c0:05df, behind FunctionFS (the
/// kernel's `Documentation/usb/functionfs.rst`): a HID device whose feature report 0 of eight bytes
/// switches relays and tells five letters of serial and the relays' state.
///
/// Or one of those by 5131:2007: an output report of four bytes switches a relay, and nothing is told
/// of any.
///
/// It answers on the control pipe alone, as the real ones do; numbers and strings are the gadget's.
final class RelayBoard {
  /// What a board understands.
  enum Dialect: String, CaseIterable {
    case features
    case commands
  }

  private let folder: String
  private let dialect: Dialect
  private let serial: [UInt8]
  private let log: (String) -> Void
  private let control: Int32
  private var relays: UInt8 = 0

  /// While it holds, relays don't move, whatever they are told: a board of burnt contacts.
  static let isStuck = Atomic(false)
  /// Whether somebody asked the program to end.
  static let isAskedToEnd = Atomic(false)

  /// A report of eight bytes that mean whatever the maker likes (HID 1.11, section 6.2.2).
  private static let reportDescriptor: [UInt8] = [
    0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x08,
    0x09, 0x00, 0xB2, 0x02, 0x01, 0xC0,
  ]
  private static let hidDescriptor: [UInt8] = [
    9, 0x21, 0x11, 0x01, 0, 1, 0x22, UInt8(reportDescriptor.count), 0,
  ]

  /// Describes the board to the kernel; the gadget can be bound to its controller afterwards.
  ///
  /// - Parameters:
  ///   - folder: where the function's files are mounted.
  ///   - dialect: what it understands.
  ///   - serial: five letters; only with features.
  ///   - log: is told what happens.
  /// - Throws: when the kernel does not take the description.
  init(
    folder: String, dialect: Dialect, serial: String, log: @escaping (String) -> Void
  ) throws {
    self.folder = folder
    self.dialect = dialect
    self.serial = Array(serial.utf8.prefix(5))
    self.log = log
    control = open("\(folder)/ep0", O_RDWR | O_CLOEXEC)
    guard control >= 0 else { throw Self.failure("\(folder)/ep0") }
    for message in [Self.descriptors, Self.strings] {
      guard write(control, message, message.count) == message.count else {
        throw Self.failure("the board's description")
      }
    }
    log("ready")
  }

  deinit { close(control) }

  private static func failure(_ what: String) -> CheckFailure {
    CheckFailure("\(what): \(String(cString: strerror(errno)))")
  }

  /// One HID interface with one interrupt endpoint, for full and for high speed.
  private static var descriptors: [UInt8] {
    let interface: [UInt8] = [9, 4, 0, 0, 1, 3, 0, 0, 0]
    let endpoints: [[UInt8]] = [20, 8].map { [7, 5, 0x81, 3, 8, 0, $0] }
    let body = endpoints.flatMap { interface + hidDescriptor + $0 }
    let (magic, speeds): (UInt32, UInt32) = (3, 1 | 2)
    let words: [UInt32] = [magic, UInt32(20 + body.count), speeds, 3, 3]
    return words.flatMap(littleEndian) + body
  }

  private static var strings: [UInt8] { [2, 16, 0, 0].flatMap(littleEndian) }

  private static func littleEndian(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }

  // MARK: Service

  /// Answers its host until it is asked to end.
  func serve() throws {
    var events = [UInt8](repeating: 0, count: 12 * 4)
    while !Self.isAskedToEnd.load(ordering: .relaxed) {
      let count = read(control, &events, events.count)
      // A host that gave up waiting begins anew: the kernel says once that the request before it is
      // gone (EIDRM), and has the next ready.
      if count < 0, [EINTR, EIDRM, EAGAIN].contains(errno) { continue }
      guard count > 0 else { throw Self.failure("the control pipe") }
      for start in stride(from: 0, to: count, by: 12) {
        handle(Array(events[start..<(start + 12)]))
      }
    }
  }

  private func handle(_ event: [UInt8]) {
    // The kernel's enum usb_functionfs_event_type.
    switch event[8] {
    case 1, 3:
      // Without its host the board has no supply, and its relays fall.
      for relay in 1...2 { set(relay, false) }
    case 4: answer(Array(event[..<8]))
    default: break
    }
  }

  private func answer(_ setup: [UInt8]) {
    let length = Int(setup[6]) | Int(setup[7]) << 8
    switch (setup[0], setup[1], setup[3]) {
    case (0x81, 0x06, 0x22): reply(Self.reportDescriptor, length)
    case (0x81, 0x06, 0x21): reply(Self.hidDescriptor, length)
    // The real boards don't ask which kind of report is meant, and some programs send output reports.
    case (0xA1, 0x01, _) where dialect == .features: reply(serial + [0, 0, relays], length)
    case (0x21, 0x09, _):
      var report = [UInt8](repeating: 0, count: max(8, length))
      guard read(control, &report, length) >= 2 else { return }
      switch dialect {
      case .features: obey(report)
      case .commands: obey(command: report)
      }
    case (0x21, 0x0A, _): _ = read(control, nil, 0)
    default:
      // A step in the wrong direction refuses a request.
      if setup[0] & 0x80 != 0 { _ = read(control, nil, 0) } else { _ = write(control, "", 0) }
    }
  }

  private func reply(_ bytes: [UInt8], _ length: Int) {
    _ = write(control, bytes, min(length, bytes.count))
  }

  private func obey(_ report: [UInt8]) {
    switch report[0] {
    case 0xFF: set(Int(report[1]), true)
    case 0xFD: set(Int(report[1]), false)
    case 0xFE: for relay in 1...2 { set(relay, true) }
    case 0xFC: for relay in 1...2 { set(relay, false) }
    default: log("does not know the order \(report[0])")
    }
  }

  private func obey(command: [UInt8]) {
    guard command[0] == 0xA0, command[..<3].reduce(0, &+) == command[3] else {
      return log("does not know the command \(command)")
    }
    set(Int(command[1]), command[2] == 1)
  }

  private func set(_ relay: Int, _ isOn: Bool) {
    guard (1...2).contains(relay), !Self.isStuck.load(ordering: .relaxed) else { return }
    let bit = UInt8(1) << UInt8(relay - 1)
    guard (relays & bit != 0) != isOn else { return }
    relays ^= bit
    log("relay \(relay) \(isOn ? "on" : "off")")
  }
}
