import Digests
public import FoundationEssentials
import GRDB
import OrderedJSON

extension SQLiteLedger {
  /// Writes down that a run begins.
  public func begin(run: String, folder: String) throws(LedgerError) {
    try writing { db in
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO begun (run, folder) VALUES (?, ?)")
        .execute(arguments: [run, folder])
    }
  }

  /// Runs that began and were not booked since.
  public func begun() throws(LedgerError) -> [BegunRun] {
    try reading { db in
      try Row.fetchAll(db, sql: "SELECT run, folder FROM begun ORDER BY id")
        .map { BegunRun(run: $0[0], folder: $0[1]) }
    }
  }

  /// Forgets that a run began.
  public func forgetBegun(run: String, at now: Date) throws(LedgerError) -> Bool {
    try chaining { db, chain in
      try db.execute(sql: "DELETE FROM begun WHERE run = ?", arguments: [run])
      if db.changesCount == 0 { return false }
      try chain.add(.forgotten, run, at: now.milliseconds)
      return true
    }
  }

  /// Books runs in one transaction.
  public func book(
    _ entries: [LedgerEntry], at now: Date
  ) throws(LedgerError) -> [Booking] {
    try chaining { db, chain in
      let clerk = Clerk(db: db, chain: chain, now: now.milliseconds)
      return try entries.map(clerk.book)
    }
  }

  /// Writes down that the folder of a booked run is gone.
  public func noteGone(
    run: String, as departure: Departure, at now: Date
  ) throws(LedgerError) {
    try chaining { db, chain in
      try db.execute(
        sql: "UPDATE runs SET prunedAt = ?1 WHERE run = ?2 AND prunedAt IS NOT ?1",
        arguments: [now.milliseconds, run])
      // What was written down before is not written down twice.
      if db.changesCount == 0 { return }
      try chain.add(departure == .pruned ? .pruned : .forgotten, run, at: now.milliseconds)
    }
  }
}

/// Writes entries within one transaction.
private struct Clerk {
  let db: Database
  let chain: ChainWriter
  let now: Int64

  func book(_ entry: LedgerEntry) throws -> Booking {
    let known = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT id, journalDigest, journalBytes, verdict FROM runs WHERE run = ?"),
      arguments: [entry.run])
    if let known {
      let booking = compare(known, with: entry)
      guard booking == .completed else {
        try noteFolder(of: entry, as: booking)
        try forgetBegun(entry)
        return booking
      }
      try db.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [known["id"] as Int64])
    }
    let run = try insert(entry)
    try insertSteps(of: entry, in: run)
    try insertMeasurements(of: entry, in: run)
    try insertPictures(of: entry, in: run)
    try forgetBegun(entry)
    try chain.add(known == nil ? .booked : .completed, entry.run, at: now, row: run)
    return known == nil ? .booked : .completed
  }

  /// What an entry is to the one of the same name that is booked: a journal only grows until its end
  /// is written.
  private func compare(_ known: Row, with entry: LedgerEntry) -> Booking {
    if known["journalDigest"] as String == entry.journalDigest { return .known }
    if known["verdict"] as String? == nil {
      return entry.journalBytes > known["journalBytes"] ? .completed : .known
    }
    return entry.hasEnded ? .conflicting : .known
  }

  /// Run folders are moved.
  private func noteFolder(of entry: LedgerEntry, as booking: Booking) throws {
    guard booking == .known else { return }
    try db.cachedStatement(
      sql: "UPDATE runs SET folder = ? WHERE run = ? AND folder <> ? AND journalDigest = ?"
    ).execute(arguments: [entry.folder, entry.run, entry.folder, entry.journalDigest])
  }

  private func forgetBegun(_ entry: LedgerEntry) throws {
    try db.cachedStatement(sql: "DELETE FROM begun WHERE run = ?").execute(arguments: [entry.run])
  }

  private func insert(_ entry: LedgerEntry) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO runs (
          run, scenario, model, rig, binary, calibration, firmware, seed, overrides, retryOf, host,
          startedAt, bookedAt, verdict, step, cause, part, errno, reason, held, recorderSeconds,
          wallSeconds, journalDigest, journalBytes, folder, rigKind, leftOut)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let inputs: [(any DatabaseValueConvertible)?] = [
      entry.run, try input(.scenario, entry.scenario), try input(.model, entry.model),
      try input(.rig, entry.rig), try input(.binary, entry.binary),
      try entry.calibration.map { try input(.calibration, $0) },
      try entry.firmware.map { try firmware($0) },
      String(entry.seed), JSONValue.strings(entry.overrides).description, entry.retryOf, entry.host,
      entry.startedAt.milliseconds, now,
    ]
    let outcome: [(any DatabaseValueConvertible)?] = [
      entry.verdict, try entry.decidingStep.map { try path($0) }, entry.cause?.code,
      entry.cause?.part, entry.cause?.errno, entry.reason, entry.held, entry.recorderSeconds,
      entry.wallSeconds, entry.journalDigest, entry.journalBytes, entry.folder,
      entry.rigKind?.bookedText, entry.leftOut.map { JSONValue.strings($0).description },
    ]
    try statement.execute(arguments: StatementArguments(inputs + outcome))
    return db.lastInsertedRowID
  }

  private func insertSteps(of entry: LedgerEntry, in run: Int64) throws {
    for step in entry.steps {
      try db.cachedStatement(sql: "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
        arguments: [
          run, step.number, step.parent, try path(step.path), step.outcome, step.cause?.code,
          step.cause?.part, step.cause?.errno, step.seconds,
        ])
    }
  }

  private func insertMeasurements(of entry: LedgerEntry, in run: Int64) throws {
    for (ordinal, measurement) in entry.measurements.enumerated() {
      let measure = try id(
        find: "SELECT id FROM measures WHERE name = ? AND unit = ?",
        add: "INSERT INTO measures (name, unit) VALUES (?, ?)",
        [measurement.name, measurement.unit])
      try db.cachedStatement(sql: "INSERT INTO measurements VALUES (?, ?, ?, ?)")
        .execute(arguments: [measure, run, ordinal, measurement.value])
    }
  }

  /// The digests of the pictures that a journal names, in its order; zeros for one that was not there.
  private func insertPictures(of entry: LedgerEntry, in run: Int64) throws {
    guard let pictures = entry.pictures else { return }
    var digests = Data()
    for picture in pictures {
      let digest = picture.digest.flatMap { SHA256Digest.raw($0) }
      digests += digest ?? [UInt8](repeating: 0, count: 32)
    }
    try db.cachedStatement(sql: "INSERT INTO pictures VALUES (?, ?)").execute(
      arguments: [run, digests])
  }

  private func input(_ kind: InputKind, _ input: LedgerEntry.Input) throws -> Int64 {
    try id(
      find: "SELECT id FROM inputs WHERE kind = ? AND name = ? AND digest = ?",
      add: "INSERT INTO inputs (kind, name, digest) VALUES (?, ?, ?)",
      [kind.rawValue, input.name, input.digest])
  }

  private func firmware(_ name: String) throws -> Int64 {
    try id(
      find: "SELECT id FROM firmwares WHERE name = ?",
      add: "INSERT INTO firmwares (name) VALUES (?)", [name])
  }

  private func path(_ path: String) throws -> Int64 {
    try id(
      find: "SELECT id FROM paths WHERE path = ?", add: "INSERT INTO paths (path) VALUES (?)",
      [path])
  }

  /// The number of a row that many runs share, which is added where it is missing.
  private func id(find: String, add: String, _ arguments: StatementArguments) throws -> Int64 {
    if let id = try Int64.fetchOne(db.cachedStatement(sql: find), arguments: arguments) {
      return id
    }
    try db.cachedStatement(sql: add).execute(arguments: arguments)
    return db.lastInsertedRowID
  }
}

/// What a run is made from, as the ledger's rows name it.
enum InputKind: String {
  case scenario, model, rig, binary, calibration
}

extension Date {
  /// Milliseconds since 1970 in UTC.
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

  /// The instant of milliseconds since 1970 in UTC.
  init(milliseconds: Int64) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}
