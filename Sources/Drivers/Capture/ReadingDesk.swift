import Bench
import Dispatch
import Frames
import Synchronization

/// Where the thread of a capture device leaves what it sees, and readers wait for it.
final class ReadingDesk: Sendable {
  private struct State {
    var pending = PendingReadings()
    var continuations: [UInt64: CheckedContinuation<ScreenReading?, Never>] = [:]
  }

  private let state = Mutex(State())
  private let timers = DispatchQueue(label: "gantry.screen.deadlines")

  /// The earliest capture time that a reader still waits for; nil while nobody waits.
  var wanted: MonotonicInstant? { state.withLock { $0.pending.wanted } }

  var isClosed: Bool { state.withLock { $0.pending.isClosed } }

  /// Leaves a picture for all who wait for one of its time.
  func put(_ frame: Frame) { answer { $0.put(frame) } }

  /// Says that there is no picture now, and why; no older picture is given out after this.
  func put(_ signal: SignalState, at instant: MonotonicInstant) {
    answer { $0.put(signal, at: instant) }
  }

  /// Lets all readers go.
  func close() {
    let now = HostClock.present
    answer { $0.close(now: now) }
  }

  /// Lets those go whom a change gives an answer.
  private func answer(_ change: (inout PendingReadings) -> [PendingReadings.Answer]) {
    let ready = state.withLock { state in
      change(&state.pending).map { answer in
        (state.continuations.removeValue(forKey: answer.waiter), answer.reading)
      }
    }
    for (continuation, reading) in ready { continuation?.resume(returning: reading) }
  }

  /// Waits for a picture captured after an instant, or for the state that the signal has instead.
  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    if Task.isCancelled { throw .cancelled }
    let waiter = state.withLock { $0.pending.newWaiter() }
    let reading = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        wait(waiter, after: instant, by: deadline, continuation)
      }
    } onCancel: {
      answer { pending in pending.cancel(waiter).map { [$0] } ?? [] }
    }
    state.withLock { $0.pending.forget(waiter) }
    guard let reading else { throw .cancelled }
    return reading
  }

  private func wait(
    _ waiter: UInt64, after instant: MonotonicInstant, by deadline: MonotonicInstant,
    _ continuation: CheckedContinuation<ScreenReading?, Never>
  ) {
    let now = HostClock.present
    let answer = state.withLock { state in
      let answer = state.pending.wait(waiter, after: instant, now: now)
      if answer == nil { state.continuations[waiter] = continuation }
      return answer
    }
    if let answer { return continuation.resume(returning: answer.reading) }
    let rest = max(0, deadline.nanoseconds - now.nanoseconds)
    timers.asyncAfter(deadline: .now() + .nanoseconds(Int(rest))) { [self] in
      let late = HostClock.present
      self.answer { pending in pending.expire(waiter, now: late).map { [$0] } ?? [] }
    }
  }
}
