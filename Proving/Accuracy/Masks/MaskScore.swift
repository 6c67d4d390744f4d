/// How often shapes with an open inside were found, and what was taken for them.
public struct MaskScore: Sendable {
  private struct Row: Hashable {
    var kind: MaskKind
    var question: MaskOutcome.Question
  }

  private struct Count {
    var answers: [MaskOutcome.Answer: Int] = [:]
    var milliseconds: [Double] = []

    mutating func add(_ other: Count) {
      answers.merge(other.answers, uniquingKeysWith: +)
      milliseconds += other.milliseconds
    }
  }

  private var counts: [Row: Count] = [:]
  private var (found, own, fooled) = (0, 0, 0)

  /// Creates an empty score.
  public init() {}

  /// Counts an answer.
  public mutating func add(_ outcome: MaskOutcome) {
    let row = Row(kind: outcome.kind, question: outcome.question)
    counts[row, default: Count()].answers[outcome.answer, default: 0] += 1
    counts[row, default: Count()].milliseconds.append(outcome.milliseconds)
    if outcome.question == .own {
      own += 1
      if outcome.isRight { found += 1 }
    } else if outcome.question == .without, !outcome.isRight {
      fooled += 1
    }
  }

  /// Whether 99 of 100 shapes were found, and none where there was none.
  public var isGood: Bool { fooled == 0 && 100 * found >= 99 * own }

  /// The table, a line a kind and question.
  public var table: [String] {
    let answers = MaskOutcome.Answer.allCases
    var lines = [Self.line("kind", "shown", answers.map(\.rawValue) + ["of", "median ms"])]
    for question in MaskOutcome.Question.allCases {
      var sum = Count()
      for kind in MaskKind.allCases {
        guard let count = counts[Row(kind: kind, question: question)] else { continue }
        lines.append(Self.line(kind.rawValue, question.rawValue, Self.numbers(count)))
        sum.add(count)
      }
      lines.append(Self.line("all", question.rawValue, Self.numbers(sum)))
    }
    return lines
  }

  private static func numbers(_ count: Count) -> [String] {
    let times = count.milliseconds.sorted()
    let median = times.isEmpty ? 0 : (10 * times[times.count / 2]).rounded() / 10
    return MaskOutcome.Answer.allCases.map { "\(count.answers[$0] ?? 0)" }
      + ["\(times.count)", "\(median)"]
  }

  private static func line(_ kind: String, _ shown: String, _ numbers: [String]) -> String {
    return kind.padded(to: 8) + shown.padded(to: 9)
      + numbers.map { $0.padded(to: 11, isNumber: true) }.joined()
  }
}
