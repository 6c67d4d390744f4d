public import Bench

/// The state of a switch, found without requesting or changing anything.
public struct PowerStatus: Sendable, Hashable {
  /// Who holds it; nil when nobody does.
  public var holder: String?
  /// Whether the device is supplied; nil where that can't be known.
  public var isOn: Bool?
  /// Why that can't be known, in words.
  private let ignorance: String

  /// Creates a state; `ignorance` says why nothing is known of the supply, where that is so.
  public init(holder: String?, isOn: Bool?, ignorance: String) {
    self.holder = holder
    self.isOn = isOn
    self.ignorance = ignorance
  }

  /// The state that a switch told that anybody may ask.
  init(readBack: Bool?) {
    self.init(
      holder: nil, isOn: readBack, ignorance: "not known, since this switch can't read back")
  }

  /// Asks.
  ///
  /// - Parameters:
  ///   - driver: the switch.
  ///   - locks: where locks lie.
  /// - Throws: when there is no such switch.
  public init(of driver: any PowerDriver, locks: LockFolder = .shared) throws(RigFault) {
    let holder = locks.holder(of: try driver.lockName(in: locks))
    self = try driver.status(in: locks)
    self.holder = holder ?? self.holder
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
