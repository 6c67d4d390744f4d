import FoundationEssentials
import OrderedJSON
import WholeFiles

/// The file beside a ledger that tells where its chain ended when something was booked last: the rows
/// alone don't tell that the newest of them are gone.
struct HeadFile {
  /// What stands in it.
  enum Reading {
    case head(ChainHead)
    /// Nothing that is a head, for a reason.
    case missing(String)
  }

  /// What follows the ledger's own name.
  static let ending = ".head"

  let path: String

  init(of ledger: String) {
    path = ledger + Self.ending
  }

  func read() -> Reading {
    do throws(WholeFile.Failure) {
      let bytes = try WholeFile.bytes(of: path, limit: 4096)
      do throws(LedgerError) {
        return .head(try ChainHead(reading: bytes))
      } catch {
        return .missing("\(path): \(error)")
      }
    } catch {
      return .missing(
        error.isMissing
          ? "\(path) is gone, the ledger's head: whether its end was cut off can't be told"
          : "\(path): \(error.reason)")
    }
  }

  func write(_ head: ChainHead) throws(LedgerError) {
    do throws(WholeFile.Failure) {
      try WholeFile.replace(path, with: Array("\(head.json)\n".utf8))
    } catch {
      throw LedgerError("\(path): the ledger's head can't be written: \(error.reason)")
    }
  }
}

extension SQLiteLedger {
  /// Writes the head as the rows tell it.
  ///
  /// One that is of another end than the chain has stays: that an end was cut off is not forgotten by
  /// going on.
  ///
  /// - Parameter sequence: the link that the head must tell of; nil for a head that is written whatever
  ///   is there.
  /// - Throws: when it can't be written.
  func renewHead(tellingOf sequence: Int?) throws(LedgerError) {
    // Of several processes that have booked, one writes for all that wait.
    let lock = try Self.lock(path)
    defer { lock.release() }
    let file = HeadFile(of: path)
    guard let sequence else { return try file.write(head()) }
    guard case .head(let old) = file.read() else { return }
    let (head, known) = try reading { db in
      (try ChainRows.head(db), try ChainRows.digest(of: old.sequence, db))
    }
    guard old.ledger == head.ledger, old.digest == known, old.sequence < sequence else { return }
    try file.write(head)
  }
}
