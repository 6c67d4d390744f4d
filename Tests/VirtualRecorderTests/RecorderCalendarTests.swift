import Frames
import Testing

@testable import VirtualRecorder

@Suite("The virtual recorder's calendar")
struct RecorderCalendarTests {
  @Test(
    "Seconds since 1970 become dates",
    arguments: [
      (0, "1970-01-01 00:00:00"), (951_782_400, "2000-02-29 00:00:00"),
      (951_868_799, "2000-02-29 23:59:59"), (1_773_480_360, "2026-03-14 09:26:00"),
      (4_107_542_400, "2100-03-01 00:00:00"), (-1, "1969-12-31 23:59:59"),
    ])
  func dates(seconds: Int, text: String) {
    let style = DateStyle.yearMonthDay(separator: "-")
    #expect(style.dateAndTime(CalendarDate(secondsSince1970: seconds)) == text)
  }

  @Test("Models write dates each in their way")
  func styles() {
    let date = CalendarDate(secondsSince1970: 1_773_480_360)
    #expect(DateStyle.monthDayYear(separator: "/").date(date) == "03/14/2026")
    #expect(DateStyle.dayMonthYear(separator: ".").date(date) == "14.03.2026")
    #expect(date.mailHeader == "Sat, 14 Mar 2026 09:26:00 +0000")
  }

  @Test("What is due first happens first; what is due together, in the order it was planned")
  func agenda() {
    var agenda = Agenda<String>()
    agenda.schedule("late", at: .init(nanoseconds: 30))
    agenda.schedule("first", at: .init(nanoseconds: 10))
    agenda.schedule("second", at: .init(nanoseconds: 10))
    var seen: [String] = []
    while let (_, event) = agenda.next(until: .init(nanoseconds: 20)) { seen.append(event) }
    #expect(seen == ["first", "second"])
    #expect(agenda.nextInstant == .init(nanoseconds: 30))
  }
}
