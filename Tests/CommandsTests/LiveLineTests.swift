import Foundation
import RunJournal
import Testing

@testable import Commands

@Suite("The terminal while runs go on")
struct LiveLineTests {
  private let line = LiveLine(
    step: "Reset / Enter the code", attempt: 2, limit: 30, sight: "nearest 0.71 at 412,305",
    state: ["power off"])

  @Test("the line tells step, time and limit, attempt, power and what was seen last")
  func whole() {
    #expect(
      line.text(elapsed: 12.4, columns: 120)
        == "  … Reset / Enter the code  12 s of 30 s, attempt 2 · power off · nearest 0.71 at 412,305"
    )
  }

  @Test("what matters least is left away first, and never a column too many", arguments: 12...100)
  func narrow(columns: Int) {
    let text = line.text(elapsed: 12, columns: columns)
    #expect(text.contains("12 s of 30 s"), "\(text)")
    if columns >= 40 { #expect(text.columns <= columns, "\(text)") }
    if columns < 60 { #expect(!text.contains("nearest"), "\(text)") }
    if columns >= 40 { #expect(text.contains("code"), "\(text)") }
  }

  @Test("letters as wide as two count as two")
  func wide() {
    let line = LiveLine(step: "パスワードを再設定する画面を開いて秘密のコードを入力する")
    #expect(line.text(elapsed: 1, columns: 40).columns <= 40)
    #expect("画面ab".cut(to: 5) == "画面a")
    #expect("画面ab".cut(to: 3) == "画")
  }

  @Test("nothing in a name steers the terminal")
  func printable() {
    #expect(
      "a\u{1B}[31mb\r\n\u{202E}c\u{9B}".printable == "a\\u{1B}[31mb\\u{D}\\u{A}\\u{202E}c\\u{9B}")
    #expect("Zugriff – 密码 é".printable == "Zugriff – 密码 é")
    #expect(
      !LiveLine(step: "a\u{1B}]0;x\u{7}", sight: "b\u{8}").text(elapsed: 1, columns: 99)
        .unicodeScalars.contains { $0.value < 32 })
  }

  @Test("the course of several runs tells how many passed and how long the rest will take")
  func course() {
    let start = ContinuousClock.now
    var course = RunCourse(count: 4, start: start)
    #expect(course.line(at: start) == nil)
    course.take(.passed)
    course.take(.failed)
    let line = course.line(at: start.advanced(by: .seconds(20))) ?? ""
    #expect(line.hasPrefix("  … 2 of 4 runs, 1 passed, "), "\(line)")
    #expect(line.hasSuffix("20 s to go"), "\(line)")
    course.take(.passed)
    course.take(.passed)
    #expect(course.line(at: start.advanced(by: .seconds(40))) == nil)
  }

  @Test("a line that passes is taken away by whatever is written next")
  func passing() {
    let texts = Texts()
    let console = Console(
      terminal: .init { 20 }, out: { texts.add($0, "") }, err: { texts.add("", $0) })
    console.show("0123456789012345678901234")
    console.say("done")
    console.say("more")
    console.show("last")
    console.complain("bad\u{1B}[2J")
    #expect(
      texts.out == "\r\u{1B}[K0123456789012345678\r\u{1B}[Kdone\nmore\n\r\u{1B}[Klast\r\u{1B}[K")
    #expect(texts.err == "bad\\u{1B}[2J\n")
  }

  @Test("an answer that did not find room on its way ends with 3, a reader that left does not")
  func fullDevice() throws {
    for (target, status) in [("/dev/full", Int32(3)), ("/dev/null", 0)] {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = ["virtual"]
      process.environment = withoutLedger
      process.standardOutput = FileHandle(forWritingAtPath: target)
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == status, "\(target): \(said)")
      #expect(
        said == (status == 0 ? "" : "standard output can't be written: No space left on device\n"))
    }
  }
}
