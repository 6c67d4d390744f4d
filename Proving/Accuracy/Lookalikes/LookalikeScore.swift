/// How often texts were found, and how often what looks like them was taken for them.
public struct LookalikeScore: Sendable {
  private struct Row: Hashable {
    var kind: LookalikeKind
    var question: LookalikeOutcome.Question
  }

  private struct Count {
    var (right, all) = (0, 0)
    var milliseconds: [Double] = []
  }

  private var counts: [Row: Count] = [:]

  /// Creates an empty score.
  public init() {}

  /// Counts an answer.
  public mutating func add(_ outcome: LookalikeOutcome) {
    let row = Row(kind: outcome.kind, question: outcome.question)
    counts[row, default: Count()].all += 1
    counts[row, default: Count()].milliseconds.append(outcome.milliseconds)
    if outcome.isRight { counts[row, default: Count()].right += 1 }
  }

  /// Whether no look-alike was taken for a text, and 98 of 100 answers were right.
  public var isGood: Bool {
    let (right, all) = counts.values.reduce((0, 0)) { ($0.0 + $1.right, $0.1 + $1.all) }
    let isFooled = counts.contains { $0.key.question == .other && $0.value.right < $0.value.all }
    return !isFooled && 100 * right >= 98 * all
  }

  /// The table, a line a kind and question.
  public var table: [String] {
    var lines = ["kind      asked         right       of  median ms"]
    for kind in LookalikeKind.allCases {
      for question in LookalikeOutcome.Question.allCases {
        guard let count = counts[Row(kind: kind, question: question)] else { continue }
        lines.append(Self.line(kind.rawValue, question.rawValue, count))
      }
    }
    for question in LookalikeOutcome.Question.allCases {
      let rows = counts.filter { $0.key.question == question }.map(\.value)
      if rows.isEmpty { continue }
      var sum = Count()
      for row in rows {
        sum.right += row.right
        sum.all += row.all
        sum.milliseconds += row.milliseconds
      }
      lines.append(Self.line("all", question.rawValue, sum))
    }
    return lines
  }

  private static func line(_ kind: String, _ question: String, _ count: Count) -> String {
    let sorted = count.milliseconds.sorted()
    let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    return kind.padded(to: 10) + question.padded(to: 10)
      + "\(count.right)".padded(to: 9, isNumber: true)
      + "\(count.all)".padded(to: 9, isNumber: true)
      + "\(Int(median.rounded()))".padded(to: 11, isNumber: true)
  }
}
