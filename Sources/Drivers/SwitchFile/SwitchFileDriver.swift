public import Bench
public import RigDescription

extension SwitchFileSettings: PowerDriver {
  /// The file that the path leads to.
  public func lockName(in locks: LockFolder) throws(RigFault) -> String {
    "switch \(Files.resolved(path) ?? Files.absolute(path))"
  }

  /// Takes the file in hand.
  public func open(in locks: LockFolder) throws(RigFault) -> any PowerLine { FilePowerLine(self) }

  /// What the file holds.
  public func status(in locks: LockFolder) throws(RigFault) -> PowerStatus {
    PowerStatus(readBack: try open(in: locks).readBack())
  }

  /// What becomes of the file's switch is not known.
  public var caveat: String? { nil }

  /// Nothing tells a file that works a switch from any other.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] { [] }
}
