public import Bench

/// The state of a switch, found without requesting or changing anything.
public struct PowerStatus: Sendable, Hashable {
  /// Who holds it; nil when nobody does.
  public var holder: String?
  /// Whether the device is supplied; nil where that can't be known.
  public var isOn: Bool?
  /// Why that can't be known, in words.
  private var ignorance = "not known without taking the switch"

  /// Asks.
  ///
  /// - Parameters:
  ///   - line: the switch.
  ///   - locks: where locks lie.
  /// - Throws: when there is no such switch.
  public init(of line: PowerLineDescription, locks: LockFolder = .shared) throws(RigFault) {
    holder = locks.holder(of: try line.lockName(in: locks))
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
      ignorance = "not known, since this switch can't read back"
    }
  }

  /// The status in a line.
  public var words: String {
    let state =
      switch isOn {
      case true?: "on"
      case false?: "off"
      case nil: ignorance
      }
    return "\(state); \(holder.map { "in use by \($0)" } ?? "in nobody's hands")"
  }
}
