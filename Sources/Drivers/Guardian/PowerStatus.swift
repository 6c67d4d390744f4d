public import Bench
public import RigDescription

/// The state of a switch, found without requesting or changing anything of it.
public struct PowerStatus: Sendable, Hashable {
  /// Who holds it; nil when nobody does.
  public var holder: String?
  /// Whether the device is supplied; nil where that can't be known.
  public var isOn: Bool?
  /// Why that can't be known, in words.
  private let ignorance: String
  /// What the sense of the supply says, in words; nil where none is wired.
  private var sense: String?

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
  ///   - sense: what senses the supply behind it, whose line is held for as long as it takes to read
  ///     it; nil where nothing does.
  ///   - locks: where locks lie.
  /// - Throws: when there is no such switch, or no such sense.
  public init(
    of driver: any PowerDriver, sense: SupplySenseSettings? = nil, locks: LockFolder = .shared
  ) throws(RigFault) {
    try self.init(of: driver, sense: sense, locks: locks, tree: DeviceTree())
  }

  init(
    of driver: any PowerDriver, sense: SupplySenseSettings?, locks: LockFolder, tree: DeviceTree
  ) throws(RigFault) {
    let holder = locks.holder(of: try driver.lockName(in: locks))
    self = try driver.status(in: locks)
    self.holder = holder ?? self.holder
    if let sense {
      self.sense = try words(of: sense, in: tree)
    } else if let sense = try driver.ownSense() {
      self.sense = try words(of: sense)
    }
  }

  /// What a sense says; one that somebody else holds can't be asked.
  private func words(
    of sense: SupplySenseSettings, in tree: DeviceTree
  ) throws(RigFault) -> String {
    do throws(RigFault) {
      return try words(of: SupplySense(sense, tree: tree))
    } catch  where error.code == .deviceInUse {
      return "the sense of the supply is in use"
    }
  }

  private func words(of sense: any SupplySensing) throws(RigFault) -> String {
    let isSupplied = try sense.isSupplied()
    sense.close()
    let contradicts = isOn == !isSupplied
    return "\(contradicts ? "but " : "")the supply is sensed \(isSupplied ? "on" : "off")"
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
      + (sense.map { "; \($0)" } ?? "")
  }
}
