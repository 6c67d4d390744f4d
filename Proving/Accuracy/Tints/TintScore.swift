/// How often tinted controls were taken for those at rest, and how often those at rest were found.
public struct TintScore: Sendable {
  private struct Row: Hashable {
    var kind: TintKind
    var band: TintBand?
    var subject: TintOutcome.Subject
    var context: TintContext
  }

  private var counts: [Row: [TintOutcome.Answer: Int]] = [:]
  private var (total, wrong, matchedTints) = (0, 0, 0)
  private var cuts: [TintCut: [TintOutcome.Answer: Int]] = [:]
  private var plain: [TintOutcome.Answer: Int] = [:]

  /// Creates an empty score.
  public init() {}

  /// Counts an answer.
  public mutating func add(_ outcome: TintOutcome) {
    let band = outcome.subject == .tinted ? outcome.band : nil
    let row = Row(
      kind: outcome.kind, band: band, subject: outcome.subject, context: outcome.context)
    counts[row, default: [:]][outcome.answer, default: 0] += 1
    if outcome.subject == .tinted, outcome.band == .tint {
      cuts[outcome.cut, default: [:]][outcome.answer, default: 0] += 1
      if outcome.context == .alone, !outcome.isToned { plain[outcome.answer, default: 0] += 1 }
    }
    total += 1
    if !outcome.isWrong { return }
    wrong += 1
    if outcome.subject == .tinted, outcome.answer == .matched { matchedTints += 1 }
  }

  /// Whether no tint was matched, and at most one in a hundred answers was wrong.
  public var isGood: Bool { matchedTints == 0 && 100 * wrong <= total }

  /// The table, a line a kind, how far it goes, and what was shown with it.
  public var table: [String] {
    var lines = [line("kind", "asked", "shown", ["matched", "unclear", "absent", "of"])]
    for subject in TintOutcome.Subject.allCases {
      for context in TintContext.allCases {
        for band in subject == .tinted ? TintBand.allCases.map(Optional.some) : [nil] {
          var sum: [TintOutcome.Answer: Int] = [:]
          for kind in TintKind.allCases {
            let row = Row(kind: kind, band: band, subject: subject, context: context)
            guard let count = counts[row] else { continue }
            for (answer, number) in count { sum[answer, default: 0] += number }
            if band != .between {
              lines.append(line(kind.rawValue, words(row), context.rawValue, numbers(count)))
            }
          }
          let row = Row(kind: .face, band: band, subject: subject, context: context)
          lines.append(line("all", words(row), context.rawValue, numbers(sum)))
        }
      }
    }
    for cut in TintCut.allCases {
      lines.append(line("all", "cut \(cut.rawValue)", "both", numbers(cuts[cut] ?? [:])))
    }
    // A tone of the whole picture may undo a tint: then one template has nothing to tell it by.
    lines.append(line("untoned", "tinted", "alone", numbers(plain)))
    return lines
  }

  private func words(_ row: Row) -> String {
    row.band.map { $0 == .tint ? "tinted" : $0.rawValue } ?? row.subject.rawValue
  }

  private func numbers(_ count: [TintOutcome.Answer: Int]) -> [String] {
    TintOutcome.Answer.allCases.map { "\(count[$0] ?? 0)" }
      + ["\(count.values.reduce(0, +))"]
  }

  private func line(_ kind: String, _ asked: String, _ shown: String, _ numbers: [String])
    -> String
  {
    return kind.padded(to: 10) + asked.padded(to: 12) + shown.padded(to: 12)
      + numbers.map { $0.padded(to: 9, isNumber: true) }.joined()
  }
}
