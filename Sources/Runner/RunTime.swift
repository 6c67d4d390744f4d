import Bench
import Frames

/// The time that a run has: its clock, how patient the rig is, and the instants by which the run and
/// the parts now played must end.
final class RunTime {
  private let clock: any BenchClock
  private let patience: Int
  private var limits: [Limit] = []

  private struct Limit {
    var instant: MonotonicInstant
    /// What must end then, for people.
    var what: String
  }

  init(clock: any BenchClock, patience: Int) {
    self.clock = clock
    self.patience = patience
  }

  /// The present instant.
  func now() async -> MonotonicInstant { await clock.now() }

  /// Waits on the bench's clock.
  func sleep(until instant: MonotonicInstant) async throws(Stop) {
    try await asking { () throws(BenchError) in try await clock.sleep(until: instant) }
  }

  /// How long a wait of the scenario's lasts on this rig.
  func patient(_ within: Duration) -> Duration { within * patience }

  /// By when a hand must be done.
  func handDeadline() async -> MonotonicInstant {
    limited(await clock.now().advanced(by: patient(.seconds(30))))
  }

  // MARK: - Limits

  /// Sets the one limit of the run, or of its last steps.
  func begin(until instant: MonotonicInstant, _ what: String) {
    limits = [Limit(instant: instant, what: what)]
  }

  /// Sets a limit of a part, within those there are.
  func beginPart(until instant: MonotonicInstant, _ what: String) {
    limits.append(Limit(instant: limited(instant), what: what))
  }

  /// Lifts the limit of the part that began last.
  func endPart() { limits.removeLast() }

  /// An instant moved into the time that is left for the run and the parts now played.
  func limited(_ instant: MonotonicInstant) -> MonotonicInstant {
    limits.reduce(instant) { min($0, $1.instant) }
  }

  /// Says which limit of the run cut a wait short; nil when none did.
  func limitReached(by now: MonotonicInstant) -> String? {
    limits.first { now.advanced(by: .milliseconds(100)) >= $0.instant }
      .map { "\($0.what) ran out" }
  }
}

/// Runs a call into the bench; what it throws ends the run.
func asking<Answer>(_ call: () async throws(BenchError) -> Answer) async throws(Stop) -> Answer {
  do throws(BenchError) {
    return try await call()
  } catch {
    throw Stop(error)
  }
}
