import OrderedJSON
import RunJournal

/// How many answers were right, by kind and question.
public struct Score: Sendable {
  /// Right answers among all.
  public struct Count: Sendable {
    /// How many answers there were.
    public internal(set) var total = 0
    /// How many were right.
    public internal(set) var right = 0
    /// How many said that the picture is unclear.
    public internal(set) var unclear = 0

    /// The share that was right, 0…1.
    public var share: Double { total == 0 ? 1 : Double(right) / Double(total) }

    mutating func add(_ other: Count) {
      total += other.total
      right += other.right
      unclear += other.unclear
    }

    /// Such as `99.2 % (98.1 % to 99.8 %)`, with the 95 % interval.
    var words: String {
      let percent = "\(JSONValue.decimal(share * 100, digits: 2)) %"
      return "\(percent) (\(WilsonInterval(successes: right, trials: total)))"
    }
  }

  /// The least share of true ones found, and of near misses rejected.
  public static let least = 0.995
  /// The least share within one kind.
  public static let leastOfKind = 0.98
  /// The largest share of wrong matches in pictures too poor for more.
  public static let mostWrong = 0.001

  private var counts: [Kind: [Question: Count]] = [:]

  /// Creates an empty score.
  public init() {}

  /// Counts a case.
  public mutating func add(_ outcome: CaseOutcome) {
    var count = counts[outcome.kind]?[outcome.question] ?? Count()
    count.total += 1
    count.right += outcome.isRight ? 1 : 0
    count.unclear += outcome.isUnclear ? 1 : 0
    counts[outcome.kind, default: [:]][outcome.question] = count
  }

  /// The count for a question over all kinds that are about templates, or all that are about text.
  func count(_ question: Question, ofText isText: Bool = false) -> Count {
    Kind.allCases.filter { $0.isText == isText }.reduce(into: Count()) { sum, kind in
      if let count = counts[kind]?[question] { sum.add(count) }
    }
  }

  /// What is worse than it may be, in words; empty when all is well.
  public var shortcomings: [String] {
    var short: [String] = []
    if count(.found).share < Self.least { short.append("too few true ones were found") }
    if count(.rejected).share < Self.least { short.append("too few near misses were rejected") }
    if 1 - count(.doubtful).share > Self.mostWrong {
      short.append("too many near misses were matched in poor pictures")
    }
    for kind in Kind.allCases {
      for question in [Question.found, .rejected] {
        if let count = counts[kind]?[question], count.share < Self.leastOfKind {
          short.append("\(kind.rawValue), \(question.rawValue): below 98 %")
        }
      }
    }
    return short
  }

  /// The table, a line a kind and question.
  public var table: [String] {
    var lines = [Self.line("kind", "question", "cases", "right", "unclear", "share")]
    for kind in Kind.allCases {
      for question in Question.allCases {
        guard let count = counts[kind]?[question] else { continue }
        lines.append(Self.line(kind.rawValue, question.rawValue, count))
      }
    }
    let found = count(.found)
    let rejected = count(.rejected)
    let doubtful = count(.doubtful)
    lines.append("true ones found: \(found.right) of \(found.total), \(found.words)")
    lines.append("near misses rejected: \(rejected.right) of \(rejected.total), \(rejected.words)")
    lines.append(
      "matched wrongly beyond the limits: \(doubtful.total - doubtful.right) of \(doubtful.total)")
    let (read, other) = (count(.found, ofText: true), count(.rejected, ofText: true))
    lines.append("texts read: \(read.right) of \(read.total), \(read.words)")
    lines.append("other texts rejected: \(other.right) of \(other.total), \(other.words)")
    return lines
  }

  private static func line(_ kind: String, _ question: String, _ count: Count) -> String {
    line(
      kind, question, "\(count.total)", "\(count.right)", "\(count.unclear)", count.words)
  }

  private static func line(
    _ kind: String, _ question: String, _ total: String, _ right: String, _ unclear: String,
    _ share: String
  ) -> String {
    return kind.padded(to: 13) + question.padded(to: 10) + total.padded(to: 6, isNumber: true)
      + right.padded(to: 7, isNumber: true) + unclear.padded(to: 9, isNumber: true) + "   " + share
  }
}
