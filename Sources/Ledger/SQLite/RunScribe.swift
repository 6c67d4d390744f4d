import Digests
import FoundationEssentials
import GRDB

/// Says what the rows of a run say, for the chain to cover: whatever columns and tables there are, so
/// that what a later program books is covered without a line here.
///
/// A row says its columns in the order of their names, and for one that names a row of a shared table
/// the columns of that row, as in `scenario.digest`. Values that are missing are passed over.
final class RunScribe {
  /// What tables and columns there are; the same for as long as a ledger is open.
  struct Plan: Sendable {
    /// What may change of a run afterwards: folders are moved, and what is pruned has links of its own.
    private static let unbound: Set<String> = ["folder", "prunedAt"]

    /// What a strict table keeps in a column.
    enum Kind: Sendable {
      case integer, real, text, bytes

      init(type: String) {
        self =
          switch type {
          case "INTEGER": .integer
          case "REAL": .real
          case "TEXT": .text
          default: .bytes
          }
      }
    }

    struct Column: Sendable {
      var name: String
      var index: Int
      var type: Kind
      /// The shared table whose row it names; nil for a plain value.
      var table: String?
    }

    /// A table whose rows belong to runs.
    struct Child: Sendable {
      var name: String
      var query: String
      var columns: [Column]
    }

    fileprivate let columns: [Column]
    fileprivate let places: (id: Int, run: Int, goneAt: Int)
    fileprivate let children: [Child]
    /// The columns of tables whose rows many runs share.
    fileprivate let shared: [String: [Column]]

    init(_ db: Database) throws {
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      var columns: [String: [Column]] = [:]
      for table in tables { columns[table] = try Self.columns(of: table, db) }
      let all = columns["runs"] ?? []
      func place(_ name: String) -> Int { all.first { $0.name == name }?.index ?? 0 }
      self.columns = all.filter { !Self.unbound.contains($0.name) }
      places = (place("id"), place("run"), place("prunedAt"))
      shared = columns.mapValues { $0.filter { $0.name != "id" } }
      children = tables.compactMap { name in
        guard let columns = columns[name],
          let owner = columns.first(where: { $0.table == "runs" })
        else { return nil }
        let places = columns.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        return Child(
          name: name, query: "SELECT * FROM \(name) WHERE \(owner.name) = ? ORDER BY \(places)",
          columns: columns.filter { $0.name != owner.name })
      }
    }

    /// The columns of a table, by their names.
    private static func columns(of table: String, _ db: Database) throws -> [Column] {
      let tables = try Row.fetchAll(db, sql: "PRAGMA foreign_key_list(\(table))")
        .reduce(into: [String: String]()) { $0[$1["from"]] = $1["table"] }
      return try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))").map { row in
        Column(
          name: row["name"], index: row["cid"], type: Kind(type: row["type"]),
          table: tables[row["name"] as String])
      }.sorted { $0.name < $1.name }
    }
  }

  private let db: Database
  private let plan: Plan
  /// Lines of rows that many runs share, by column and row.
  private var shared: [String: [Int64: [UInt8]]] = [:]
  private var spoken = SpokenBytes()

  init(_ db: Database, _ plan: Plan) {
    self.db = db
    self.plan = plan
  }

  /// Every run's row, in the order of booking.
  func runs() throws -> RowCursor {
    try Row.fetchCursor(db, sql: "SELECT * FROM runs ORDER BY id")
  }

  /// The number of a row that ``runs()`` gives.
  func id(of run: Row) -> Int64 { run[plan.places.id] }

  /// The run of a row that ``runs()`` gives.
  func name(of run: Row) -> String { run[plan.places.run] }

  /// When its folder went, as a row that ``runs()`` gives says.
  func goneAt(of run: Row) -> Int64? { run[plan.places.goneAt] }

  /// SHA-256 of what a run's own row says.
  func row(_ run: Row) throws -> [UInt8] {
    spoken.clear()
    try speak(run, plan.columns)
    return SHA256Digest.bytes(of: spoken.bytes)
  }

  /// SHA-256 of what a run's own row says.
  func row(of id: Int64) throws -> [UInt8] {
    let statement = try db.cachedStatement(sql: "SELECT * FROM runs WHERE id = ?")
    let run = try Row.fetchOne(statement, arguments: [id])
    return try run.map(row) ?? []
  }

  /// SHA-256 of what the rows say that belong to a run's.
  func parts(of id: Int64) throws -> [UInt8] {
    spoken.clear()
    for child in plan.children {
      spoken.add("table", child.name)
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: child.query), arguments: [id])
      var number: Int64 = 0
      while let row = try rows.next() {
        number += 1
        spoken.add("row", number)
        try speak(row, child.columns)
      }
    }
    return SHA256Digest.bytes(of: spoken.bytes)
  }

  private func speak(_ row: Row, _ columns: [Plan.Column]) throws {
    for column in columns where !row.hasNull(atIndex: column.index) {
      if let table = column.table {
        spoken.add(lines: try lines(of: column, in: table, row[column.index]))
      } else {
        try speak(column.name, column.type, row, column.index)
      }
    }
  }

  private func speak(_ name: String, _ type: Plan.Kind, _ row: Row, _ index: Int) throws {
    switch type {
    case .integer: spoken.add(name, row[index] as Int64)
    case .real: spoken.add(name, row[index] as Double)
    // By its bytes: a text that is read as one ends at its first zero.
    case .text:
      try row.withUnsafeData(atIndex: index) { data in
        (data ?? Data()).withUnsafeBytes { spoken.add(name, text: $0) }
      }
    case .bytes:
      try row.withUnsafeData(atIndex: index) { data in
        (data ?? Data()).withUnsafeBytes { spoken.add(name, raw: $0) }
      }
    }
  }

  /// What a row of a shared table says, with the column's name before each of its own.
  private func lines(of column: Plan.Column, in table: String, _ id: Int64) throws -> [UInt8] {
    if let known = shared[column.name]?[id] { return known }
    let found = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM \(table) WHERE id = ?"), arguments: [id])
    let outer = spoken
    spoken = SpokenBytes()
    for part in plan.shared[table] ?? [] {
      if let found, !found.hasNull(atIndex: part.index) {
        try speak("\(column.name).\(part.name)", part.type, found, part.index)
      }
    }
    let lines = spoken.bytes
    spoken = outer
    shared[column.name, default: [:]][id] = lines
    return lines
  }
}
