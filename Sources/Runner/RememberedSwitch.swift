public import Bench
import Frames

/// A power switch that is worked outside of a run: a cut is remembered, should the program die in it.
public struct RememberedSwitch: Sendable {
  private let power: any PowerSwitch
  private let memory: any PlugMemory
  private let clock: any BenchClock
  /// How long a cut lasts at least.
  public let minimumOff: Duration

  /// How long the switch may take.
  private static let patience = Duration.seconds(10)

  /// Touches nothing yet.
  ///
  /// - Parameters:
  ///   - power: the switch.
  ///   - memory: where a cut is remembered.
  ///   - minimumOff: how long a cut lasts at least.
  ///   - clock: the time that the switch lives in.
  public init(
    _ power: any PowerSwitch, memory: any PlugMemory, minimumOff: Duration,
    clock: any BenchClock
  ) {
    self.power = power
    self.memory = memory
    self.minimumOff = minimumOff
    self.clock = clock
  }

  /// Cuts the supply for a time and switches it on again, also when cancelled meanwhile.
  ///
  /// - Parameter length: how long; the least time, if that is longer.
  /// - Throws: when the switch does not do it, or the cut can't be remembered.
  public func cut(for length: Duration) async throws(PowerCutError) {
    try await remembering { () async throws(PlugMemoryError) in
      try await memory.remember(cutAt: await clock.now())
    }
    try await switching { () async throws(BenchError) in
      try await power.setPower(on: false, by: await clock.now().advanced(by: Self.patience))
    }
    let start = await clock.now()
    // An interrupted pause ends early; the guardian keeps to the least time all the same.
    try? await clock.sleep(until: start.advanced(by: max(length, minimumOff)))
    try await switching { () async throws(BenchError) in
      try await power.setPower(
        on: true, by: await clock.now().advanced(by: minimumOff + Self.patience))
    }
    try await remembering { () async throws(PlugMemoryError) in try await memory.forget() }
  }

  private func remembering(
    _ write: () async throws(PlugMemoryError) -> Void
  ) async throws(PowerCutError) {
    do throws(PlugMemoryError) { try await write() } catch { throw .memory(error) }
  }

  private func switching(
    _ order: () async throws(BenchError) -> Void
  ) async throws(PowerCutError) {
    do throws(BenchError) { try await order() } catch { throw .bench(error) }
  }
}

/// Why a supply was not cut and switched on again as it should.
public enum PowerCutError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The switch did not do it.
  case bench(BenchError)
  /// The cut could not be remembered.
  case memory(PlugMemoryError)

  /// Such as `power: the guardian of the power has ended`.
  public var description: String {
    switch self {
    case .bench(.fault(let fault)): "\(fault)"
    case .bench(.cancelled): BenchError.cancelled.words
    case .memory(let error): "the state of the plug can't be kept: \(error)"
    }
  }
}
