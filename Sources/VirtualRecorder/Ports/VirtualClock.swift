public import Bench
public import Frames
import Synchronization

/// The time that a virtual rig lives in: one timeline for everything on it.
///
/// The timeline starts at zero and moves only inside calls into the bench, so a run at the fastest
/// pace is the same run on a slow machine and on a quick one.
public final class VirtualClock: BenchClock, Sendable {
  /// How fast the timeline goes.
  public enum Pace: Sendable, Hashable {
    /// Waiting moves the time at once; nothing waits in earnest.
    case asFastAsPossible
    /// A second of the timeline takes a second.
    case real
  }

  /// Something that lives on the timeline and must be brought up to date when time has passed.
  typealias Follower = @Sendable () async -> Void

  private struct State {
    var now = MonotonicInstant.zero
    var followers: [Follower] = []
  }

  /// How fast the timeline goes.
  public let pace: Pace
  private let start: ContinuousClock.Instant
  let calendarStart: Double
  private let pauses: [HostPause]
  private let state = Mutex(State())

  /// Creates a clock at instant zero.
  ///
  /// - Parameters:
  ///   - pace: how fast the timeline goes.
  ///   - calendarStart: what the virtual calendar shows at instant zero, in seconds since 1970.
  ///   - pauses: when whoever waits is woken late.
  public init(pace: Pace, calendarStart: Double, pauses: [HostPause] = []) {
    self.pace = pace
    self.calendarStart = calendarStart
    self.pauses = pauses
    start = ContinuousClock.now
  }

  /// Has something brought up to date whenever a sleep ends.
  func follow(_ follower: @escaping Follower) {
    state.withLock { $0.followers.append(follower) }
  }

  /// The present, for those who live on the timeline.
  var present: MonotonicInstant {
    state.withLock { state in
      if pace == .real {
        let elapsed = MonotonicInstant.zero.advanced(by: ContinuousClock.now - start)
        state.now = max(state.now, elapsed)
      }
      return state.now
    }
  }

  /// What the virtual calendar shows at an instant, in seconds since 1970.
  func secondsSince1970(at instant: MonotonicInstant) -> Double {
    calendarStart + instant.seconds
  }

  /// Lets time pass, without bringing anybody up to date: what a port does that brings its own
  /// rig up to date.
  ///
  /// - Parameter instant: when to return; at once if it has passed.
  /// - Throws: only ``BenchError/cancelled``.
  func pass(until instant: MonotonicInstant) async throws(BenchError) {
    if Task.isCancelled { throw .cancelled }
    let waking = pauses.isEmpty ? instant : pauses.waking(from: present, at: instant)
    if pace == .real {
      let end = start.advanced(by: .nanoseconds(waking.nanoseconds))
      do { try await Task.sleep(until: end, clock: .continuous) } catch { throw .cancelled }
    }
    state.withLock { $0.now = max($0.now, waking) }
  }

  /// The present.
  public func now() async -> MonotonicInstant { present }

  /// Lets time pass.
  public func sleep(until instant: MonotonicInstant) async throws(BenchError) {
    try await pass(until: instant)
    for follower in state.withLock({ $0.followers }) { await follower() }
  }

  /// The virtual calendar at the present instant.
  public func secondsSince1970() async -> Double { secondsSince1970(at: present) }
}
