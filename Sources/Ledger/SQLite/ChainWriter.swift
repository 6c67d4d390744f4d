import FoundationEssentials
import GRDB

/// Adds links to a ledger's chain, within the transaction that writes what they are of.
final class ChainWriter {
  private let db: Database
  private var last: (sequence: Int64, digest: [UInt8])
  private let scribe: RunScribe
  /// The number of the link that was added last; nil where none was.
  private(set) var added: Int64?

  init(_ db: Database, _ plan: RunScribe.Plan) throws {
    self.db = db
    scribe = RunScribe(db, plan)
    let end = try ChainRows.end(db)
    last = (end.sequence, end.digest)
  }

  /// Adds a link for what was written of a run.
  ///
  /// - Parameters:
  ///   - kind: what was done.
  ///   - run: the run's name.
  ///   - at: when, in milliseconds since 1970 in UTC.
  ///   - row: the number of the run's row; nil where none was written.
  /// - Throws: when it can't be written.
  func add(_ kind: ChainLink.Kind, _ run: String, at: Int64, row: Int64? = nil) throws {
    var link = ChainLink(sequence: last.sequence + 1, kind: kind, run: run, at: at)
    if let row {
      link.row = try scribe.row(of: row)
      link.parts = try scribe.parts(of: row)
    }
    let digest = link.digest(after: last.digest)
    try db.cachedStatement(sql: "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
      arguments: [
        link.sequence, kind.rawValue, run, at, link.row.map { Data($0) },
        link.parts.map { Data($0) }, Data(digest),
      ])
    last = (link.sequence, digest)
    added = link.sequence
  }
}
