import Evidence
import FoundationEssentials
public import Ledger
public import RunJournal
import Runner
import Scenario

/// A run that is asked about, and what its journal tells of how to play it again.
public struct InvestigatedRun: Sendable {
  /// How it began.
  public let start: RunStart
  /// What it came to.
  public let sign: Investigation.Sign
  /// The scenario's file, as the journal names it; nil where no step of it began.
  public let scenarioFile: String?

  /// Reads a run folder.
  ///
  /// - Parameter folder: the run folder.
  /// - Throws: when it can't be read, or the run passed or was stopped: there is nothing to ask.
  public init(_ folder: String) throws(LedgerError) {
    let journal: Journal
    do throws(EvidenceError) {
      journal = try RunReports.journal(of: folder)
    } catch {
      throw LedgerError("\(error)", isInput: true)
    }
    guard let end = journal.end else {
      throw LedgerError("\(folder): the run's end was never written", isInput: true)
    }
    guard end.verdict == .failed || end.verdict == .errored else {
      throw LedgerError("\(folder): the run \(end.verdict.rawValue)", isInput: true)
    }
    start = journal.start
    sign = Investigation.Sign(end)
    scenarioFile =
      journal.entries.lazy.compactMap { entry -> String? in
        guard case .stepStarted(let step) = entry.event, !StockParts.isPlace(step.location) else {
          return nil
        }
        // The line and the column stand behind.
        return step.location.split(separator: ":", omittingEmptySubsequences: false).dropLast(2)
          .joined(separator: ":")
      }.first
  }

  /// Names of what was secret, of which the journal has no value.
  public var withheld: [String] {
    (start.settings + start.parameters).filter { $0.hasSuffix("=\(Secret.placeholder)") }
      .map { String($0.prefix { $0 != "=" }) }
  }

  /// The last run before it, on the same rig, scenario and model by name, that passed.
  ///
  /// - Parameter store: the ledger.
  /// - Returns: the run as it is booked; nil where the ledger has none.
  /// - Throws: when the ledger can't be read.
  public func lastGood(in store: some LedgerStore) throws(LedgerError) -> LedgerEntry? {
    let filter = RunFilter(
      scenario: start.scenario.name, model: start.model.name, rig: start.rig.name, verdict: .passed)
    let began = try? Date(start.wall.startedAt, strategy: .iso8601)
    for run in try store.runs(filter, limit: 1000)
    where run.startedAt < began ?? .distantFuture {
      switch RunFolderReader.read(run.folder) {
      case .run(let entry): return entry
      case .pruned(let tombstone): return tombstone.run
      case .goingOn, .unreadable: continue
      }
    }
    return nil
  }
}
