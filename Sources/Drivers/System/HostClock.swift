public import Bench
import CLinux
public import Frames
import Glibc

/// The time of the machine that Gantry runs on: its monotonic clock, on which V4L2 stamps frames.
public struct HostClock: BenchClock {
  /// Creates the clock.
  public init() {}

  /// The present.
  public static var present: MonotonicInstant {
    MonotonicInstant(nanoseconds: nanoseconds(of: CLOCK_MONOTONIC))
  }

  /// Nanoseconds since the machine started, sleep included (`clock_gettime(2)`).
  static var sinceBoot: Int64 { nanoseconds(of: CLOCK_BOOTTIME) }

  private static func nanoseconds(of clock: Int32) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The present.
  public func now() async -> MonotonicInstant { Self.present }

  /// Lets time pass.
  public func sleep(until instant: MonotonicInstant) async throws(BenchError) {
    while true {
      if Task.isCancelled { throw .cancelled }
      let rest = Self.present.duration(to: instant)
      if rest <= .zero { return }
      do { try await Task.sleep(for: rest, clock: .suspending) } catch { throw .cancelled }
    }
  }

  /// What the wall clock shows.
  public func secondsSince1970() async -> Double {
    Double(Self.nanoseconds(of: CLOCK_REALTIME)) / 1e9
  }
}

extension MonotonicInstant {
  /// Whole milliseconds from now to this instant, rounded up; never negative.
  var millisecondsFromNow: Int32 {
    let rest = nanoseconds - HostClock.present.nanoseconds
    return Int32(clamping: max(0, (rest + 999_999) / 1_000_000))
  }
}
