import Bench

/// When a message arrived at the server, and how long it is.
struct IMAPMessageTime: Hashable, Sendable {
  /// Its number in its folder.
  var uid: UInt32
  /// When it arrived, in seconds since 1970; it stays the same when the message is moved.
  var seconds: Int64
  /// Its length in bytes.
  var size: Int
}

extension IMAPMessageTime {
  /// Messages of a folder as lines of a listing.
  ///
  /// Servers tell whole seconds. Of messages of one folder in the same second the later one has the
  /// larger number; which one of two folders came later nobody knows. So the last of each folder
  /// counts as of the very end of its second, where two folders meet, and those before it as a
  /// microsecond earlier each.
  static func entries(_ times: [IMAPMessageTime], in folder: IMAPFolder) -> [MailEntry] {
    var later: [Int64: Int64] = [:]
    var entries: [MailEntry] = []
    for time in times.sorted(by: { $0.uid > $1.uid }) {
      let rank = later[time.seconds, default: 0]
      later[time.seconds] = min(rank + 1, 999_999)
      entries.append(
        MailEntry(
          identifier: MailIdentifier(folder: folder.name, name: "\(time.uid)"),
          order: time.seconds * 1_000_000 + 999_999 - rank, size: time.size,
          fingerprint: "\(time.seconds)/\(time.size)"))
    }
    return entries.reversed()
  }
}

/// The times of IMAP, such as `17-Jul-1996 02:44:25 -0700` (RFC 3501, `date-time`).
enum IMAPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Seconds since 1970; nil for another text.
  static func seconds(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard parts.count == 3 else { return nil }
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    let time = parts[1].split(separator: ":").compactMap { Int64($0) }
    guard date.count == 3, time.count == 3, let day = Int64(date[0]), (1...31).contains(day),
      let month = months.firstIndex(of: date[1].lowercased()), let year = Int64(date[2]),
      (1...9_999).contains(year), (0..<24).contains(time[0]), (0..<60).contains(time[1]),
      (0...60).contains(time[2]), let zone = zone(parts[2])
    else { return nil }
    let days = days(year: year, month: Int64(month) + 1, day: day)
    return ((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2] - zone
  }

  /// The day of a mail's own date, such as `Mon, 5 Aug 2024 10:00:00 +0000` (RFC 5322, 3.3), in days
  /// since 1970; nil for another text.
  static func day(ofHeader text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "," }.drop { Int64($0) == nil }
    guard words.count >= 3, let day = Int64(words[words.startIndex]), (1...31).contains(day),
      let month = months.firstIndex(of: words[words.startIndex + 1].lowercased()),
      let year = Int64(words[words.startIndex + 2]), (1_000...9_999).contains(year)
    else { return nil }
    return days(year: year, month: Int64(month) + 1, day: day)
  }

  /// A day as a search names it, such as `5-Aug-2024`.
  static func text(ofDay days: Int64) -> String {
    // The same algorithm the other way round; years begin with March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let index = Int(month < 10 ? month + 2 : month - 10)
    let year = yearOfEra + era * 400 + (index < 2 ? 1 : 0)
    return "\(day)-\(months[index].prefix(1).uppercased())\(months[index].dropFirst())-\(year)"
  }

  private static func zone(_ text: Substring) -> Int64? {
    guard text.count == 5, let number = Int64(text.dropFirst()), number >= 0 else { return nil }
    let seconds = (number / 100 * 60 + number % 100) * 60
    switch text.first {
    case "+": return seconds
    case "-": return -seconds
    default: return nil
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", 2013).
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
