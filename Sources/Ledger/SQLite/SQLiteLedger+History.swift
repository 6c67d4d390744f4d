public import FoundationEssentials
import GRDB
import RunJournal

extension SQLiteLedger {
  /// How runs ended, a row for each scenario, model and firmware.
  public func tallies(_ filter: RunFilter) throws(LedgerError) -> [RunTally] {
    let clause = FilterClause(filter)
    let sums = Verdict.allCases.map { "sum(verdict IS '\($0.rawValue)') AS \($0.rawValue)" }
    return try reading { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          WITH picked AS (
            SELECT firmware, scenario, model, max(startedAt) AS last,
              sum(verdict IS NULL) AS killed, \(sums.joined(separator: ", "))
            FROM runs WHERE true\(clause.sql) GROUP BY firmware, scenario, model)
          SELECT s.name, m.name, f.name, max(last), sum(killed),
            \(Verdict.allCases.map { "sum(\($0.rawValue))" }.joined(separator: ", "))
          FROM picked JOIN inputs s ON s.id = scenario JOIN inputs m ON m.id = model
            LEFT JOIN firmwares f ON f.id = firmware
          GROUP BY s.name, m.name, f.name ORDER BY max(last) DESC, s.name, m.name, f.name
          """, arguments: clause.arguments)
      return rows.map { row in
        var counts = VerdictCounts(killed: row[4])
        for (place, verdict) in Verdict.allCases.enumerated() {
          let count: Int = row[5 + place]
          if count > 0 { counts.ended[verdict] = count }
        }
        return RunTally(
          scenario: row[0], model: row[1], firmware: row[2], counts: counts,
          last: Date(milliseconds: row[3]))
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
          p.path, folder, prunedAt, retryOf
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
        folder: row[11], prunedAt: (row[12] as Int64?).map { Date(milliseconds: $0) },
        retryOf: row[13])
    }
  }
}
