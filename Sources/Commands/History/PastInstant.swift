import ArgumentParser
import FoundationEssentials

/// An instant in the past, as an argument: a day, a day and a time in UTC, or so long ago.
struct PastInstant: ExpressibleByArgument {
  /// The instant.
  var date: Date

  /// Reads `2026-03-01`, `2026-03-01T10:15:00Z` or `7d`; nil where the text is none of these.
  init?(argument: String) {
    if let length = LongTime(argument: argument) {
      date = Date.now.addingTimeInterval(-length.seconds)
    } else if let date = try? Date(argument, strategy: .iso8601) {
      self.date = date
    } else if let date = try? Date("\(argument)T00:00:00Z", strategy: .iso8601) {
      self.date = date
    } else {
      return nil
    }
  }
}

/// A length of time in which runs are kept and asked about, as an argument: `12h`, `30d`, `8w`.
struct LongTime: ExpressibleByArgument {
  /// Seconds.
  var seconds: Double

  private static let units: [Character: Double] = [
    "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400,
  ]

  /// Reads a whole number and a unit; nil where the text is none.
  init?(argument: String) {
    guard let unit = argument.last.flatMap({ Self.units[$0] }),
      let count = UInt32(argument.dropLast())
    else { return nil }
    seconds = Double(count) * unit
  }
}
