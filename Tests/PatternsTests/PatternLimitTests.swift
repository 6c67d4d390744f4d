import Patterns
import SeededRandom
import Testing

@Suite("The limits of patterns")
struct PatternLimitTests {
  @Test(
    "A pattern that would go on and on is given up",
    arguments: [
      "((?:.+)+)+ZZZZ", "(a+)+!$", "(a|aa)+b", "(?:a?){30}a{30}b", "(.*)*\\d", "(?R)*x|a+",
    ])
  func explosion(text: String) throws {
    let subject = String(repeating: "a", count: 40) + "!bZ"
    for fit in Pattern.Fit.allCases {
      #expect(throws: PatternMatchError.self) { try Pattern(text).match(subject, fit: fit) }
    }
  }

  @Test("What it costs to begin anew at every place of a long text counts, too")
  func quadratic() throws {
    let text = String(repeating: "a", count: Pattern.longestText)
    for pattern in ["\\w*Z|!", "\\w*+\\W", "a+b|c"] {
      let error = try #require(throws: PatternMatchError.self) {
        try Pattern(pattern).match(text, fit: .part)
      }
      #expect(error == .steps(limit: 1_000_000 + 100 * Pattern.longestText))
    }
  }

  @Test("What people write stays far from the limits, also in the longest mail")
  func room() throws {
    let line = "Dear customer, write to someone@example.com or call 555-01234 by 17:30 today.\n"
    let count = Pattern.longestText / line.utf8.count - 1
    let mail = String(repeating: line, count: count) + "Code: 739154\n"
    let value = { (text: String) in try Pattern(text).match(mail, fit: .part)?.value }
    #expect(try value("Code: ([0-9]{6})") == "739154")
    #expect(try value("\\b(\\d{6})\\b") == "739154")
    #expect(try value("(?m)^Code:\\s*(\\S+)$") == "739154")
    #expect(try value("(?i)code\\W+(\\w+)") == "739154")
    #expect(try value("(?s)Dear.*Code: (\\d+)") == "739154")
    #expect(try value("[A-Za-z]+: ([0-9]{6})") == "739154")
  }

  /// Pieces that patterns are made of, and now and then should not be.
  private static let pieces = [
    "a", "b", "ä", "😀", ".", "\\d", "\\w", "\\b", "\\s", "\\R", "\\X", "\\K", "\\1", "\\g{-1}", "^",
    "$",
    "*", "+", "?", "*?", "++", "{2}", "{1,3}", "{0,65535}", "|", "(", ")", "(?:", "(?>", "(?=",
    "(?!",
    "(?<=", "(?<n>", "(?R)", "(?1)", "(?|", "(?i)", "(*SKIP)", "(*COMMIT)", "(*ACCEPT)", "(?C1)",
    "[",
    "]", "[^a]", "[[:alpha:]]", "\\p{L}", "\\", "\u{0}", "(?(1)", "\\Q", "\\E", "(*UTF)",
  ]

  @Test("No pattern hangs or crashes on any text", arguments: 0..<8 as Range<UInt64>)
  func anything(seed: UInt64) throws {
    var random = SeededStream(seed: seed, name: "patterns")
    var (made, matched, given) = (0, 0, 0)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        Self.pieces.randomElement(using: &random) ?? ""
      }.joined()
      guard let pattern = try? Pattern(text) else { continue }
      made += 1
      let length = Int.random(in: 0...60, using: &random)
      let subject = String(
        (0..<length).map { _ in "aab ä1\n😀".randomElement(using: &random) ?? "a" })
      for fit in Pattern.Fit.allCases {
        do throws(PatternMatchError) {
          let match = try pattern.match(subject, fit: fit)
          // What is asked again is answered again.
          #expect(try pattern.match(subject, fit: fit) == match)
          guard let match else { continue }
          matched += 1
          #expect(subject.contains(match.text), "\(text)")
        } catch {
          given += 1
        }
      }
    }
    #expect(made > 100 && matched > 100, "\(made) patterns, \(matched) matches, \(given) given up")
  }
}
