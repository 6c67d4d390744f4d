import Bench

/// A switch on a supply, as its driver sees it: calls that block, one at a time.
protocol PowerLine: AnyObject {
  /// Supplies the device or cuts it off, and makes sure as far as the switch can read back.
  func set(powered: Bool) throws(RigFault)

  /// Whether the device is supplied; nil where the switch can't say. Changes nothing.
  func readBack() throws(RigFault) -> Bool?

  /// Gives the switch back.
  func close()
}

extension PowerLine {
  /// Asks for the state after a change, and takes another one for a fault of the switch.
  func confirm(powered: Bool) throws(RigFault) {
    guard let state = try readBack(), state != powered else { return }
    throw RigFault(
      .power,
      "the switch reads back \(state ? "on" : "off") after it was switched "
        + (powered ? "on" : "off"))
  }
}

/// How the supply runs through a relay.
public enum RelayContact: String, Sendable, Hashable, Codable, CaseIterable {
  /// The contact is closed while the coil is at rest: a relay without power supplies the device.
  case normallyClosed = "normally-closed"
  /// The contact is closed while the coil has power.
  case normallyOpen = "normally-open"

  /// Whether the coil must have power for a state of the supply.
  func isEnergised(powered: Bool) -> Bool { powered == (self == .normallyOpen) }
}

/// What switches a supply, in the form in which it can be told to another process.
public enum PowerLineDescription: Sendable, Hashable, Codable {
  /// A relay on a GPIO line.
  case gpio(GPIOWiring)
  /// A relay on a USB board.
  case usbRelay(USBRelayWiring)
  /// A file that takes a word for each state, such as an attribute of the kernel.
  case file(FileWiring)

  /// The name of the lock that keeps others off, the same however a rig file names the switch.
  ///
  /// - Parameter locks: where locks lie: asking a USB board for its letters takes one for a moment.
  /// - Returns: the name. GPIO lines need no care: the kernel lends each to one holder only.
  /// - Throws: when there is no such board.
  func lockName(in locks: LockFolder) throws(RigFault) -> String {
    switch self {
    case .gpio(let wiring): "GPIO line \(wiring.line) of \(wiring.chip)"
    case .usbRelay(let wiring):
      "relay \(wiring.channel) of the USB board at "
        + (try USBRelayLine(wiring, locks: locks).place())
    case .file(let wiring): "switch \(Files.resolved(wiring.path) ?? wiring.path)"
    }
  }

  /// Takes the switch in hand. One that must be given a state to be taken is given "supplied".
  func open(in folder: LockFolder) throws(RigFault) -> any PowerLine {
    switch self {
    case .gpio(let wiring): try GPIOPowerLine(wiring)
    case .usbRelay(let wiring): try USBRelayLine(wiring, locks: folder)
    case .file(let wiring): FilePowerLine(wiring)
    }
  }
}
