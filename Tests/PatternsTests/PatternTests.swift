import Patterns
import Testing

@Suite("Patterns")
struct PatternTests {
  @Test("A pattern fits the whole text, or a part of it where that is asked for")
  func fit() throws {
    let version = try Pattern("[0-9]+(?:\\.[0-9]+)*")
    #expect(try version.match("4.12", fit: .whole)?.value == "4.12")
    #expect(try version.match("V4.12 beta", fit: .whole) == nil)
    #expect(try version.match("V4.12 beta", fit: .part)?.value == "4.12")
    // The shorter branch comes first, and the whole text is taken all the same.
    #expect(try Pattern("a|ab").match("ab", fit: .whole)?.value == "ab")
    #expect(try Pattern("a|ab").match("ab", fit: .part)?.value == "a")
  }

  @Test("The value is the first group, or all that fits where there is none")
  func groups() throws {
    let date = try #require(
      try Pattern("(\\d+)-(\\d+)(?:-(x))?").match("on 2028-11", fit: .part))
    #expect(date.text == "2028-11")
    #expect(date.groups == ["2028", "11", nil])
    #expect(date.value == "2028")
    #expect(try Pattern("a(b)?c").match("ac", fit: .whole)?.value == nil)
    #expect(try Pattern("Code: \\K\\d+").match("Code: 42", fit: .whole)?.value == "42")
    #expect(try Pattern("(?<day>\\d\\d)\\.").match("31.12.", fit: .part)?.value == "31")
  }

  @Test("Texts are Unicode, and every line end ends a line")
  func unicode() throws {
    #expect(try Pattern("\\w+").match("Übersicht", fit: .whole)?.value == "Übersicht")
    #expect(try Pattern(".").match("😀", fit: .whole)?.value == "😀")
    #expect(try Pattern("(?i)ÉTÉ").match("été", fit: .whole) != nil)
    #expect(try Pattern("\\d+").match("٣٤", fit: .whole)?.value == "٣٤")
    for end in ["\n", "\r\n", "\u{2028}"] {
      #expect(try Pattern(".+").match("one\(end)two", fit: .whole) == nil)
      #expect(try Pattern("(?m)^two$").match("one\(end)two", fit: .part)?.value == "two")
    }
    #expect(try Pattern("a\u{0}b").match("a\u{0}b", fit: .whole) != nil)
    #expect(try Pattern("x*").match("", fit: .whole)?.value == "")
  }

  @Test(
    "A text that is no pattern is told with the place and with what would be right",
    arguments: [
      ("(\\d+", 4, "missing closing parenthesis after \"(\\d+\"", "close the group with )"),
      ("ä)", 1, "unmatched closing parenthesis after \"ä\"", "open the group with ("),
      ("äö[a", 4, "missing terminating ] for character class after \"äö[a\"", "close the set"),
      ("+a", 0, "quantifier does not follow a repeatable item at its start", "write what is"),
      ("a{3,2}", 5, "numbers out of order in {} quantifier", "write the smaller number first"),
      ("[z-a]", 3, "range out of order in character class", "write the range from low to high"),
      ("\\", 1, "\\ at end of pattern", "write \\\\ for a backslash"),
      ("(?<=a+)b", 0, "lookbehind assertion is not fixed length", "write no + or *"),
      ("(a)\\2", 4, "reference to non-existent subpattern", "counted from 1"),
      ("\\p{Klingon}", 11, "unknown property", "pcre2pattern(3)"),
      ("\\C", 2, "using \\C is disabled", "pcre2pattern(3)"),
      ("0123456789012345678901234)", 25, "after \"…56789012345678901234\"", "open the group"),
    ])
  func complaints(text: String, offset: Int, problem: String, remedy: String) throws {
    let error = try #require(throws: PatternError.self) { try Pattern(text) }
    #expect(error.offset == offset)
    #expect(error.problem.contains(problem), "\(error.problem)")
    #expect(error.remedy.contains(remedy), "\(error.remedy)")
  }

  @Test("A pattern or a text that is too long is an error of its own")
  func lengths() throws {
    let long = String(repeating: "a", count: Pattern.longest)
    #expect(try Pattern(long).match(long, fit: .whole) != nil)
    let error = try #require(throws: PatternError.self) { try Pattern(long + "a") }
    #expect(error.remedy.contains("at most 4096 bytes"))
    let text = String(repeating: "ä", count: Pattern.longestText / 2)
    #expect(try Pattern("ä+").match(text, fit: .whole) != nil)
    #expect(throws: PatternMatchError.longText(bytes: Pattern.longestText + 1)) {
      try Pattern("ä+").match(text + "a", fit: .part)
    }
    #expect(throws: PatternError.self) { try Pattern("((a{1,999}){1,999}){1,999}") }
  }
}
