public import Bench

/// The state of a switch, found without requesting or changing anything.
public struct PowerStatus: Sendable, Hashable {
  /// Who holds it; nil when nobody does.
  public var holder: String?
  /// Whether the device is supplied; nil where that can't be known without the line.
  public var isOn: Bool?

  /// Asks.
  ///
  /// - Parameters:
  ///   - line: the switch.
  ///   - locks: where locks lie.
  /// - Throws: when there is no such switch.
  public init(of line: PowerLineDescription, locks: LockFolder = .shared) throws(RigFault) {
    holder = locks.holder(of: line.lockName)
    switch line {
    case .gpio(let wiring):
      let chip = try GPIOChip.named(wiring.chip)
      let offset = try chip.offset(of: wiring.line)
      // The level of a line can be read by its holder only.
      let user = try chip.line(offset).consumer
      holder = holder ?? user.map { "another program, as \($0)" }
      isOn = nil
    case .usbRelay, .file:
      isOn = try line.open(in: locks).readBack()
    }
  }

  /// The status in a line.
  public var words: String {
    let state =
      switch isOn {
      case true?: "on"
      case false?: "off"
      case nil: "not known without taking the switch"
      }
    return "\(state); \(holder.map { "in use by \($0)" } ?? "in nobody's hands")"
  }
}
