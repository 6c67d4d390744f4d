import Frames

/// The recorder's supply with the capacitors behind it.
///
/// A cut that is shorter than their discharge leaves the processor without a proper reset: the
/// recorder stays dark until it is cut off for long enough.
struct PowerSupply: Sendable {
  /// What switching the line leads to.
  enum Consequence: Sendable {
    /// Nothing changes.
    case none
    /// The recorder goes dark.
    case dies
    /// The recorder starts.
    case starts
    /// The recorder has power, but does not start.
    case sticks
  }

  /// How long the capacitors hold their charge.
  let discharge: Duration
  /// Whether the line carries power.
  private(set) var isOn = true
  private(set) var offSince: MonotonicInstant?

  /// Creates a supply that has been on for long.
  init(discharge: Duration) {
    self.discharge = discharge
  }

  /// Creates a supply in the midst of its life.
  init(discharge: Duration, isOn: Bool, offSince: MonotonicInstant?) {
    self.discharge = discharge
    self.isOn = isOn
    self.offSince = offSince
  }

  /// Switches the line.
  mutating func set(on: Bool, at now: MonotonicInstant) -> Consequence {
    guard on != isOn else { return .none }
    isOn = on
    guard on else {
      offSince = now
      return .dies
    }
    guard let offSince, offSince.duration(to: now) < discharge else { return .starts }
    return .sticks
  }
}
