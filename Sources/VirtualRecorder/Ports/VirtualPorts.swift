public import Bench
public import Frames

/// What the virtual grabber sees.
public struct VirtualScreen: Screen {
  let rig: VirtualRig

  /// The first picture captured after an instant, or the state that the signal has instead.
  public func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    try await rig.reading(after: instant, by: deadline)
  }
}

/// The mouse on the virtual recorder's USB port.
public struct VirtualMouse: Mouse {
  let rig: VirtualRig

  /// Puts one report on the bus.
  public func send(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) async throws(BenchError) -> MouseDelivery {
    try await rig.send(report, by: deadline)
  }

  /// The bus state as it is now.
  public func busState() async throws(BenchError) -> USBBusState { await rig.busState() }
}

/// The relay on the virtual recorder's supply.
public struct VirtualPowerSwitch: PowerSwitch {
  let rig: VirtualRig

  /// Switches the supply.
  public func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    try await rig.setPower(on: on, by: deadline)
  }

  /// What the relay reads back.
  public func readBack() async throws(BenchError) -> Bool? { await rig.readBack() }

  /// Whether the recorder is supplied, behind the contact.
  public func sensedSupply() async throws(BenchError) -> Bool? { await rig.sensedSupply() }
}

/// A mailbox that is reached as the virtual rig lets it be reached: it takes its time, and what is
/// due has arrived.
public struct VirtualMailbox: Mailbox {
  let rig: VirtualRig
  let store: any Mailbox

  /// What lies in the folders now.
  public func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> MailListing {
    try await rig.reachMailServer(by: deadline)
    return try await store.listing(of: folders, by: deadline)
  }

  /// What has come since a listing was taken.
  public func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    try await rig.reachMailServer(by: deadline)
    return try await store.arrivals(in: folders, since: listing, by: deadline)
  }

  /// Whether an arrival lay there when a listing was taken.
  public func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    try await store.isKnown(arrival, to: listing, by: deadline)
  }

  /// The header of one message.
  public func header(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try await rig.reachMailServer(by: deadline)
    return try await store.header(identifier, by: deadline)
  }

  /// The bytes of one message.
  public func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try await rig.reachMailServer(by: deadline)
    return try await store.message(identifier, by: deadline)
  }

  /// Sends the mailbox a mail, and waits for it.
  public func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    try await rig.probeMail(by: deadline)
  }
}

extension VirtualRig {
  /// Eyes on the recorder.
  public nonisolated var screen: VirtualScreen { VirtualScreen(rig: self) }

  /// The mouse on the recorder.
  public nonisolated var mouse: VirtualMouse { VirtualMouse(rig: self) }

  /// The switch on the recorder's supply.
  public nonisolated var power: VirtualPowerSwitch { VirtualPowerSwitch(rig: self) }

  /// The mailbox that the recorder's mail is delivered to, reached through the rig.
  ///
  /// - Parameter store: where `deliver` puts the mail.
  /// - Returns: the same mailbox, with the rig's delays and faults.
  public nonisolated func mailbox(over store: any Mailbox) -> VirtualMailbox {
    VirtualMailbox(rig: self, store: store)
  }
}
