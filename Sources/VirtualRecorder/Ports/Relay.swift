import Frames

/// The relay on the recorder's supply and the adapter behind it, with their faults.
struct Relay: Sendable {
  private let faults: FaultPlan
  private var ordered = true
  private var fellOpen = false
  private var isClosed = true
  private var isAdapterAlive = true

  /// Creates a relay that supplies the recorder.
  init(faults: FaultPlan) {
    self.faults = faults
  }

  /// Whether the recorder is supplied.
  var supplies: Bool { isClosed && isAdapterAlive }

  /// Takes an order; returns whether the supply changed.
  mutating func order(closed: Bool, at instant: MonotonicInstant) -> Bool {
    ordered = closed
    let before = supplies
    let isDeaf =
      fellOpen || faults.isActive(.relayStuckOn, at: instant)
      || faults.isActive(.relayLies, at: instant)
    if !isDeaf { isClosed = closed }
    return supplies != before
  }

  /// Lets a fault strike that needs no order; returns whether the supply changed.
  mutating func strike(at instant: MonotonicInstant) -> Bool {
    let before = supplies
    if faults.isActive(.adapterDies, at: instant) { isAdapterAlive = false }
    if !fellOpen, faults.isActive(.relayStuckOff, at: instant) {
      (fellOpen, isClosed) = (true, false)
    }
    return supplies != before
  }

  /// What the relay reads back.
  var readBack: Bool {
    // A relay that lies knows its orders only; every other has a second contact.
    liesAbout ? ordered : isClosed
  }

  private var liesAbout: Bool { faults.start(of: .relayLies) != nil }
}
