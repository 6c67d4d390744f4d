public import Frames

/// The time that a bench lives in: the host's monotonic clock, or a virtual one.
///
/// Everything that waits, waits here; nothing else in a run looks at a clock.
public protocol BenchClock: Sendable {
  /// The present.
  func now() async -> MonotonicInstant

  /// Returns at or after an instant; at once if it has passed.
  ///
  /// - Throws: only ``BenchError/cancelled``.
  func sleep(until instant: MonotonicInstant) async throws(BenchError)

  /// Seconds since 1970 at the present instant, as the wall clock (or the virtual calendar) has
  /// it. For reports and for what the screen's date is compared with; never for waiting.
  func secondsSince1970() async -> Double
}
