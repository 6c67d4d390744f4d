public import FoundationEssentials
import GRDB
import OrderedJSON
import RunJournal

extension SQLiteLedger {
  /// All runs of some firmwares that were booked until an instant.
  public func releaseRuns(
    of firmwares: [String], bookedUntil asOf: Date, measurements: [String]
  ) throws(LedgerError) -> [ReleaseRun] {
    try reading { db in
      let marks = Self.marks(firmwares.count)
      var names: [Int64: String] = [:]
      for row in try Row.fetchAll(
        db, sql: "SELECT id, name FROM firmwares WHERE name IN (\(marks))",
        arguments: StatementArguments(firmwares))
      { names[row[0]] = row[1] }
      if names.isEmpty { return [] }
      let ids = names.keys.sorted()
      let measured = try Self.measured(db, measurements, of: ids)
      let seen = try Self.sawFirmware(db, of: ids)
      let inputs = try Self.inputs(db)
      let paths = try Row.fetchAll(
        db,
        sql: """
          SELECT id, path FROM paths WHERE id IN (
            SELECT DISTINCT step FROM runs WHERE firmware IN (\(Self.marks(ids.count))))
          """, arguments: StatementArguments(ids)
      ).reduce(into: [Int64: String]()) { $0[$1[0]] = $1[1] }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, run, folder, journalDigest, scenario, model, rig, binary, firmware, overrides,
            seed, startedAt, bookedAt, verdict, cause, step, held, rigKind, leftOut
          FROM runs WHERE firmware IN (\(Self.marks(ids.count))) AND bookedAt <= ? ORDER BY id
          """, arguments: StatementArguments(ids) + [asOf.milliseconds])
      var texts = BookedTexts()
      var runs: [ReleaseRun] = []
      while let row = try rows.next() {
        let id: Int64 = row[0]
        func input(_ column: Int) -> LedgerEntry.Input {
          inputs[row[column]] ?? LedgerEntry.Input(name: "", digest: "")
        }
        var run = ReleaseRun(
          run: row[1], scenario: input(4), model: input(5), rig: input(6),
          rigKind: (row[17] as String?).flatMap { texts.kind($0) }, binary: input(7),
          firmware: names[row[8]] ?? "", startedAt: Date(milliseconds: row[11]),
          bookedAt: Date(milliseconds: row[12]))
        run.folder = row[2]
        run.journalDigest = row[3]
        run.overrides = texts.list(row[9]) ?? []
        run.seed = row[10]
        run.verdict = (row[13] as String?).flatMap(Verdict.init)
        run.cause = row[14]
        run.step = (row[15] as Int64?).flatMap { paths[$0] }
        run.held = row[16]
        run.leftOut = (row[18] as String?).flatMap { texts.list($0) }
        run.sawFirmware = seen.contains(id)
        run.measured = measured[id] ?? [:]
        runs.append(run)
      }
      return runs
    }
  }

  /// Firmwares that are called a version, with how many runs were booked until an instant.
  public func bookedFirmwares(
    called version: String, bookedUntil asOf: Date
  ) throws(LedgerError) -> [BookedFirmware] {
    try reading { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, count(*) FROM firmwares JOIN runs ON firmware = firmwares.id
          WHERE (name = ? OR substr(name, 1, ?) = ?) AND bookedAt <= ?
          GROUP BY name ORDER BY name
          """,
        arguments: [version, version.unicodeScalars.count + 1, version + "@", asOf.milliseconds]
      ).map { BookedFirmware(name: $0[0], runs: $0[1]) }
    }
  }

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }

  private static func inputs(_ db: Database) throws -> [Int64: LedgerEntry.Input] {
    try Row.fetchAll(db, sql: "SELECT id, name, digest FROM inputs").reduce(into: [:]) {
      $0[$1[0]] = LedgerEntry.Input(name: $1[1], digest: $1[2])
    }
  }

  /// The runs whose screens showed the version under test before the first step of their own.
  private static func sawFirmware(_ db: Database, of firmwares: [Int64]) throws -> Set<Int64> {
    try Int64.fetchSet(
      db,
      sql: """
        SELECT steps.run FROM steps JOIN runs ON runs.id = steps.run
        WHERE path = (SELECT id FROM paths WHERE path = ?) AND outcome = 'passed'
          AND firmware IN (\(marks(firmwares.count)))
        """, arguments: [ActionWords.firmwareSeen] + StatementArguments(firmwares))
  }

  /// What was measured in the runs of firmwares, by run and by name.
  private static func measured(
    _ db: Database, _ names: [String], of firmwares: [Int64]
  ) throws -> [Int64: [String: [Double]]] {
    var found: [Int64: [String: [Double]]] = [:]
    for name in names {
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT measurements.run, value FROM measures
            CROSS JOIN measurements ON measure = measures.id
            CROSS JOIN runs ON runs.id = measurements.run
          WHERE name = ? AND firmware IN (\(marks(firmwares.count)))
          ORDER BY measurements.run, ordinal
          """, arguments: [name] + StatementArguments(firmwares))
      while let row = try rows.next() {
        found[row[0], default: [:]][name, default: []].append(row[1])
      }
    }
    return found
  }
}

/// What rows say as JSON, read once for each text: many rows say the same.
private struct BookedTexts {
  private var kinds: [String: RunStart.RigKind?] = [:]
  private var lists: [String: [String]?] = [:]

  mutating func kind(_ text: String) -> RunStart.RigKind? {
    if let known = kinds[text] { return known }
    let kind = RunStart.RigKind(booked: text)
    kinds[text] = kind
    return kind
  }

  mutating func list(_ text: String) -> [String]? {
    if let known = lists[text] { return known }
    let list = JSONValue.texts(booked: text)
    lists[text] = list
    return list
  }
}
