import ArgumentParser
import FoundationEssentials
import Ledger
public import RunSessions

extension LedgerPlace {
  /// The variables that name the ledger's place: the process's own, or a test's.
  @TaskLocal public static var environment = ProcessInfo.processInfo.environment
}

/// Which ledger.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger of all runs, an SQLite file; none for no ledger. If left out, GANTRY_LEDGER, or "
        + "gantry/ledger.sqlite under $XDG_STATE_HOME.", valueName: "file"),
    completion: .file())
  var ledger: String?

  func validate() throws {
    if ledger == "" { throw ValidationError("--ledger needs a file.") }
  }

  /// The ledger's file; nil where there is none.
  var path: String? {
    LedgerPlace.path(wanted: ledger, environment: LedgerPlace.environment)
  }

  /// Where runs are booked; nil where they are not.
  var book: LedgerBook? { path.map { LedgerBook($0) } }

  /// The ledger, opened, with all that killed runs have left booked.
  ///
  /// - Parameter isMade: whether it is made where it is not there yet.
  /// - Returns: the ledger.
  /// - Throws: when there is none, or it can't be opened.
  func store(isMade: Bool = false) throws -> SQLiteLedger {
    guard let path else {
      throw CommandFailure.invalid("there is no ledger to ask: name one by --ledger")
    }
    guard isMade || FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.invalid(
        "\(path): there is no ledger yet; gantry run and gantry ledger import make one")
    }
    let store = try SQLiteLedger(path)
    _ = try LedgerImport(leftIn: store, at: .now)
    return store
  }
}
