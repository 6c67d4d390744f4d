import Bench
import Frames

/// Who waits for a reading of a screen, and what each of them is given; it keeps no threads and
/// asks no clock.
struct PendingReadings {
  /// A reading for somebody who waits; nil for one who gave up.
  struct Answer {
    var waiter: UInt64
    var reading: ScreenReading?
  }

  private var held: Frame?
  /// Those who wait, each for a picture captured after an instant.
  private var waiters: [UInt64: MonotonicInstant] = [:]
  /// Those who gave up before they began to wait.
  private var cancelled: Set<UInt64> = []
  private var last: UInt64 = 0
  private(set) var isClosed = false

  /// A picture that is this old is not the newest any more.
  static let freshness = Duration.milliseconds(25)

  /// The earliest capture time that is still waited for; nil while nobody waits.
  var wanted: MonotonicInstant? { waiters.values.min() }

  /// A number for somebody who is going to wait.
  mutating func newWaiter() -> UInt64 {
    last += 1
    return last
  }

  /// Somebody begins to wait for a picture captured after an instant.
  ///
  /// - Returns: what he is given at once; nil where he waits.
  mutating func wait(
    _ waiter: UInt64, after instant: MonotonicInstant, now: MonotonicInstant
  ) -> Answer? {
    if cancelled.contains(waiter) { return Answer(waiter: waiter, reading: nil) }
    if isClosed { return Answer(waiter: waiter, reading: .noPicture(.deviceGone, at: now)) }
    if let held, held.capturedAt > instant,
      held.capturedAt.duration(to: now) < Self.freshness
    {
      return Answer(waiter: waiter, reading: .picture(held))
    }
    waiters[waiter] = instant
    return nil
  }

  /// A picture for all who wait for one of its time.
  mutating func put(_ frame: Frame) -> [Answer] {
    held = frame
    return take { $0 < frame.capturedAt }.map { Answer(waiter: $0, reading: .picture(frame)) }
  }

  /// There is no picture now, and why; no older picture is given out after this.
  mutating func put(_ signal: SignalState, at instant: MonotonicInstant) -> [Answer] {
    held = nil
    return take { $0 < instant }.map {
      Answer(waiter: $0, reading: .noPicture(signal, at: instant))
    }
  }

  /// The time of one who waits is over: nothing was seen, since what is known of the signal would
  /// have been said.
  mutating func expire(_ waiter: UInt64, now: MonotonicInstant) -> Answer? {
    waiters.removeValue(forKey: waiter).map { _ in
      Answer(waiter: waiter, reading: .noPicture(.frozen, at: now))
    }
  }

  /// Somebody gives up, perhaps before he began to wait.
  mutating func cancel(_ waiter: UInt64) -> Answer? {
    guard waiters.removeValue(forKey: waiter) != nil else {
      cancelled.insert(waiter)
      return nil
    }
    return Answer(waiter: waiter, reading: nil)
  }

  /// Somebody has been answered, and his number is not used any more.
  mutating func forget(_ waiter: UInt64) { cancelled.remove(waiter) }

  /// Lets all go, and keeps nobody waiting from now on.
  mutating func close(now: MonotonicInstant) -> [Answer] {
    isClosed = true
    held = nil
    return take { _ in true }.map {
      Answer(waiter: $0, reading: .noPicture(.deviceGone, at: now))
    }
  }

  private mutating func take(where isReady: (MonotonicInstant) -> Bool) -> [UInt64] {
    let ready = waiters.filter { isReady($0.value) }.keys.sorted()
    for waiter in ready { waiters[waiter] = nil }
    return ready
  }
}
