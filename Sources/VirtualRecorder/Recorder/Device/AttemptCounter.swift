import Frames

/// Counts what goes wrong and locks for a while after too much of it.
struct AttemptCounter: Sendable {
  private let limit: VirtualModel.AttemptLimit
  private var failures = 0
  private var lockedUntil: MonotonicInstant?

  /// Creates a counter at zero.
  init(_ limit: VirtualModel.AttemptLimit) {
    self.limit = limit
  }

  /// Attempts that are left before the lock.
  var attemptsLeft: Int { limit.attempts - failures }

  /// Whether nothing is accepted at an instant.
  mutating func isLocked(at now: MonotonicInstant) -> Bool {
    guard let lockedUntil else { return false }
    if now < lockedUntil { return true }
    self.lockedUntil = nil
    failures = 0
    return false
  }

  /// Counts a failure.
  mutating func fail(at now: MonotonicInstant) {
    failures += 1
    if failures >= limit.attempts { lockedUntil = now.advanced(by: limit.lock) }
  }

  /// Starts anew after a success.
  mutating func succeed() {
    failures = 0
  }

  /// What is kept of it.
  func memory(on timeline: Timeline) -> CounterMemory {
    CounterMemory(failures: failures, lockedUntil: lockedUntil.map(timeline.moment))
  }

  /// Counts on from what was kept.
  mutating func restore(_ memory: CounterMemory, _ timeline: Timeline) {
    failures = memory.failures
    lockedUntil = memory.lockedUntil.map(timeline.instant)
  }
}
