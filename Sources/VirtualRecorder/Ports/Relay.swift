import Frames

/// The relay on the recorder's supply, with its faults.
struct Relay: Sendable {
  private let faults: FaultPlan
  private var ordered = true
  private var fellOpen = false
  /// Whether the recorder is supplied.
  private(set) var isClosed = true

  /// Creates a relay that supplies the recorder.
  init(faults: FaultPlan) {
    self.faults = faults
  }

  /// Takes an order; returns whether the supply changed.
  mutating func order(closed: Bool, at instant: MonotonicInstant) -> Bool {
    ordered = closed
    let before = isClosed
    let isDeaf =
      fellOpen || faults.isActive(.relayStuckOn, at: instant)
      || faults.isActive(.relayLies, at: instant)
    if !isDeaf { isClosed = closed }
    return isClosed != before
  }

  /// Lets a fault strike that needs no order; returns whether the supply changed.
  mutating func strike(at instant: MonotonicInstant) -> Bool {
    guard !fellOpen, faults.isActive(.relayStuckOff, at: instant) else { return false }
    fellOpen = true
    defer { isClosed = false }
    return isClosed
  }

  /// What the relay reads back.
  var readBack: Bool {
    // A relay that lies knows its orders only; every other has a second contact.
    liesAbout ? ordered : isClosed
  }

  private var liesAbout: Bool { faults.start(of: .relayLies) != nil }
}
