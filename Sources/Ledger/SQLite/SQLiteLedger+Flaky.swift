import FoundationEssentials
import GRDB
import RunJournal

extension SQLiteLedger {
  /// Where the verdict changed back.
  public func flaky(_ filter: RunFilter) throws(LedgerError) -> [FlakyRuns] {
    try reading { db in
      let found = try Self.changedBack(db, filter, firmware: "IS NOT NULL")
      let firmwares = try Self.names(db, "SELECT id, name FROM firmwares")
      let names = try Self.names(db, "SELECT id, name FROM inputs")
      let digests = try Self.names(db, "SELECT id, digest FROM inputs")
      func input(_ id: Int64) -> LedgerEntry.Input {
        LedgerEntry.Input(name: names[id] ?? "", digest: digests[id] ?? "")
      }
      return found.map { series in
        FlakyRuns(
          firmware: firmwares[series.firmware] ?? "", scenario: input(series.scenario),
          model: input(series.model),
          counts: VerdictCounts(
            ended: [
              .passed: series.counts[0], .failed: series.counts[1], .errored: series.counts[2],
            ]), changes: series.changes, last: Date(milliseconds: series.last))
      }.sorted {
        ($1.last, $0.scenario.name, $0.model.name) < ($0.last, $1.scenario.name, $1.model.name)
      }
    }
  }

  /// How much changed back without a firmware told.
  public func unsure(_ filter: RunFilter) throws(LedgerError) -> Int {
    try reading { db in try Self.changedBack(db, filter, firmware: "IS NULL").count }
  }

  /// The runs of one firmware, scenario and model, in order, as far as they were read.
  private struct Series {
    var firmware: Int64
    var scenario: Int64
    var model: Int64
    /// How many passed, failed and errored.
    var counts = [0, 0, 0]
    var changes = 0
    var last: Int64 = 0
    /// The verdict of the run before, by its place among the counts.
    var verdict = -1
    var hasCause = false

    /// Whether a verdict came again after another one: otherwise there is a change less than there
    /// are verdicts.
    var isBack: Bool { changes >= counts.count { $0 > 0 } }
  }

  /// Series in which a verdict came again after another one. Runs that somebody stopped, or that were
  /// killed, say nothing of that; each run counts, whether it is a retry or not.
  private static func changedBack(
    _ db: Database, _ filter: RunFilter, firmware: String
  ) throws -> [Series] {
    let clause = FilterClause(filter, causeCounts: false)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT coalesce(firmware, 0), scenario, model, startedAt,
          CASE verdict WHEN 'passed' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END
          \(filter.cause == nil ? "" : ", cause IS ?")
        FROM runs
        WHERE firmware \(firmware) AND verdict IN ('passed', 'failed', 'errored')\(clause.sql)
        ORDER BY firmware, scenario, model, startedAt, id
        """,
      arguments: (filter.cause.map { StatementArguments([$0]) } ?? StatementArguments())
        + clause.arguments)
    var found: [Series] = []
    var series = Series(firmware: -1, scenario: -1, model: -1)
    func close() {
      if series.isBack, filter.cause == nil || series.hasCause { found.append(series) }
    }
    while let row = try rows.next() {
      let (firmware, scenario, model): (Int64, Int64, Int64) = (row[0], row[1], row[2])
      if firmware != series.firmware || scenario != series.scenario || model != series.model {
        if series.last > 0 { close() }
        series = Series(firmware: firmware, scenario: scenario, model: model)
      }
      let verdict: Int = row[4]
      if series.verdict >= 0, series.verdict != verdict { series.changes += 1 }
      series.verdict = verdict
      series.counts[verdict] += 1
      series.last = row[3]
      if filter.cause != nil { series.hasCause = series.hasCause || row[5] }
    }
    if series.last > 0 { close() }
    return found
  }

  private static func names(_ db: Database, _ sql: String) throws -> [Int64: String] {
    try Row.fetchAll(db, sql: sql).reduce(into: [:]) { $0[$1[0]] = $1[1] }
  }
}
