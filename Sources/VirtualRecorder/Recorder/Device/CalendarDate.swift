/// A date and time of the Gregorian calendar, without a time zone.
struct CalendarDate: Hashable, Codable, Sendable {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// Days since Sunday, 0 to 6.
  var weekday: Int

  /// Creates the date of a number of whole seconds since 1970.
  ///
  /// Days are counted in eras of 400 years that begin on the first of March, so that the leap
  /// day is the last of its year.
  init(secondsSince1970 seconds: Int) {
    let days = seconds.dividedRoundingDown(by: 86_400)
    let rest = seconds - days * 86_400
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    weekday = (days + 4) - (days + 4).dividedRoundingDown(by: 7) * 7

    let daysSinceYearZero = days + 719_468
    let era = daysSinceYearZero.dividedRoundingDown(by: 146_097)
    let dayOfEra = daysSinceYearZero - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Such as `Sat, 14 Mar 2026 09:26:53 +0000`, as mail headers have it (RFC 5322, 3.3).
  var mailHeader: String {
    let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(names[weekday]), \(day) \(months[month - 1]) \(year) \(clockTime) +0000"
  }

  /// Such as `09:26:53`.
  var clockTime: String {
    "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
  }
}

/// How a model writes a date.
enum DateStyle: Sendable {
  /// Such as `2026-03-14`.
  case yearMonthDay(separator: String)
  /// Such as `03/14/2026`.
  case monthDayYear(separator: String)
  /// Such as `14.03.2026`.
  case dayMonthYear(separator: String)

  /// The date in this style.
  func date(_ date: CalendarDate) -> String {
    let (year, month, day) = (date.year.padded(4), date.month.padded(2), date.day.padded(2))
    return switch self {
    case .yearMonthDay(let separator): "\(year)\(separator)\(month)\(separator)\(day)"
    case .monthDayYear(let separator): "\(month)\(separator)\(day)\(separator)\(year)"
    case .dayMonthYear(let separator): "\(day)\(separator)\(month)\(separator)\(year)"
    }
  }

  /// Date and time in this style, such as `2026-03-14 09:26:53`.
  func dateAndTime(_ date: CalendarDate) -> String {
    "\(self.date(date)) \(date.clockTime)"
  }
}

extension Int {
  /// The quotient, rounded toward negative infinity.
  fileprivate func dividedRoundingDown(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// The digits with leading zeros up to a width.
  func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
