public import FoundationEssentials
import GRDB
import RunJournal

extension SQLiteLedger {
  /// How runs ended, a row for each scenario, model and firmware.
  public func tallies(_ filter: RunFilter) throws(LedgerError) -> [RunTally] {
    let clause = FilterClause(filter)
    return try reading { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          WITH picked AS (
            SELECT firmware, scenario, model, verdict, count(*) AS runs, max(startedAt) AS last
            FROM runs WHERE true\(clause.sql) GROUP BY firmware, scenario, model, verdict)
          SELECT s.name, m.name, f.name, verdict, sum(runs), max(last)
          FROM picked JOIN inputs s ON s.id = scenario JOIN inputs m ON m.id = model
            LEFT JOIN firmwares f ON f.id = firmware
          GROUP BY s.name, m.name, f.name, verdict
          """, arguments: clause.arguments)
      var tallies: [[String?]: RunTally] = [:]
      for row in rows {
        let last = Date(milliseconds: row[5])
        let key: [String?] = [row[0], row[1], row[2]]
        var tally =
          tallies[key]
          ?? RunTally(
            scenario: row[0], model: row[1], firmware: row[2], counts: VerdictCounts(), last: last)
        tally.counts.add(row[4], row[3])
        tally.last = max(tally.last, last)
        tallies[key] = tally
      }
      return tallies.values.sorted {
        ($1.last, $0.scenario, $0.model, $0.firmware ?? "")
          < ($0.last, $1.scenario, $1.model, $1.firmware ?? "")
      }
    }
  }

  /// Booked runs, those that began last first.
  public func runs(
    _ filter: RunFilter, limit: Int
  ) throws(LedgerError) -> [BookedRun] {
    let clause = FilterClause(filter)
    return try reading { db in
      try Self.fetch(
        db, "WHERE true\(clause.sql) ORDER BY runs.startedAt DESC, runs.id DESC LIMIT ?",
        clause.arguments + [limit])
    }
  }

  /// Where the verdict changed back.
  public func flaky(_ filter: RunFilter) throws(LedgerError) -> [FlakyRuns] {
    try reading { db in
      let (query, arguments) = Self.changedBack(filter, firmware: "IS NOT NULL")
      return try Row.fetchAll(
        db,
        sql: """
          SELECT f.name, s.name, s.digest, m.name, m.digest, passed, failed, errored, changes, last
          FROM (\(query)) JOIN inputs s ON s.id = scenario JOIN inputs m ON m.id = model
            JOIN firmwares f ON f.id = firmware
          ORDER BY last DESC, s.name, m.name
          """, arguments: arguments
      ).map { row in
        FlakyRuns(
          firmware: row[0], scenario: .init(name: row[1], digest: row[2]),
          model: .init(name: row[3], digest: row[4]),
          counts: VerdictCounts(ended: [.passed: row[5], .failed: row[6], .errored: row[7]]),
          changes: row[8], last: Date(milliseconds: row[9]))
      }
    }
  }

  /// How much changed back without a firmware told.
  public func unsure(_ filter: RunFilter) throws(LedgerError) -> Int {
    try reading { db in
      let (query, arguments) = Self.changedBack(filter, firmware: "IS NULL")
      return try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(query))", arguments: arguments) ?? 0
    }
  }

  /// Groups of runs in which a verdict came again after another one. Runs that somebody stopped, or
  /// that were killed, say nothing of that; each run counts, whether it is a retry or not.
  private static func changedBack(
    _ filter: RunFilter, firmware: String
  ) -> (query: String, arguments: StatementArguments) {
    let clause = FilterClause(filter, causeCounts: false)
    let cause = filter.cause.map { ("AND sum(cause IS ?) > 0", StatementArguments([$0])) }
    // As many changes as there are verdicts: one of them was left and came again.
    let query = """
      SELECT firmware, scenario, model,
        sum(verdict = 'passed') AS passed, sum(verdict = 'failed') AS failed,
        sum(verdict = 'errored') AS errored,
        sum(before IS NOT NULL AND before <> verdict) AS changes, max(startedAt) AS last
      FROM (
        SELECT firmware, scenario, model, startedAt, verdict\(cause == nil ? "" : ", cause"),
          lag(verdict) OVER (
            PARTITION BY firmware, scenario, model ORDER BY startedAt, id) AS before
        FROM runs
        WHERE firmware \(firmware) AND verdict IN ('passed', 'failed', 'errored')\(clause.sql))
      GROUP BY firmware, scenario, model
      HAVING changes >= count(DISTINCT verdict) \(cause?.0 ?? "")
      """
    return (query, clause.arguments + (cause?.1 ?? StatementArguments()))
  }

  /// Causes at steps that were seen first at or after an instant.
  public func signatures(
    firstSeenSince: Date, _ filter: RunFilter
  ) throws(LedgerError) -> [Signature] {
    let clause = FilterClause(filter, sinceCounts: false)
    return try reading { db in
      // Columns beside a minimum are those of the row that has it.
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT cause, p.path, first, found.id, count FROM (
            SELECT cause, step, min(startedAt) AS first, runs.id AS id, count(*) AS count FROM runs
            WHERE cause IS NOT NULL AND verdict IS NOT 'aborted'\(clause.sql)
            GROUP BY cause, step HAVING first >= ?) AS found
          LEFT JOIN paths p ON p.id = found.step ORDER BY first DESC, cause, p.path
          """, arguments: clause.arguments + [firstSeenSince.milliseconds])
      return try rows.compactMap { row in
        let run = try Self.fetch(db, "WHERE runs.id = ?", [row[3] as Int64]).first
        return run.map {
          Signature(
            cause: row[0], step: row[1], first: Date(milliseconds: row[2]), firstRun: $0,
            count: row[4])
        }
      }
    }
  }

  private static func fetch(
    _ db: Database, _ rest: String, _ arguments: StatementArguments
  ) throws -> [BookedRun] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT run, s.name, m.name, r.name, f.name, seed, startedAt, bookedAt, verdict, cause,
          p.path, folder, prunedAt
        FROM runs JOIN inputs s ON s.id = scenario JOIN inputs m ON m.id = model
          JOIN inputs r ON r.id = rig LEFT JOIN firmwares f ON f.id = firmware
          LEFT JOIN paths p ON p.id = step
        \(rest)
        """, arguments: arguments
    ).map { row in
      BookedRun(
        run: row[0], scenario: row[1], model: row[2], rig: row[3], firmware: row[4], seed: row[5],
        startedAt: Date(milliseconds: row[6]), bookedAt: Date(milliseconds: row[7]),
        verdict: (row[8] as String?).flatMap(Verdict.init), cause: row[9], step: row[10],
        folder: row[11], prunedAt: (row[12] as Int64?).map { Date(milliseconds: $0) })
    }
  }
}

extension VerdictCounts {
  /// Adds runs of a verdict, or killed ones.
  fileprivate mutating func add(_ runs: Int, _ verdict: String?) {
    if let verdict = verdict.flatMap(Verdict.init) {
      ended[verdict, default: 0] += runs
    } else {
      killed += runs
    }
  }
}
