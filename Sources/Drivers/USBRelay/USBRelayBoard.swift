package import Bench
import CUSB
import Glibc
package import RigDescription

/// A USB board with relays, open for one exchange.
///
/// Two kinds are known. 16c0:05df: the firmware for V-USB that many cheap boards have; feature
/// report 0 of eight bytes sets relays (`FF n` on, `FD n` off) and reads five letters of serial and,
/// in its last byte, the state of all relays. 5131:2007: takes `A0 n s` and their sum, and answers
/// nothing.
struct USBRelayBoard {
  /// What a board understands.
  enum Dialect: Sendable {
    case features
    case commands

    init?(_ device: FoundDevice) {
      switch (device.attribute("idVendor"), device.attribute("idProduct")) {
      case ("16c0", "05df"):
        // The numbers are shared by many hobby devices; the product tells relays.
        guard device.attribute("product")?.hasPrefix("USBRelay") ?? false else { return nil }
        self = .features
      case ("5131", "2007"): self = .commands
      default: return nil
      }
    }
  }

  let dialect: Dialect
  /// Where it is plugged in, as the kernel names it.
  let place: String
  private let pipe: HIDControlPipe

  init(_ device: FoundDevice, _ dialect: Dialect) throws(RigFault) {
    self.dialect = dialect
    place = device.name
    pipe = try HIDControlPipe(device)
  }

  /// Five letters and the state of all relays, relay 1 in the lowest bit.
  func state() throws(RigFault) -> (serial: String, relays: UInt8) {
    let report = try pipe.featureReport(length: 8)
    let serial = String(decoding: report.prefix(5).prefix { $0 != 0 }, as: UTF8.self)
    return (serial, report[7])
  }

  /// Gives a relay's coil power or takes it away.
  func energise(_ channel: Int, _ on: Bool) throws(RigFault) {
    switch dialect {
    case .features:
      var report = [UInt8](repeating: 0, count: 8)
      report[0] = on ? 0xFF : 0xFD
      report[1] = UInt8(channel)
      try pipe.setFeatureReport(report)
    case .commands:
      let bytes: [UInt8] = [0xA0, UInt8(channel), on ? 1 : 0]
      try pipe.setOutputReport(bytes + [bytes.reduce(0, &+)])
    }
  }
}

/// A relay of a board that may be shared: each exchange opens the board and gives it back.
package final class USBRelayLine: PowerLine {
  private let settings: USBRelaySettings
  private let tree: DeviceTree
  private let locks: LockFolder

  package init(
    _ settings: USBRelaySettings, tree: DeviceTree = DeviceTree(), locks: LockFolder
  ) throws(RigFault) {
    self.settings = settings
    self.tree = tree
    self.locks = locks
  }

  /// Where the board is plugged in, such as `1-1.2`.
  func place() throws(RigFault) -> String {
    var place = ""
    try withBoard { board throws(RigFault) in place = board.place }
    return place
  }

  package func set(powered: Bool) throws(RigFault) {
    try withBoard { board throws(RigFault) in
      try board.energise(settings.channel, settings.contact.isEnergised(powered: powered))
    }
    try confirm(powered: powered)
  }

  package func readBack() throws(RigFault) -> Bool? {
    var answer: Bool?
    try withBoard { board throws(RigFault) in
      guard board.dialect == .features else { return }
      let relays = try board.state().relays
      let isEnergised = relays & (1 << UInt8(settings.channel - 1)) != 0
      answer = settings.contact.isEnergised(powered: true) == isEnergised
    }
    return answer
  }

  package func close() {}

  /// The time that others who share the board may take.
  private static let sharing = 20
  private static let pause: UInt32 = 100_000
  /// One lock for all boards: who looks for one by its letters asks each of them.
  private static let lockName = "the USB relay boards"

  /// Claims the board, uses it, and gives it back.
  private func withBoard(
    _ use: (USBRelayBoard) throws(RigFault) -> Void
  ) throws(RigFault) {
    var lock: DeviceLock?
    for turn in 1...Self.sharing where lock == nil {
      do throws(RigFault) {
        lock = try DeviceLock(
          Self.lockName, holder: "process \(getpid())", part: .power, in: locks)
      } catch {
        if turn == Self.sharing { throw error }
        usleep(Self.pause)
      }
    }
    defer { withExtendedLifetime(lock) {} }
    try use(try board())
  }

  private func board() throws(RigFault) -> USBRelayBoard {
    var boards = tree.devices(.usb).filter { USBRelayBoard.Dialect($0) != nil }
    guard !boards.isEmpty else {
      throw RigFault(
        .power, .deviceMissing, "there is no USB relay board (16c0:05df or 5131:2007) on any bus")
    }
    if let serial = settings.serial {
      let letters = boards.map(Self.letters)
      guard letters.contains(.told(serial)) else {
        throw RigFault(
          .power,
          .deviceMissing,
          "no USB relay board has the letters \(serial); there are: "
            + letters.map(\.description).joined(separator: ", "))
      }
      boards = zip(boards, letters).filter { $0.1 == .told(serial) }.map(\.0)
    }
    let device = try tree.device(settings.board ?? DeviceMatch([]), of: .usb) { device in
      boards.contains { $0.path == device.path }
    }
    guard let dialect = USBRelayBoard.Dialect(device) else {
      throw RigFault(.power, .deviceMissing, "\(device.name) is no relay board")
    }
    return try USBRelayBoard(device, dialect)
  }

  /// What is known of a board's letters.
  private enum Letters: Equatable, CustomStringConvertible {
    case told(String)
    case none
    case noAnswer

    var description: String {
      switch self {
      case .told(let letters): letters
      case .none: "one without letters"
      case .noAnswer: "one that does not answer"
      }
    }
  }

  private static func letters(of device: FoundDevice) -> Letters {
    guard USBRelayBoard.Dialect(device) == .features else { return .none }
    guard let state = try? USBRelayBoard(device, .features).state() else { return .noAnswer }
    return .told(state.serial)
  }
}
