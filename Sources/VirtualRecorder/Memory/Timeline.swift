import Frames

/// A point on the calendar, in nanoseconds since 1970: what an instant is called in a memory, since
/// each run counts its instants from its own start.
struct Moment: Codable, Hashable, Comparable, Sendable {
  var nanoseconds: Int64

  init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  init(from decoder: any Decoder) throws {
    nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }

  static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Where instant zero lies on the calendar.
struct Timeline: Sendable {
  let zero: Moment

  init(zero: Moment) { self.zero = zero }

  /// The timeline whose instant zero is a number of seconds since 1970.
  init(calendarStart: Double) {
    let whole = calendarStart.rounded(.down)
    zero = Moment(
      nanoseconds: Int64(whole) * 1_000_000_000 + Int64((calendarStart - whole) * 1e9))
  }

  /// Instant zero, in seconds since 1970.
  var calendarStart: Double {
    let (seconds, rest) = zero.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Double(seconds) + Double(rest) / 1e9
  }

  func moment(of instant: MonotonicInstant) -> Moment {
    Moment(nanoseconds: zero.nanoseconds + instant.nanoseconds)
  }

  func instant(of moment: Moment) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: moment.nanoseconds - zero.nanoseconds)
  }
}
