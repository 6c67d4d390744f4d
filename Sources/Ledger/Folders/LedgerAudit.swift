import Digests
public import FoundationEssentials
import RunJournal
import WholeFiles

/// A ledger held against its file's own rules, its chain and the run folders.
public struct LedgerAudit: Sendable {
  /// How many runs are booked.
  public private(set) var runs = 0
  /// What is wrong, a line each.
  public private(set) var findings: [String] = []
  /// What was found of the chain; its findings are among ``findings``.
  public private(set) var chain: ChainAudit

  /// Checks a ledger.
  ///
  /// - Parameters:
  ///   - store: the ledger.
  ///   - paths: folders whose runs must be booked.
  ///   - anchors: heads of its chain that were kept elsewhere.
  /// - Throws: when the ledger can't be read, or a path is no folder.
  public init(
    of store: some LedgerStore, against paths: [String], anchors: [ChainHead] = []
  ) throws(LedgerError) {
    chain = try store.auditChain(.everything, anchors: anchors)
    findings = try store.damages() + chain.findings
    let booked = try store.bookedFolders()
    runs = booked.count
    for run in booked where !run.isPruned { findings += try Self.findings(on: run, in: store) }
    let known = Set(booked.map(\.run))
    for run in try store.begun() {
      if case .goingOn = RunFolderReader.read(run.folder) { continue }
      findings.append(
        "\(run.folder): the run \(run.run) began, and left no journal to be booked; gantry ledger forget takes that as it is"
      )
    }
    for path in paths {
      for folder in try RunFolderReader.folders(below: path) {
        switch RunFolderReader.read(folder) {
        case .run(let entry): findings += Self.missing(entry, in: folder, known)
        case .pruned(let tombstone): findings += Self.missing(tombstone.run, in: folder, known)
        case .unreadable(let reason): findings.append(reason)
        case .goingOn: break
        }
      }
    }
  }

  /// What is wrong with what some runs have left: those that something rests on.
  ///
  /// - Parameters:
  ///   - runs: the runs, by their names among all runs.
  ///   - store: the ledger.
  /// - Returns: a line each; nothing of runs whose folders were pruned.
  /// - Throws: when the ledger can't be read.
  public static func findings(
    on runs: Set<String>, in store: some LedgerStore
  ) throws(LedgerError) -> [String] {
    var findings: [String] = []
    for run in try store.bookedFolders() where runs.contains(run.run) && !run.isPruned {
      findings += try self.findings(on: run, in: store)
    }
    return findings
  }

  /// Takes it that the journal of a run is gone, so that nothing more is said of that: a run that began
  /// is forgotten, a booked one stays in history as one that was pruned.
  ///
  /// - Parameters:
  ///   - run: the run's name among all runs.
  ///   - store: the ledger.
  ///   - now: the present.
  /// - Throws: when its journal is there, no such run is known, or the ledger can't be written.
  public static func forget(
    _ run: String, in store: some LedgerStore, at now: Date
  ) throws(LedgerError) {
    if let begun = try store.begun().first(where: { $0.run == run }) {
      try refuse(run, in: begun.folder)
      _ = try store.forgetBegun(run: run, at: now)
    } else if let booked = try store.bookedFolders().first(where: { $0.run == run }) {
      try refuse(run, in: booked.folder)
      try store.noteGone(run: run, as: .forgotten, at: now)
    } else {
      throw LedgerError("no run \(run) is known", isInput: true)
    }
  }

  private static func refuse(_ run: String, in folder: String) throws(LedgerError) {
    let path = "\(folder)/\(JournalFormat.fileName)"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(
        "\(path): the journal of the run \(run) is there; gantry ledger import books it",
        isInput: true)
    }
  }

  private static func missing(
    _ entry: LedgerEntry, in folder: String, _ known: Set<String>
  ) -> [String] {
    known.contains(entry.run)
      ? [] : ["\(folder): the run \(entry.run) is not booked; gantry ledger import books it"]
  }

  /// What is wrong with the folder of a booked run: its journal and the pictures that this names must
  /// be those that were booked.
  private static func findings(
    on run: BookedFolder, in store: some LedgerStore
  ) throws(LedgerError) -> [String] {
    let bytes: [UInt8]
    do throws(WholeFile.Failure) {
      bytes = try WholeFile.bytes(of: "\(run.folder)/\(JournalFormat.fileName)")
    } catch {
      return [
        "\(run.folder): the journal of the run \(run.run) is gone or can't be read; where that is well: gantry ledger forget"
      ]
    }
    guard SHA256Digest.hex(bytes) == run.journalDigest else {
      return ["\(run.folder): the journal is not the one that was booked"]
    }
    guard let booked = try store.pictureDigests(of: run.run),
      let journal = try? Journal(reading: bytes)
    else { return [] }
    return zip(journal.keptFiles, booked).compactMap { file, digest in
      let found = LedgerEntry.digest(of: file, in: run.folder)
      guard let digest, digest != found else { return nil }
      return found == nil
        ? "\(run.folder)/\(file): the picture is gone or can't be read"
        : "\(run.folder)/\(file): the picture is not the one that was booked"
    }
  }
}
