import Digests
import FoundationEssentials
import GRDB

/// The tables of a ledger's chain.
enum ChainRows {
  static let tables = """
    CREATE TABLE chain (
      ledger TEXT NOT NULL, since INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE links (
      sequence INTEGER PRIMARY KEY,
      kind TEXT NOT NULL, run TEXT NOT NULL, at INTEGER NOT NULL,
      row BLOB, parts BLOB, digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE pictures (
      run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE, digests BLOB NOT NULL
    ) STRICT;
    """

  /// Makes the tables, and chains what is booked already as it stands.
  static func migrate(_ db: Database) throws {
    try db.execute(sql: tables)
    let now = Date.now.milliseconds
    var random = SystemRandomNumberGenerator()
    let name = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    try db.execute(
      sql: "INSERT INTO chain VALUES (?, ?)", arguments: [SHA256Digest.hexDigits(name), now])
    let chain = try ChainWriter(db, RunScribe.Plan(db))
    for run in try Row.fetchAll(db, sql: "SELECT id, run, prunedAt FROM runs ORDER BY id") {
      try chain.add(.adopted, run[1], at: now, row: run[0])
      if let prunedAt: Int64 = run[2] { try chain.add(.pruned, run[1], at: prunedAt) }
    }
  }

  /// What a chain begins from.
  struct Beginning {
    var ledger: String
    var since: Int64

    var digest: [UInt8] { ChainLink.beginning(ledger: ledger, since: since) }
  }

  /// What the chain begins from; nil where that is not told, or twice.
  static func beginning(_ db: Database) throws -> Beginning? {
    let rows = try Row.fetchAll(db, sql: "SELECT ledger, since FROM chain")
    return rows.count == 1 ? Beginning(ledger: rows[0][0], since: rows[0][1]) : nil
  }

  /// The last link's number, digest and time; those of the beginning where there is none.
  static func end(_ db: Database) throws -> (sequence: Int64, digest: [UInt8], at: Int64) {
    if let row = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT sequence, digest, at FROM links ORDER BY sequence DESC LIMIT 1"))
    {
      return (row[0], Array(row[1] as Data), row[2])
    }
    let beginning = try beginning(db)
    return (0, beginning?.digest ?? [], beginning?.since ?? 0)
  }

  /// The head of the chain as the rows tell it; its time to the second, as it is written down.
  static func head(_ db: Database) throws -> ChainHead {
    let end = try end(db)
    return ChainHead(
      ledger: try beginning(db)?.ledger ?? "", sequence: Int(end.sequence),
      digest: SHA256Digest.hexDigits(end.digest), at: Date(milliseconds: end.at / 1000 * 1000))
  }

  /// The digest of the last link that was added by an instant, in hex; nil where there is none.
  static func digest(asOf milliseconds: Int64, _ db: Database) throws -> String? {
    try Data.fetchOne(
      db, sql: "SELECT digest FROM links WHERE at <= ? ORDER BY sequence DESC LIMIT 1",
      arguments: [milliseconds]
    ).map { SHA256Digest.hexDigits(Array($0)) }
  }

  /// The digest of a link, in hex; nil where it is not there.
  static func digest(of sequence: Int, _ db: Database) throws -> String? {
    if sequence == 0 { return try beginning(db).map { SHA256Digest.hexDigits($0.digest) } }
    return try Data.fetchOne(
      db, sql: "SELECT digest FROM links WHERE sequence = ?", arguments: [sequence]
    ).map { SHA256Digest.hexDigits(Array($0)) }
  }
}
