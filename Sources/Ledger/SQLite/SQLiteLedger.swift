import FoundationEssentials
import GRDB
import WholeFiles

/// A ledger in one SQLite file of this host, in write-ahead mode: readers never wait for writers, and
/// what was cut off in the middle of being written is as if it had not begun.
public final class SQLiteLedger: LedgerStore {
  /// The file.
  public let path: String
  let queue: DatabaseQueue
  /// What the chain covers.
  let plan: RunScribe.Plan

  /// How long a process waits for another one that is writing.
  private static let patience = 20.0

  /// Opens a ledger, or creates it with the folders above it.
  ///
  /// - Parameter path: the file.
  /// - Throws: when it lies on a file system of another host, is of a newer program, is no ledger,
  ///   or can't be opened.
  public init(_ path: String) throws(LedgerError) {
    self.path = path
    let folder = URL(filePath: path).deletingLastPathComponent().path
    do throws(WholeFile.Failure) {
      try WholeFile.makeFolder(folder)
    } catch {
      throw LedgerError("\(path): the ledger's folder can't be made: \(error.reason)")
    }
    if let remote = FileSystemKind.ofNetwork(at: folder) {
      throw LedgerError(
        "\(path) lies on \(remote), where processes can't share a ledger safely: name a file on a "
          + "disk of this host by --ledger or GANTRY_LEDGER, and back it up there by gantry ledger "
          + "backup", isInput: true)
    }
    // Of several processes that open a new ledger, one makes it.
    let lock = try Self.lock(path)
    defer { lock.release() }
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      let schema = LedgerSchema.migrator
      guard try queue.read(schema.hasBeenSuperseded) == false else {
        throw LedgerError("\(path) is a ledger of a newer gantry; use that one")
      }
      let isChained = try queue.read { try $0.tableExists("chain") }
      try schema.migrate(queue)
      plan = try queue.read(RunScribe.Plan.init)
      // A head that is there tells of a chain that is gone: it stays, for that to be seen.
      if !isChained, !FileManager.default.fileExists(atPath: HeadFile(of: path).path) {
        try HeadFile(of: path).write(try queue.read(ChainRows.head))
      }
    } catch let error as LedgerError {
      throw error
    } catch {
      throw LedgerError("\(path): the ledger can't be opened: \(Self.reason(error))")
    }
  }

  static func lock(_ path: String) throws(LedgerError) -> FileLock {
    do throws(FileLock.Refusal) {
      return try FileLock(path + ".lock", waits: true)
    } catch {
      switch error {
      case .taken(let holder):
        throw LedgerError("\(path): the ledger is being opened by \(holder)")
      case .failed(let failure):
        throw LedgerError("\(path): the ledger can't be opened: \(failure.reason)")
      }
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = true
    configuration.label = "gantry.ledger"
    // Questions about all runs read the whole file, which the kernel keeps in memory.
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456")
    }
    return configuration
  }

  /// Reads, with the database's own errors in our words.
  func reading<Answer>(
    _ read: (Database) throws -> Answer
  ) throws(LedgerError) -> Answer {
    do {
      return try queue.read(read)
    } catch {
      throw LedgerError("\(path): the ledger can't be read: \(Self.reason(error))")
    }
  }

  /// Writes all or nothing; the right to write is taken at the beginning, so that what was read
  /// still holds when it is written.
  ///
  /// - Parameters:
  ///   - durably: whether it has reached the disk when this returns, so that it outlives the machine;
  ///     otherwise it outlives the process.
  ///   - write: writes.
  /// - Returns: what that gives.
  /// - Throws: when nothing was written.
  func writing<Answer>(
    durably: Bool = false, _ write: (Database) throws -> Answer
  ) throws(LedgerError) -> Answer {
    do {
      return try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")")
        var answer: Answer?
        try db.inTransaction(.immediate) {
          answer = try write(db)
          return .commit
        }
        guard let answer else { throw LedgerError("nothing was written") }
        return answer
      }
    } catch {
      throw LedgerError("\(path): the ledger can't be written: \(Self.reason(error))")
    }
  }

  static func reason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return switch error.resultCode {
    case .SQLITE_BUSY: "another process kept it locked for \(Int(patience)) s"
    case .SQLITE_NOTADB: "it is no ledger (\(error.message ?? "not a database"))"
    case .SQLITE_CORRUPT: "it is damaged: make it again by gantry ledger import"
    default: error.message ?? "\(error.resultCode)"
    }
  }
}
