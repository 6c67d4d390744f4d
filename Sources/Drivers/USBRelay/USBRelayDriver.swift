public import Bench
public import RigDescription

extension USBRelaySettings: PowerDriver {
  /// The relay, by where its board is plugged in: asking a board for its letters takes a lock for a
  /// moment.
  public func lockName(in locks: LockFolder) throws(RigFault) -> String {
    "relay \(channel) of the USB board at " + (try USBRelayLine(self, locks: locks).place())
  }

  /// Takes the relay in hand.
  public func open(in locks: LockFolder) throws(RigFault) -> any PowerLine {
    try USBRelayLine(self, locks: locks)
  }

  /// What the board reads back, of those that do.
  public func status(in locks: LockFolder) throws(RigFault) -> PowerStatus {
    PowerStatus(readBack: try open(in: locks).readBack())
  }

  /// A board keeps its relays as they are, and its guardian outlives the program.
  public var caveat: String? { nil }

  /// All boards with relays.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] {
    let boards = tree.devices(.usb).filter { USBRelayBoard.Dialect($0) != nil }
    return boards.map { board in
      let match =
        boards.count == 1 ? "" : "match: {\(board.rules(among: boards) ?? "")}, "
      return UsableDevice(
        part: .power, name: board.name,
        about: board.attribute("product") ?? "USB relay, without read-back",
        rigLine: "power: {\(key): {\(match)channel: 1, contact: normally-closed}}")
    }
  }
}
