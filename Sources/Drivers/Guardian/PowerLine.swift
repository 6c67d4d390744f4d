public import Bench
import RigDescription

/// A switch on a supply, as its driver sees it: calls that block, one at a time.
public protocol PowerLine: AnyObject {
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
      .power, state ? .supplyStuckOn : .supplyStuckOff,
      "the switch reads back \(state ? "on" : "off") after it was switched "
        + (powered ? "on" : "off"))
  }
}

extension RelayContact {
  /// Whether the coil must have power for a state of the supply.
  func isEnergised(powered: Bool) -> Bool { powered == (self == .normallyOpen) }
}
