import Foundation
import GRDB
import RunJournal
import Testing

@testable import Ledger

/// Whatever is done to a ledger's tables is named.
@Suite("Tampering")
struct TamperTests {
  private let folder: Folder
  private let original: SQLiteLedger
  private let pristine: (ledger: Data, head: Data)

  init() throws {
    folder = try Folder()
    original = try folder.ledger()
    try original.book(
      (0..<8).map { number in
        var told = number % 3 == 1 ? Told.failed("not-seen") : Told(model: "model-\(number % 2)")
        told.steps = [("Open", 2, "clicked"), ("Wait", 3 + number, "looked")]
        return told
      })
    var killed = try Told(run: "killed", verdict: nil).entry
    killed.journalBytes = 10
    _ = try original.book([killed], at: .now)
    var ended = try Told(run: "killed").entry
    ended.pictures = [.init(file: "a", digest: String(repeating: "7", count: 64))]
    _ = try original.book([ended], at: .now)
    try original.noteGone(run: "run-2", as: .pruned, at: .now)
    try original.noteGone(run: "run-3", as: .forgotten, at: .now)
    let path = folder.path + "/pristine.sqlite"
    try original.backUp(to: path)
    pristine = (
      try Data(contentsOf: URL(filePath: path)), try Data(contentsOf: URL(filePath: path + ".head"))
    )
  }

  /// What is found of the ledger once something was done to it; nil where nothing can be done so.
  private func findings(
    after change: (Database, String) throws -> Bool
  ) throws -> [String]? {
    let path = "\(folder.path)/\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try pristine.ledger.write(to: URL(filePath: path))
    try pristine.head.write(to: URL(filePath: path + ".head"))
    let store = try SQLiteLedger(path)
    let isDone = try store.queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      return try change(db, path)
    }
    guard isDone else { return nil }
    do {
      return try store.auditChain(.everything, anchors: []).findings
    } catch {
      return ["\(error)"]
    }
  }

  @Test("the ledger as it was made has no findings")
  func whole() throws {
    #expect(try findings { _, _ in true } == [])
  }

  /// The tables whose rows runs are made of, with the columns that say something.
  private static let cells: [(table: String, columns: [String])] = [
    (
      "runs",
      [
        "id", "run", "scenario", "model", "rig", "binary", "calibration", "firmware", "seed",
        "overrides", "retryOf", "host", "startedAt", "bookedAt", "verdict", "step", "cause", "part",
        "errno", "reason", "held", "recorderSeconds", "wallSeconds", "journalDigest",
        "journalBytes", "prunedAt",
      ]
    ),
    ("steps", ["run", "number", "parent", "path", "outcome", "cause", "seconds"]),
    ("measurements", ["measure", "run", "ordinal", "value"]),
    ("pictures", ["run", "digests"]),
    ("links", ["sequence", "kind", "run", "at", "row", "parts", "digest"]),
    ("chain", ["ledger", "since"]),
    ("inputs", ["id", "kind", "name", "digest"]), ("paths", ["id", "path"]),
    ("measures", ["id", "name", "unit"]), ("firmwares", ["id", "name"]),
  ]

  @Test("any cell of any row that is changed is named")
  func everyCell() throws {
    var tried = 0
    for (table, columns) in Self.cells {
      let rows = try original.queue.read { db in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
      }
      for column in columns {
        for row in 0..<min(rows, 3) {
          let found = try findings { db, _ in try Self.change(db, table, column, row) }
          guard let found else { continue }
          tried += 1
          #expect(!found.isEmpty, "\(table).\(column) of row \(row)")
        }
      }
    }
    #expect(tried > 120)
  }

  /// Gives a cell another value; false where the table's own rules allow none, or nothing rests on it.
  private static func change(
    _ db: Database, _ table: String, _ column: String, _ row: Int
  ) throws -> Bool {
    let keys = try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))")
      .filter { $0["pk"] as Int > 0 }.map { $0["name"] as String }
    let order = keys.isEmpty ? "rowid" : keys.joined(separator: ", ")
    let type =
      try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))")
      .first { $0["name"] == column }?["type"] as String?
    let values =
      type == "TEXT"
      ? column == "verdict"
        ? ["iif(verdict IS 'aborted', 'failed', 'aborted')"]
        : ["coalesce(\(column), '') || 'x'"]
      : type == "BLOB" ? ["zeroblob(31)", "NULL"] : ["coalesce(\(column), 0) + 1", "97"]
    let place =
      "(\(order)) = (SELECT \(order) FROM \(table) ORDER BY \(order) LIMIT 1 OFFSET \(row))"
    for value in values {
      do {
        try db.execute(sql: "UPDATE \(table) SET \(column) = \(value) WHERE \(place)")
        return db.changesCount == 1
      } catch { continue }
    }
    return false
  }

  @Test("any run, link, step and any run with its links that is taken away is named")
  func everyRow() throws {
    let runs = try original.bookedFolders().map(\.run)
    for run in runs {
      let alone = try findings { db, _ in
        try db.execute(sql: "DELETE FROM runs WHERE run = ?", arguments: [run])
        return true
      }
      #expect(alone?.contains { $0.contains("the run \(run), ") } == true, "\(run)")
      let whole = try findings { db, _ in
        try db.execute(
          sql: "DELETE FROM runs WHERE run = ?1", arguments: [run])
        try db.execute(sql: "DELETE FROM links WHERE run = ?1", arguments: [run])
        return true
      }
      #expect(whole?.contains { $0.hasPrefix("link") || $0.contains("cut off") } == true, "\(run)")
    }
    for sequence in 1...(try original.head().sequence) {
      let found = try findings { db, _ in
        try db.execute(sql: "DELETE FROM links WHERE sequence = ?", arguments: [sequence])
        return true
      }
      #expect(
        found?.contains { $0 == "link \(sequence) is gone" || $0.contains("cut off") } == true)
    }
    let last = try findings { db, _ in
      try db.execute(
        sql: "DELETE FROM steps WHERE run = 8 AND number = 2")
      return true
    }
    #expect(last?.isEmpty == false)
  }

  @Test("any two runs or links that change places are named")
  func swapped() throws {
    let count = try original.bookedFolders().count
    for first in 1..<count {
      for second in (first + 1)...count {
        let runs = try findings { db, _ in
          try db.execute(
            sql: """
              UPDATE runs SET id = -1 WHERE id = \(first); UPDATE runs SET id = \(first) WHERE id = \
              \(second); UPDATE runs SET id = \(second) WHERE id = -1
              """)
          return true
        }
        #expect(runs.map { $0.count >= 1 } == true, "runs \(first) and \(second)")
        let links = try findings { db, _ in
          try db.execute(
            sql: """
              UPDATE links SET sequence = -1 WHERE sequence = \(first); UPDATE links SET sequence = \
              \(first) WHERE sequence = \(second); UPDATE links SET sequence = \(second) WHERE sequence = -1
              """)
          return true
        }
        #expect(links.map { $0.count >= 2 } == true, "links \(first) and \(second)")
      }
    }
  }

  @Test("a forger who mends the links after a change is found out by the head")
  func mended() throws {
    let kept = try original.head()
    let found = try findings { db, _ in
      try db.execute(sql: "UPDATE runs SET verdict = 'passed' WHERE run = 'run-1'")
      let scribe = try RunScribe(db, RunScribe.Plan(db))
      var previous = try #require(try ChainRows.beginning(db)).digest
      for row in try Row.fetchAll(db, sql: "SELECT * FROM links ORDER BY sequence") {
        var link = ChainLink(
          sequence: row["sequence"],
          kind: try #require(ChainLink.Kind(rawValue: row["kind"])), run: row["run"],
          at: row["at"], row: (row["row"] as Data?).map { Array($0) },
          parts: (row["parts"] as Data?).map { Array($0) })
        if link.run == "run-1" { link.row = try scribe.row(of: 2) }
        previous = link.digest(after: previous)
        try db.execute(
          sql: "UPDATE links SET row = ?, digest = ? WHERE sequence = ?",
          arguments: [link.row.map { Data($0) }, Data(previous), link.sequence])
      }
      return true
    }
    #expect(
      found?.map { $0.hasPrefix("link \(kept.sequence) is not the one that its head tells") } == [
        true
      ]
    )
  }

  @Test("another program that knows no more than how the chain is described follows it to the head")
  func byPython() throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "follow_chain.py").path
    func follow(_ path: String) throws -> String {
      let python = Process()
      python.executableURL = URL(filePath: "/usr/bin/python3")
      python.arguments = [script, path]
      let said = Pipe()
      python.standardOutput = said
      try python.run()
      let text = try said.fileHandleForReading.readToEnd() ?? Data()
      python.waitUntilExit()
      return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let path = folder.path + "/pristine.sqlite"
    let head = try original.head()
    #expect(try follow(path) == "\(head.sequence) \(head.digest)")
    try SQLiteLedger(path).queue.writeWithoutTransaction {
      try $0.execute(sql: "UPDATE runs SET seed = '9' WHERE run = 'run-5'")
    }
    #expect(try follow(path) == "run-5")
  }
}
