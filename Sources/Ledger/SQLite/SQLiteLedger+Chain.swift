import Digests
public import FoundationEssentials
import GRDB
import WholeFiles

extension SQLiteLedger {
  /// Writes all or nothing, with links for what was written, and then the head.
  func chaining<Answer>(
    _ write: (Database, ChainWriter) throws -> Answer
  ) throws(LedgerError) -> Answer {
    // On the disk before the head tells of it: a power cut would look like an end that was cut off.
    let (answer, added) = try writing(durably: true) { db in
      let chain = try ChainWriter(db, plan)
      let answer = try write(db, chain)
      return (answer, chain.added)
    }
    if let added { try renewHead(tellingOf: Int(added)) }
    return answer
  }

  /// The end of the chain.
  public func head() throws(LedgerError) -> ChainHead {
    try reading(ChainRows.head)
  }

  /// The digest of the last link that was added by an instant, in hex, which stands for all that was
  /// booked by then; nil where nothing was.
  ///
  /// - Throws: when the ledger can't be read.
  public func head(asOf instant: Date) throws(LedgerError) -> String? {
    try reading { db in try ChainRows.digest(asOf: instant.milliseconds, db) }
  }

  /// The digests of a run's pictures.
  public func pictureDigests(of run: String) throws(LedgerError) -> [String?]? {
    let missing = Data(count: 32)
    return try reading { db in
      let digests = try Data.fetchOne(
        db.cachedStatement(
          sql: "SELECT digests FROM pictures JOIN runs ON runs.id = pictures.run WHERE runs.run = ?"
        ), arguments: [run])
      return digests.map { digests in
        stride(from: 0, to: digests.count, by: 32).map { start in
          let digest = digests.dropFirst(start).prefix(32)
          return digest == missing ? nil : SHA256Digest.hexDigits(Array(digest))
        }
      }
    }
  }

  /// Follows the chain, meets it with the rows, and holds it against its head and others.
  public func auditChain(
    _ depth: ChainAudit.Depth, anchors: [ChainHead] = []
  ) throws(LedgerError) -> ChainAudit {
    // Read before the rows are: a head that is written meanwhile tells of links that these lack.
    let kept = HeadFile(of: path).read()
    return try reading { db in
      guard let beginning = try ChainRows.beginning(db) else {
        var check = ChainCheck(beginning: [])
        check.note("the ledger does not say where its chain begins, or says it twice")
        return check.audit
      }
      var check = ChainCheck(beginning: beginning.digest)
      try Self.follow(db, &check)
      try meet(db, depth, &check)
      switch kept {
      case .head(let head):
        try check.hold(against: head, in: "its head", of: beginning.ledger) {
          try ChainRows.digest(of: $0, db)
        }
      case .missing(let reason): check.note(reason)
      }
      for anchor in anchors {
        try check.hold(against: anchor, in: "an anchor", of: beginning.ledger) {
          try ChainRows.digest(of: $0, db)
        }
      }
      check.note(since: beginning.since, head: try ChainRows.head(db))
      return check.audit
    }
  }

  private static func follow(_ db: Database, _ check: inout ChainCheck) throws {
    let links = try Row.fetchCursor(
      db, sql: "SELECT sequence, digest, kind, run, at, row, parts FROM links ORDER BY sequence")
    while let row = try links.next() {
      let digest = try row.withUnsafeData(atIndex: 1) { Array($0 ?? Data()) }
      let kind: String = row[2]
      guard let kind = ChainLink.Kind(rawValue: kind) else {
        check.take(unknown: kind, row[0], digest: digest)
        continue
      }
      let link = ChainLink(
        sequence: row[0], kind: kind, run: row[3], at: row[4],
        row: try row.withUnsafeData(atIndex: 5) { $0.map { Array($0) } },
        parts: try row.withUnsafeData(atIndex: 6) { $0.map { Array($0) } })
      check.take(link, digest: digest)
    }
  }

  private func meet(
    _ db: Database, _ depth: ChainAudit.Depth, _ check: inout ChainCheck
  ) throws {
    let scribe = RunScribe(db, plan)
    let runs = try scribe.runs()
    while let row = try runs.next() {
      let run = scribe.name(of: row)
      check.take(
        row: try scribe.row(row), of: run, goneAt: scribe.goneAt(of: row),
        parts: depth.includesParts(of: run) ? try scribe.parts(of: scribe.id(of: row)) : nil)
    }
    check.endRows()
  }

  /// Goes on from the present end.
  public func resume(at now: Date) throws(LedgerError) -> String {
    let told =
      switch HeadFile(of: path).read() {
      case .head(let head): "link \(head.sequence) with \(head.digest)"
      case .missing(let reason): reason
      }
    try writing(durably: true) { db in
      try ChainWriter(db, plan).add(.resumed, told, at: now.milliseconds)
    }
    try renewHead(tellingOf: nil)
    return told
  }
}

extension ChainAudit.Depth {
  fileprivate func includesParts(of run: String) -> Bool {
    switch self {
    case .rows: false
    case .parts(let runs): runs.contains(run)
    case .everything: true
    }
  }
}
