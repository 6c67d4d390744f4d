import RecorderModel
import Scenario
import SeededRandom
import Testing

@testable import Runner

@Suite("Values that are compared as what they are")
struct TypedValueTests {
  private func value(_ text: String, _ kind: ValueKind, _ order: DateOrder? = nil) -> TypedValue? {
    try? TypedValue(text, as: kind, dates: order)
  }

  @Test(
    "A day is the same however it is written",
    arguments: [
      ("2026-11-29", nil), ("2026/11/29", nil), ("29.11.2026", nil), ("11/29/2026", nil),
      ("29.11.2026", .dayMonthYear), ("11/29/2026", .monthDayYear), ("2026.11.29", .dayMonthYear),
    ] as [(String, DateOrder?)])
  func dates(text: String, order: DateOrder?) throws {
    #expect(value(text, .date, order) == value("2026-11-29", .date))
  }

  @Test("A day that may be another is none until somebody says how dates are written")
  func twoDays() throws {
    #expect(throws: TypedValue.Problem.twoDays) {
      try TypedValue("03/04/2026", as: .date, dates: nil)
    }
    let april = try #require(value("03/04/2026", .date, .dayMonthYear))
    let march = try #require(value("03/04/2026", .date, .monthDayYear))
    #expect(april.distance(from: march) == 30)
  }

  @Test("Days follow each other by one, over months, years and leap days")
  func consecutive() throws {
    for (before, next) in [
      ("2026-12-31", "2027-01-01"), ("2028-02-28", "2028-02-29"), ("2028-02-29", "2028-03-01"),
      ("2027-02-28", "2027-03-01"), ("1999-12-31", "2000-01-01"), ("2026-04-30", "2026-05-01"),
    ] {
      let (one, two) = (try #require(value(before, .date)), try #require(value(next, .date)))
      #expect(two.distance(from: one) == 1, "\(before), \(next)")
      #expect(one.isLess(than: two) == true)
      #expect(two.isLess(than: one) == false)
    }
  }

  @Test(
    "What is no day, number, version or id is none",
    arguments: [
      ("2026-13-01", .date), ("2027-02-29", .date), ("28-11-12", .date), ("2026-11", .date),
      ("1.2.3", .number), ("", .number), (".5", .number), ("1e3", .number), ("beta", .version),
      (" ", .id),
    ] as [(String, ValueKind)])
  func none(text: String, kind: ValueKind) {
    #expect(value(text, kind) == nil)
  }

  @Test(
    "Written otherwise, but the same",
    arguments: [
      ("007", "7", .number), ("+1.50", "1.5", .number), ("-0", "0", .number),
      ("V4.2.1", "4.2.1", .version), ("v4.2.1_b7", "4.2.1-B7", .version), ("AB 12", "AB12", .id),
    ] as [(String, String, ValueKind)])
  func same(one: String, other: String, kind: ValueKind) throws {
    let first = try #require(value(one, kind))
    #expect(first == value(other, kind))
    #expect(first != value(other + "1", kind))
  }

  @Test("Numbers are in the order of their sizes")
  func numbers() throws {
    var lots = SeededStream(seed: 7, name: "numbers")
    for _ in 0..<500 {
      let pair = (0..<2).map { _ in Int.random(in: -5_000...5_000, using: &lots) }
      let typed = try pair.map { number in
        let size = abs(number)
        let cents = size % 100 < 10 ? "0\(size % 100)" : "\(size % 100)"
        return try #require(value("\(number < 0 ? "-" : "")\(size / 100).\(cents)", .number))
      }
      #expect(typed[0].isLess(than: typed[1]) == (pair[0] < pair[1]), "\(pair)")
      #expect((typed[0] == typed[1]) == (pair[0] == pair[1]))
    }
  }

  @Test("Versions are in the order of their parts")
  func versions() throws {
    let order = ["4.2", "4.2.1", "4.2.9", "4.2.10", "4.10", "5"]
    for (before, next) in zip(order, order.dropFirst()) {
      let (one, two) = (try #require(value(before, .version)), try #require(value(next, .version)))
      #expect(one.isLess(than: two) == true, "\(before), \(next)")
      #expect(two.isLess(than: one) == false)
    }
  }
}
