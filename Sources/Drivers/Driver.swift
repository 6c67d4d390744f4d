public import Bench
public import RigDescription

/// What there is of a driver beside its settings: the settings' type says it, in the driver's folder.
public protocol Driver: DriverSettings {
  /// What a tree of devices has that the driver could use.
  static func usableDevices(in tree: DeviceTree) -> [UsableDevice]

  /// What the doctor says to try next where a device can't be opened.
  static var remedyUnopened: String { get }
}

/// A driver through which a picture comes.
public protocol ScreenDriver: Driver, ScreenSettings {
  /// Opens the device.
  ///
  /// - Parameter user: who uses it.
  /// - Returns: the device.
  /// - Throws: when it can't be opened, or another process holds it.
  func open(for user: DeviceUser) throws(RigFault) -> any Screen & RigDevice
}

/// A driver that moves a mouse.
public protocol MouseDriver: Driver, MouseSettings {
  /// Opens the device.
  ///
  /// - Parameter user: who uses it.
  /// - Returns: the device.
  /// - Throws: when it can't be opened, or another process holds it.
  func open(for user: DeviceUser) throws(RigFault) -> any Mouse & RigDevice
}

/// A driver that reads mail.
public protocol MailDriver: Driver, MailSettings {
  /// Opens the mailbox.
  ///
  /// - Parameter user: who uses it.
  /// - Returns: the mailbox.
  /// - Throws: when it can't be opened.
  func open(for user: DeviceUser) throws(RigFault) -> any Mailbox & RigDevice
}

/// A driver that switches a supply. It is opened by the guardian's process, and only there.
public protocol PowerDriver: Driver, PowerSettings {
  /// The name of the lock that keeps others off, the same however a rig file names the switch.
  ///
  /// - Parameter locks: where locks lie.
  /// - Returns: the name.
  /// - Throws: when there is no such switch.
  func lockName(in locks: LockFolder) throws(RigFault) -> String

  /// Takes the switch in hand. One that must be given a state to be taken is given "supplied".
  ///
  /// - Parameter locks: where locks lie.
  /// - Returns: the switch.
  /// - Throws: when there is no such switch, or it can't be taken.
  func open(in locks: LockFolder) throws(RigFault) -> any PowerLine

  /// The state of the switch, found without requesting or changing anything.
  ///
  /// - Parameter locks: where locks lie.
  /// - Returns: the state.
  /// - Throws: when there is no such switch.
  func status(in locks: LockFolder) throws(RigFault) -> PowerStatus

  /// The sense of the supply that belongs to the switch itself; nil where it has none.
  ///
  /// - Throws: when it can't be reached.
  func ownSense() throws(RigFault) -> (any SupplySensing)?

  /// What becomes of the supply when guardian and program die, where that is worth a word.
  var caveat: String? { get }
}

extension PowerDriver {
  /// A switch without a sense of its own.
  public func ownSense() throws(RigFault) -> (any SupplySensing)? { nil }

  /// What the doctor says to try next where a switch can't be opened.
  public static var remedyUnopened: String {
    "gantry devices lists the switches of this host; gantry power RIG status says who holds it"
  }
}

/// Who uses a device.
public struct DeviceUser: Sendable {
  /// What it says of itself to those who find the device taken.
  public var holder: String
  /// How many times longer than usual a device may take, on a rig that is slow.
  public var patience: Int
  /// Is told what was done about a device that failed.
  public var note: @Sendable (String) -> Void

  /// Creates a user.
  public init(
    holder: String, patience: Int = 1, note: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.holder = holder
    self.patience = patience
    self.note = note
  }
}

extension DeviceTree {
  /// What could be a part of a rig: screens, mice, power switches, in this order.
  public var usableDevices: [UsableDevice] {
    // A chip has many lines that are no switch: relays that somebody plugged in come before them.
    let drivers: [any DriverSettings.Type] =
      DriverRegistry.screens + DriverRegistry.mice + DriverRegistry.switches.reversed()
      + DriverRegistry.mailboxes
    return drivers.compactMap { $0 as? any Driver.Type }.flatMap { $0.usableDevices(in: self) }
  }
}
