import RunJournal

/// What several runs came to, counted.
struct RunSummary {
  /// A scenario's runs.
  struct Row {
    var scenario: String
    var counts: [Verdict: Int] = [:]

    var runs: Int { counts.values.reduce(0, +) }
  }

  /// The scenarios in the order in which they were first played.
  private(set) var rows: [Row] = []

  init(_ results: [RunResult]) {
    for result in results {
      let name = result.start.scenario.name
      let index = rows.firstIndex { $0.scenario == name } ?? rows.count
      if index == rows.count { rows.append(Row(scenario: name)) }
      rows[index].counts[result.end.verdict, default: 0] += 1
    }
  }

  /// A table for people: a line a scenario.
  var lines: [String] {
    let verdicts = Verdict.allCases
    let nameWidth = (rows.map(\.scenario.count) + ["scenario".count]).max() ?? 0
    var header = "scenario".padded(to: nameWidth) + "runs".leftPadded(to: 7)
    for verdict in verdicts { header += verdict.rawValue.leftPadded(to: 9) }
    header += "   passed, 95 % interval"
    let body = rows.map { row in
      var line = row.scenario.padded(to: nameWidth) + "\(row.runs)".leftPadded(to: 7)
      for verdict in verdicts { line += "\(row.counts[verdict] ?? 0)".leftPadded(to: 9) }
      let interval = WilsonInterval(successes: row.counts[.passed] ?? 0, trials: row.runs)
      return line + "   \(interval)"
    }
    return [header] + body
  }
}

/// The range in which the true share of successes lies with 95 % confidence, by E. B. Wilson's
/// score interval (J. Am. Stat. Assoc. 22, 1927), which holds for few trials and for shares near
/// 0 and 1.
package struct WilsonInterval: Hashable, CustomStringConvertible {
  /// 0…1.
  var low: Double
  /// 0…1.
  var high: Double

  /// The interval of some successes among at least one trial.
  package init(successes: Int, trials: Int) {
    let z = 1.959_963_984_540_054
    let n = Double(max(1, trials))
    let share = Double(successes) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    low = successes == 0 ? 0 : max(0, middle - reach)
    high = successes == trials ? 1 : min(1, middle + reach)
  }

  /// Such as `96.3 % to 100 %`.
  package var description: String { "\(Self.percent(low)) to \(Self.percent(high))" }

  private static func percent(_ share: Double) -> String {
    "\(JSONValue.decimal(share * 100, digits: 1)) %"
  }
}
