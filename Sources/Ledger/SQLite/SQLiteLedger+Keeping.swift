import FoundationEssentials
import GRDB

extension SQLiteLedger {
  /// Every booked run's folder and journal digest, in the order of booking.
  public func bookedFolders() throws(LedgerError) -> [BookedFolder] {
    try reading { db in
      try Row.fetchAll(
        db, sql: "SELECT run, folder, journalDigest, prunedAt IS NOT NULL FROM runs ORDER BY id"
      ).map { BookedFolder(run: $0[0], folder: $0[1], journalDigest: $0[2], isPruned: $0[3]) }
    }
  }

  /// Writes a copy page by page, and its head beside it; what is booked meanwhile has it begin again.
  public func backUp(to path: String) throws(LedgerError) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LedgerError("\(path) is there already; name a new file", isInput: true)
    }
    // A copy that is cut short never has the name that was asked for.
    let draft = path + ".part"
    do {
      try? FileManager.default.removeItem(atPath: draft)
      let copy = try DatabaseQueue(path: draft)
      try queue.backup(to: copy)
      // One file, without another beside it for what was written last.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      let head = try copy.read(ChainRows.head)
      try copy.close()
      try HeadFile(of: path).write(head)
      try FileManager.default.moveItem(atPath: draft, toPath: path)
    } catch let error as LedgerError {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw LedgerError("\(path): the copy can't be written: \(Self.reason(error))")
    }
  }

  /// What SQLite's own checks find, and rows that name what is not there.
  public func damages() throws(LedgerError) -> [String] {
    try reading { db in
      let whole = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let strays = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row[0] as String) names one of \(row[2] as String) that is not there"
      }
      return whole + strays
    }
  }
}
