import BenchOpening
import FoundationEssentials
import RecorderPast

/// Where the ledger of all runs is kept.
public enum LedgerPlace {
  /// The variable of the environment that names the place.
  public static let variable = "GANTRY_LEDGER"
  /// What stands for no ledger at all; a file of this name is `./none`.
  public static let none = "none"

  /// The ledger's file: the one that is asked for, or that `GANTRY_LEDGER` names, or
  /// `gantry/ledger.sqlite` under `$XDG_STATE_HOME`.
  ///
  /// - Parameters:
  ///   - wanted: the file that was asked for; nil where none was.
  ///   - environment: the variables.
  /// - Returns: its absolute path; nil where nothing is to be booked.
  public static func path(wanted: String?, environment: [String: String]) -> String? {
    let named = wanted ?? environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    if named == none { return nil }
    let path = named ?? "\(RecorderFolder.stateFolder(environment))/ledger.sqlite"
    return path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }
}
