public import Frames

/// A time in which the host gets nothing done, as when it swaps, or its card is busy: whoever waits
/// is woken late, and the recorder goes on meanwhile.
public struct HostPause: Sendable, Hashable {
  /// When it begins.
  public var start: MonotonicInstant
  /// When it is over.
  public var end: MonotonicInstant

  /// Creates a pause.
  ///
  /// - Parameters:
  ///   - at: when it begins, after the rig's start.
  ///   - length: how long it lasts.
  public init(at: Duration, length: Duration) {
    start = MonotonicInstant.zero.advanced(by: at)
    end = start.advanced(by: length)
  }
}

extension [HostPause] {
  /// When a host is woken that sleeps from an instant until another: at the end of a pause that
  /// begins in between.
  func waking(from present: MonotonicInstant, at instant: MonotonicInstant) -> MonotonicInstant {
    sorted { $0.start < $1.start }.reduce(instant) { waking, pause in
      present < pause.end && pause.start <= waking ? Swift.max(waking, pause.end) : waking
    }
  }
}
