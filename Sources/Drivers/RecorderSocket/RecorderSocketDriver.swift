public import Bench
public import RigDescription

extension RecorderSocketSettings: ScreenDriver, MouseDriver, PowerDriver, MailDriver {
  /// Opens the recorder's picture.
  public func open(for user: DeviceUser) throws(RigFault) -> any Screen & RigDevice {
    try RecorderSocketScreen(self, holder: user.holder)
  }

  /// Opens the recorder's mouse.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mouse & RigDevice {
    try RecorderSocketMouse(self, holder: user.holder)
  }

  /// Opens the recorder's mailbox.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mailbox & RigDevice {
    try RecorderSocketMailbox(self)
  }

  /// The name of the lock of the recorder's supply.
  public func lockName(in locks: LockFolder) throws(RigFault) -> String { device("supply") }

  /// Takes the relay in hand, as it is.
  public func open(in locks: LockFolder) throws(RigFault) -> any PowerLine {
    try RecorderSocketPowerLine(self)
  }

  /// What the relay reads back.
  public func status(in locks: LockFolder) throws(RigFault) -> PowerStatus {
    PowerStatus(readBack: try RecorderSocketPowerLine(self).readBack())
  }

  /// The recorder's own sense of its supply, if its process has one.
  public func ownSense() throws(RigFault) -> (any SupplySensing)? {
    try RecorderSocketSense.wired(to: self)
  }

  /// The relay keeps what it was ordered.
  public var caveat: String? { "a cut in which guardian and program die lasts until the next run" }

  /// Where a recorder's process listens is not for the kernel to know.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] { [] }

  /// What the doctor says to try next where the recorder can't be reached.
  public static var remedyUnopened: String {
    "start it with gantry-proving recorder --on socket:PATH, with the path that the rig names"
  }

  /// What a part of the recorder is called where devices are told apart.
  func device(_ part: String) -> String {
    "\(part) of the recorder \(Files.resolved(path) ?? Files.absolute(path))"
  }

  /// The socket, as it is seen from anywhere.
  var socket: String { Files.absolute(path) }
}
