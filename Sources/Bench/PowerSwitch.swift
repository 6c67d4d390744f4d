public import Frames

/// The wall plug of a device: a relay, a switched hub port, or the virtual power line.
public protocol PowerSwitch: Sendable {
  /// Switches the supply and returns when the switch has taken the order.
  func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError)

  /// What the switch reads back: `true` when the device is supplied, nil where the switch has no
  /// way to know. Reading never requests or changes the line.
  func readBack() async throws(BenchError) -> Bool?

  /// Whether the supply is there behind the switch, by a sense of its own: what the switch reads
  /// back is what it was ordered, not what arrives. Nil where no sense is wired.
  func sensedSupply() async throws(BenchError) -> Bool?
}

extension PowerSwitch {
  /// No sense is wired.
  public func sensedSupply() async throws(BenchError) -> Bool? { nil }
}
