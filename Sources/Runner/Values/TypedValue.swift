import RecorderModel
import Scenario

/// A value compared as what it is.
enum TypedValue: Hashable, Sendable {
  /// A text as it is.
  case text(String)
  /// A day, by its number (`Julian Day Number` less a constant).
  case date(day: Int)
  /// A decimal number: whole digits without leading zeros, and a fraction without trailing ones.
  case number(isNegative: Bool, whole: String, fraction: String)
  /// A version's parts, in lower case.
  case version([String])
  /// A name without its white space.
  case id(String)

  /// Why a text is no value of its kind.
  enum Problem: Error, Hashable {
    /// It is not written like one.
    case unlike
    /// It may be one of two days: the model does not say which.
    case twoDays
  }

  /// Reads a text as a kind of value.
  ///
  /// - Parameters:
  ///   - text: the text; white space at its ends says nothing.
  ///   - kind: what it is.
  ///   - order: how the recorder writes dates; nil where its model does not say.
  /// - Throws: why it is none.
  init(_ text: String, as kind: ValueKind, dates order: DateOrder?) throws(Problem) {
    switch kind {
    case .text: self = .text(text)
    case .date: self = .date(day: try Self.day(text, order))
    case .number: self = try Self.number(text)
    case .version:
      var parts = text.lowercased().split { $0.isWhitespace || ".-_".contains($0) }.map(String.init)
      if let first = parts.first, first.hasPrefix("v"), first.dropFirst().allSatisfy(\.isDigit) {
        parts[0] = String(first.dropFirst())
        if parts[0].isEmpty { parts.removeFirst() }
      }
      guard let first = parts.first?.first, first.isDigit else { throw .unlike }
      self = .version(parts)
    case .id:
      let name = text.filter { !$0.isWhitespace }
      guard !name.isEmpty else { throw .unlike }
      self = .id(name)
    }
  }

  /// How far it is from another of its kind to this one, in days or units; nil where kinds have no
  /// distance.
  func distance(from other: TypedValue) -> Double? {
    switch (self, other) {
    case (.date(let day), .date(let before)): Double(day - before)
    case (.number, .number): decimal - other.decimal
    default: nil
    }
  }

  /// Whether it is less than another of its kind; nil where kinds have no order.
  func isLess(than other: TypedValue) -> Bool? {
    switch (self, other) {
    case (.date(let day), .date(let second)): day < second
    case (.number, .number): Self.isLess(self, other)
    case (.version(let parts), .version(let others)):
      Self.isLess(parts, others)
    default: nil
    }
  }

  // MARK: - Dates

  private static func day(_ text: String, _ order: DateOrder?) throws(Problem) -> Int {
    let parts = text.split(omittingEmptySubsequences: false) { "-/. ".contains($0) }
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
      throw .unlike
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { throw .unlike }
    if parts[0].count == 4 { return try day(numbers[0], numbers[1], numbers[2]) }
    guard parts[2].count == 4 else { throw .unlike }
    let (first, second, year) = (numbers[0], numbers[1], numbers[2])
    switch order {
    case .dayMonthYear?: return try day(year, second, first)
    case .monthDayYear?: return try day(year, first, second)
    case .yearMonthDay?: throw .unlike
    case nil:
      if first == second || second > 12 { return try day(year, first, second) }
      if first > 12 { return try day(year, second, first) }
      throw .twoDays
    }
  }

  /// The number of a day of the Gregorian calendar (Richards, *Explanatory Supplement to the
  /// Astronomical Almanac*, 3rd edition, 15.11.3).
  private static func day(_ year: Int, _ month: Int, _ day: Int) throws(Problem) -> Int {
    guard (1...12).contains(month), (1...length(of: month, year)).contains(day) else {
      throw .unlike
    }
    let shift = (month - 14) / 12
    return 1461 * (year + 4800 + shift) / 4 + 367 * (month - 2 - 12 * shift) / 12
      - 3 * ((year + 4900 + shift) / 100) / 4 + day - 32075
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // MARK: - Numbers

  private static func number(_ text: String) throws(Problem) -> TypedValue {
    var digits = Substring(text)
    let sign = digits.first.flatMap { "+-".contains($0) ? $0 : nil }
    if sign != nil { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else { throw .unlike }
    let whole = String(parts[0].drop { $0 == "0" })
    var fraction = parts.count == 2 ? String(parts[1]) : ""
    while fraction.last == "0" { fraction.removeLast() }
    return .number(
      isNegative: sign == "-" && !(whole + fraction).isEmpty, whole: whole, fraction: fraction)
  }

  private var decimal: Double {
    guard case .number(let isNegative, let whole, let fraction) = self else { return .nan }
    let size = Double("0\(whole).\(fraction)0") ?? .nan
    return isNegative ? -size : size
  }

  private static func isLess(_ one: TypedValue, _ other: TypedValue) -> Bool {
    guard case .number(let isNegative, let whole, let fraction) = one,
      case .number(let otherIsNegative, let otherWhole, let otherFraction) = other
    else { return false }
    if isNegative != otherIsNegative { return isNegative }
    let (first, second) = isNegative ? (other, one) : (one, other)
    if first == second { return false }
    if whole.count != otherWhole.count { return (whole.count < otherWhole.count) != isNegative }
    return ((whole, fraction) < (otherWhole, otherFraction)) != isNegative
  }

  // MARK: - Versions

  private static func isLess(_ parts: [String], _ others: [String]) -> Bool {
    for (one, other) in zip(parts, others) where one != other {
      guard one.allSatisfy(\.isDigit), other.allSatisfy(\.isDigit) else { return one < other }
      let (mine, its) = (one.drop { $0 == "0" }, other.drop { $0 == "0" })
      if mine != its { return mine.count == its.count ? mine < its : mine.count < its.count }
    }
    return parts.count < others.count
  }
}

extension Character {
  /// Whether it is one of the ten digits of ASCII.
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
