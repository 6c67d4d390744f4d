import GRDB
import RunJournal

/// A filter as a part of a query over `runs`.
struct FilterClause {
  /// The conditions, joined by `AND`, with `AND` before the first one.
  private(set) var sql = ""
  /// What stands for their question marks.
  private(set) var arguments = StatementArguments()

  init(_ filter: RunFilter, sinceCounts: Bool = true, causeCounts: Bool = true) {
    for (kind, name) in [
      (InputKind.scenario, filter.scenario), (.model, filter.model), (.rig, filter.rig),
    ] {
      guard let name else { continue }
      let column = kind.rawValue
      add(
        "runs.\(column) IN (SELECT id FROM inputs WHERE kind = '\(column)' AND name = ?)", [name])
    }
    if let firmware = filter.firmware {
      add("runs.firmware = (SELECT id FROM firmwares WHERE name = ?)", [firmware])
    }
    if sinceCounts, let since = filter.since { add("runs.startedAt >= ?", [since.milliseconds]) }
    if let verdict = filter.verdict { add("runs.verdict = ?", [verdict.rawValue]) }
    if causeCounts, let cause = filter.cause { add("runs.cause = ?", [cause]) }
  }

  private mutating func add(_ condition: String, _ values: StatementArguments) {
    sql += " AND \(condition)"
    arguments += values
  }
}
