import Bench
import FoundationEssentials
import RigDescription

/// What a guardian is given to guard: its first line.
struct GuardianCharge: Codable, Sendable {
  /// The switch.
  var driver: any PowerDriver
  /// How long a cut lasts at least, in nanoseconds.
  var minimumOff: Int64
  /// Who is served, for those who find the switch taken.
  var holder: String
  /// Where locks lie.
  var locks: LockFolder

  private enum Keys: String, CodingKey {
    case driver
    case settings
    case minimumOff
    case holder
    case locks
  }

  /// The charge as one line of text.
  var text: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  init(driver: any PowerDriver, minimumOff: Duration, holder: String, locks: LockFolder) {
    self.driver = driver
    self.minimumOff =
      minimumOff.components.seconds * 1_000_000_000
      + minimumOff.components.attoseconds / 1_000_000_000
    self.holder = holder
    self.locks = locks
  }

  init(text: String) throws {
    self = try JSONDecoder().decode(GuardianCharge.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Keys.self)
    let key = try values.decode(String.self, forKey: .driver)
    let switches = DriverRegistry.switches + DriverRegistry.recorders.map { $0 }
    let settings = switches.first { $0.key == key }
    guard let driver = settings as? any PowerDriver.Type else {
      throw DecodingError.dataCorruptedError(
        forKey: .driver, in: values, debugDescription: "no driver is called \(key)")
    }
    self.driver = try values.decode(driver, forKey: .settings)
    minimumOff = try values.decode(Int64.self, forKey: .minimumOff)
    holder = try values.decode(String.self, forKey: .holder)
    locks = try values.decode(LockFolder.self, forKey: .locks)
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(type(of: driver).key, forKey: .driver)
    try values.encode(driver, forKey: .settings)
    try values.encode(minimumOff, forKey: .minimumOff)
    try values.encode(holder, forKey: .holder)
    try values.encode(locks, forKey: .locks)
  }
}

/// What a controller may ask of a guardian.
enum GuardianOrder: String, Sendable {
  case on
  case off
  case read
}

/// What a guardian answers.
enum GuardianAnswer: Hashable, Sendable {
  /// It was done.
  case done
  /// The supply was switched on after a cut of at least so many nanoseconds of the boot clock.
  case supplied(after: Int64)
  /// What the switch reads back.
  case state(Bool?)
  /// It could not be done.
  case fault(RigFault)

  var text: String {
    switch self {
    case .done: "done"
    case .supplied(let length): "supplied \(length)"
    case .state(true?): "state on"
    case .state(false?): "state off"
    case .state(nil): "state unknown"
    case .fault(let fault):
      "fault \(fault.code.rawValue) \(fault.errno ?? 0) " + fault.reason.replacing("\n", with: " ")
    }
  }

  init?(text: String) {
    switch text {
    case "done": self = .done
    case "state on": self = .state(true)
    case "state off": self = .state(false)
    case "state unknown": self = .state(nil)
    default:
      if text.hasPrefix("supplied "), let length = Int64(text.dropFirst("supplied ".count)) {
        self = .supplied(after: length)
        return
      }
      let parts = text.split(separator: " ", maxSplits: 3)
      guard parts.count == 4, parts[0] == "fault", let code = FaultCode(rawValue: String(parts[1])),
        let errno = Int32(parts[2])
      else { return nil }
      self = .fault(
        RigFault(.power, code, String(parts[3]), errno: errno == 0 ? nil : errno))
    }
  }
}
