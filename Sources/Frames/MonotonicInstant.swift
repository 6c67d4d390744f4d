/// A point on the bench's monotonic clock, in nanoseconds since an arbitrary origin.
///
/// Frames carry it as capture time (V4L2's monotonic timestamps on hardware), and every deadline
/// is one, so "captured after the action" is a plain comparison.
public struct MonotonicInstant: InstantProtocol, Codable, CustomStringConvertible {
  /// Nanoseconds since the clock's origin.
  public var nanoseconds: Int64

  /// Creates an instant from nanoseconds since the clock's origin.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The clock's origin.
  public static let zero = MonotonicInstant(nanoseconds: 0)

  /// Seconds since the clock's origin.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The instant moved by a duration, rounded down to whole nanoseconds.
  public func advanced(by duration: Duration) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: nanoseconds + duration.wholeNanoseconds)
  }

  /// The time from this instant to another; negative when the other is earlier.
  public func duration(to other: MonotonicInstant) -> Duration {
    .nanoseconds(other.nanoseconds - nanoseconds)
  }

  /// Orders instants by time.
  public static func < (lhs: MonotonicInstant, rhs: MonotonicInstant) -> Bool {
    lhs.nanoseconds < rhs.nanoseconds
  }

  /// Seconds with millisecond digits, such as `12.345 s`.
  public var description: String {
    let milliseconds = nanoseconds / 1_000_000
    let fraction = String(abs(milliseconds % 1000))
    let padding = String(repeating: "0", count: 3 - fraction.count)
    return "\(milliseconds / 1000).\(padding)\(fraction) s"
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded toward zero.
  public var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  /// The duration in seconds.
  public var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}
