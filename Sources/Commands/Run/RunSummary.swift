import RunJournal
import RunSessions

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

  /// All runs together.
  private var total: Row {
    let counts = rows.map(\.counts).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    return Row(scenario: "all", counts: counts)
  }

  /// A table for people: a line a scenario, and one for all of them where there are several.
  var lines: [String] {
    let verdicts = Verdict.allCases
    let nameWidth = (rows.map(\.scenario.count) + ["scenario".count]).max() ?? 0
    var header = "scenario".padded(to: nameWidth) + "runs".leftPadded(to: 7)
    for verdict in verdicts { header += verdict.rawValue.leftPadded(to: 9) }
    header += "   passed, 95 % interval"
    let body = (rows.count > 1 ? rows + [total] : rows).map { row in
      var line = row.scenario.padded(to: nameWidth) + "\(row.runs)".leftPadded(to: 7)
      for verdict in verdicts { line += "\(row.counts[verdict] ?? 0)".leftPadded(to: 9) }
      // Runs that somebody stopped say nothing of the recorder.
      let interval = WilsonInterval(
        successes: row.counts[.passed] ?? 0, trials: row.runs - (row.counts[.aborted] ?? 0))
      return line + "   \(interval)"
    }
    return [header] + body
  }
}
