import FoundationEssentials
public import RunJournal
import Synchronization

/// A ledger in the hands of who plays runs: it is opened when it is first needed, and one that can't
/// be written stops nobody.
public final class LedgerBook: Sendable {
  private enum State {
    case unopened
    case opened(any LedgerStore)
    case refused(LedgerError)
  }

  private let open: @Sendable () throws(LedgerError) -> any LedgerStore
  private let state = Mutex(State.unopened)

  /// Creates a book.
  ///
  /// - Parameter open: opens the ledger; is called once.
  public init(open: @escaping @Sendable () throws(LedgerError) -> any LedgerStore) {
    self.open = open
  }

  /// A book of the ledger in a file.
  public convenience init(_ path: String) {
    self.init { () throws(LedgerError) in try SQLiteLedger(path) }
  }

  /// Writes down that a run begins; whether that fails is told once it has ended.
  ///
  /// - Parameters:
  ///   - start: the run.
  ///   - folder: its run folder, whose journal is being written.
  public func begin(_ start: RunStart, in folder: String) {
    try? store().begin(run: start.wall.runID, folder: RunFolderReader.absolute(folder))
  }

  /// The folder of the last passed run of the same scenario, model and rig whose journal is there.
  ///
  /// - Parameter start: the run.
  /// - Returns: the folder; nil where there is none, or nobody can tell.
  public func lastGoodRun(before start: RunStart) -> String? {
    let filter = RunFilter(
      scenario: start.scenario.name, model: start.model.name, rig: start.rig.name, verdict: .passed)
    let runs = try? store().runs(filter, limit: Self.mostLookedAt)
    return runs?.first {
      $0.run != start.wall.runID && $0.prunedAt == nil
        && FileManager.default.isReadableFile(atPath: "\($0.folder)/\(JournalFormat.fileName)")
    }?.folder
  }

  /// How many runs are looked at for one whose folder is there.
  private static let mostLookedAt = 20

  /// Books a run that has ended.
  ///
  /// - Parameter folder: its run folder.
  /// - Returns: why it is not booked; nil where it is.
  public func book(_ folder: String) -> String? {
    do throws(LedgerError) {
      switch RunFolderReader.read(RunFolderReader.absolute(folder), isOver: true) {
      case .run(var entry):
        entry.digestPictures()
        return try book(entry)
      case .pruned: return nil
      case .goingOn: return "\(folder): its journal is still being written"
      case .unreadable(let reason): return reason
      }
    } catch {
      return "\(error)"
    }
  }

  private func book(_ entry: LedgerEntry) throws(LedgerError) -> String? {
    let booking = try store().book([entry], at: .now)
    return booking == [.conflicting]
      ? "\(entry.folder): another journal of the run \(entry.run) is booked" : nil
  }

  /// Books what runs that were killed have left.
  ///
  /// - Returns: their folders, which have no reports yet.
  /// - Throws: when the ledger can't be opened, read or written.
  public func bookLeftovers() throws(LedgerError) -> [String] {
    try LedgerImport(leftIn: store(), at: .now).killed
  }

  private func store() throws(LedgerError) -> any LedgerStore {
    try state.withLock { state throws(LedgerError) in
      switch state {
      case .opened(let store): return store
      case .refused(let error): throw error
      case .unopened: break
      }
      do throws(LedgerError) {
        let store = try open()
        state = .opened(store)
        return store
      } catch {
        state = .refused(error)
        throw error
      }
    }
  }
}
