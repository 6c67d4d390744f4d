public import Bench

/// A bench whose devices are open, and what a run needs to know of its wiring.
public struct OpenedBench: Sendable {
  /// The devices and their clock.
  public let bench: Bench
  /// How long a cut of the recorder's supply lasts at least.
  public let minimumOff: Duration
  /// Whether the recorder is a virtual one.
  public let isVirtual: Bool
  private let cleanUp: @Sendable () -> Void

  init(
    bench: Bench, minimumOff: Duration, isVirtual: Bool, cleanUp: @escaping @Sendable () -> Void
  ) {
    self.bench = bench
    self.minimumOff = minimumOff
    self.isVirtual = isVirtual
    self.cleanUp = cleanUp
  }

  /// Gives back what was opened. A real recorder is left supplied.
  public func close() { cleanUp() }
}
