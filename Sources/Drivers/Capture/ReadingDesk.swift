import Bench
import Dispatch
import Frames
import Synchronization

/// Where the thread of a capture device leaves what it sees, and readers wait for it.
final class ReadingDesk: Sendable {
  private struct Waiter {
    var after: MonotonicInstant
    var continuation: CheckedContinuation<ScreenReading?, Never>
  }

  private struct State {
    var held: Frame?
    var signal: (state: SignalState, at: MonotonicInstant)?
    var waiters: [UInt64: Waiter] = [:]
    var nextWaiter: UInt64 = 0
    var cancelled: Set<UInt64> = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let timers = DispatchQueue(label: "gantry.screen.deadlines")
  /// A picture that is this old is not the newest any more.
  private static let freshness = Duration.milliseconds(25)

  /// The earliest capture time that a reader still waits for; nil while nobody waits.
  var wanted: MonotonicInstant? {
    state.withLock { $0.waiters.values.map(\.after).min() }
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Leaves a picture for all who wait for one of its time.
  func put(_ frame: Frame) {
    let ready = state.withLock { state in
      state.held = frame
      state.signal = nil
      return Self.takeWaiters(&state) { $0.after < frame.capturedAt }
    }
    for waiter in ready { waiter.continuation.resume(returning: .picture(frame)) }
  }

  /// Says that there is no picture now, and why; no older picture is given out after this.
  func put(_ signal: SignalState, at instant: MonotonicInstant) {
    let ready = state.withLock { state in
      state.held = nil
      state.signal = (signal, instant)
      return Self.takeWaiters(&state) { $0.after < instant }
    }
    for waiter in ready {
      waiter.continuation.resume(returning: .noPicture(signal, at: instant))
    }
  }

  /// Pictures come: what was said of the signal before no longer holds.
  func clearSignal() { state.withLock { $0.signal = nil } }

  /// Lets all readers go.
  func close() {
    let ready = state.withLock { state in
      state.isClosed = true
      state.held = nil
      return Self.takeWaiters(&state) { _ in true }
    }
    let now = HostClock.present
    for waiter in ready { waiter.continuation.resume(returning: .noPicture(.deviceGone, at: now)) }
  }

  private static func takeWaiters(
    _ state: inout State, where isReady: (Waiter) -> Bool
  ) -> [Waiter] {
    let keys = state.waiters.filter { isReady($0.value) }.keys.sorted()
    return keys.compactMap { state.waiters.removeValue(forKey: $0) }
  }

  /// Waits for a picture captured after an instant, or for the state that the signal has instead.
  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    if Task.isCancelled { throw .cancelled }
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let reading = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        wait(Waiter(after: instant, continuation: continuation), number, deadline)
      }
    } onCancel: {
      let waiter = state.withLock { state in
        let waiter = state.waiters.removeValue(forKey: number)
        if waiter == nil { state.cancelled.insert(number) }
        return waiter
      }
      waiter?.continuation.resume(returning: nil)
    }
    state.withLock { _ = $0.cancelled.remove(number) }
    guard let reading else { throw .cancelled }
    return reading
  }

  private func wait(_ waiter: Waiter, _ number: UInt64, _ deadline: MonotonicInstant) {
    enum Now {
      case wait
      case answer(ScreenReading?)
    }
    let present = HostClock.present
    let now = state.withLock { state -> Now in
      if state.cancelled.contains(number) { return .answer(nil) }
      if state.isClosed { return .answer(.noPicture(.deviceGone, at: present)) }
      if let held = state.held, held.capturedAt > waiter.after,
        held.capturedAt.duration(to: present) < Self.freshness
      {
        return .answer(.picture(held))
      }
      state.waiters[number] = waiter
      return .wait
    }
    switch now {
    case .answer(let reading): waiter.continuation.resume(returning: reading)
    case .wait:
      let rest = max(0, deadline.nanoseconds - present.nanoseconds)
      timers.asyncAfter(deadline: .now() + .nanoseconds(Int(rest))) { [self] in
        let late = state.withLock { $0.waiters.removeValue(forKey: number) }
        // Nothing was seen in time; what is known of the signal was said before.
        late?.continuation.resume(returning: .noPicture(.frozen, at: HostClock.present))
      }
    }
  }
}
