/// How often captures that the matcher knows nothing of were judged rightly.
public struct CaptureScore: Sendable {
  private struct Row: Hashable {
    var kind: CaptureKind
    var question: CaptureOutcome.Question
  }

  private var counts: [Row: [CaptureOutcome.Answer: Int]] = [:]
  private var fooled = 0

  /// Creates an empty score.
  public init() {}

  /// Counts an answer.
  public mutating func add(_ outcome: CaptureOutcome) {
    let row = Row(kind: outcome.kind, question: outcome.question)
    counts[row, default: [:]][outcome.answer, default: 0] += 1
    if outcome.isFooled { fooled += 1 }
  }

  /// Whether nothing was taken for what it is not.
  public var isGood: Bool { fooled == 0 }

  /// The table, a line a kind and question.
  public var table: [String] {
    let answers = CaptureOutcome.Answer.allCases
    var lines = [Self.line("kind", "shown", answers.map(\.rawValue) + ["of"])]
    for question in CaptureOutcome.Question.allCases {
      var sum: [CaptureOutcome.Answer: Int] = [:]
      for kind in CaptureKind.allCases {
        guard let count = counts[Row(kind: kind, question: question)] else { continue }
        lines.append(Self.line(kind.rawValue, question.rawValue, Self.numbers(count)))
        sum.merge(count, uniquingKeysWith: +)
      }
      lines.append(Self.line("all", question.rawValue, Self.numbers(sum)))
    }
    return lines
  }

  private static func numbers(_ count: [CaptureOutcome.Answer: Int]) -> [String] {
    CaptureOutcome.Answer.allCases.map { "\(count[$0] ?? 0)" }
      + ["\(count.values.reduce(0, +))"]
  }

  private static func line(_ kind: String, _ shown: String, _ numbers: [String]) -> String {
    kind.padded(to: 12) + shown.padded(to: 7)
      + numbers.map { $0.padded(to: 11, isNumber: true) }.joined()
  }
}
