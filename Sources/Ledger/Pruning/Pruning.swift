import Digests
public import FoundationEssentials
import RunJournal

/// Makes room among run folders: what goes leaves its digests and a tombstone, and stays booked.
public struct Pruning: Sendable {
  /// The file whose presence in a run folder keeps it, with who holds it and why.
  public static let holdName = "hold"

  /// A folder that goes.
  public struct Gone: Sendable, Hashable {
    /// The run folder.
    public var folder: String
    /// Why it goes.
    public var reason: String
    /// How many bytes it took on the disk.
    public var bytes: Int
  }

  /// What goes, oldest first.
  public private(set) var gone: [Gone] = []
  /// How many folders stay.
  public private(set) var kept = 0
  /// How many bytes they take on the disk.
  public private(set) var keptBytes = 0
  /// Whether that is more than it may be: what stays must stay.
  public private(set) var isTooMuch = false
  /// Folders that can't be judged or emptied, each with the reason.
  public private(set) var refused: [String] = []

  private var entries: [String: LedgerEntry] = [:]
  /// Folders whose emptying was cut off.
  private var unfinished: [(folder: String, tombstone: Tombstone)] = []

  /// Decides which run folders go; nothing is touched.
  ///
  /// - Parameters:
  ///   - paths: run folders, and folders of them.
  ///   - rules: which go.
  ///   - now: the present.
  /// - Throws: when a path is no folder.
  public init(
    _ paths: [String], by rules: PruneRules, at now: Date
  ) throws(LedgerError) {
    var candidates: [PruneRules.Candidate] = []
    for path in paths {
      for folder in try RunFolderReader.folders(below: path) {
        if let candidate = judge(folder) { candidates.append(candidate) }
      }
    }
    let (chosen, isTooMuch) = rules.choose(candidates, at: now)
    self.isTooMuch = isTooMuch
    gone = chosen.map {
      Gone(folder: $0.candidate.folder, reason: $0.reason, bytes: $0.candidate.bytes)
    }
    kept = candidates.count - gone.count
    keptBytes = candidates.reduce(0) { $0 + $1.bytes } - gone.reduce(0) { $0 + $1.bytes }
  }

  private mutating func judge(_ folder: String) -> PruneRules.Candidate? {
    if let tombstone = try? Tombstone(of: folder) {
      if tombstone.files.contains(where: { Self.exists("\(folder)/\($0.name)") }) {
        unfinished.append((folder, tombstone))
      }
      return nil
    }
    switch RunFolderReader.read(folder) {
    case .run(let entry):
      entries[folder] = entry
      let isHeld = Self.exists("\(folder)/\(Self.holdName)")
      return PruneRules.Candidate(
        folder: folder, startedAt: entry.startedAt,
        hasFailed: entry.verdict == nil || entry.verdict == Verdict.failed.rawValue
          || entry.verdict == Verdict.errored.rawValue,
        held: isHeld ? "held" : nil, bytes: Self.bytes(of: folder))
    case .goingOn: return nil
    case .pruned: return nil
    case .unreadable(let reason):
      refused.append(reason)
      return nil
    }
  }

  /// Empties the folders that go.
  ///
  /// A run is booked before its folder goes; one that can't be booked stays as it is. What was cut
  /// off before is finished first.
  ///
  /// - Parameters:
  ///   - store: the ledger; nil where there is none.
  ///   - now: the present.
  public mutating func carryOut(bookingIn store: (any LedgerStore)?, at now: Date) {
    for (folder, tombstone) in unfinished {
      finish(folder, tombstone, bookingIn: store)
    }
    for folder in gone {
      guard var entry = entries[folder.folder] else { continue }
      entry.digestPictures()
      do {
        if let store, try store.book([entry], at: now) == [.conflicting] {
          throw LedgerError("\(folder.folder): another journal of the run is booked; it stays")
        }
        let tombstone = Tombstone(
          prunedAt: now, reason: folder.reason, run: entry, files: try Self.files(of: folder.folder)
        )
        try tombstone.write(to: folder.folder)
        finish(folder.folder, tombstone, bookingIn: store)
      } catch {
        refused.append("\(error)")
      }
    }
  }

  /// Takes away the files that a tombstone names.
  private mutating func finish(
    _ folder: String, _ tombstone: Tombstone, bookingIn store: (any LedgerStore)?
  ) {
    do {
      // The journal goes last: without it, and without a tombstone, nobody knows the run.
      let names = tombstone.files.map(\.name).filter { $0 != JournalFormat.fileName }
      for name in names + [JournalFormat.fileName] where Self.exists("\(folder)/\(name)") {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      for name in left where Self.isEmptyFolder("\(folder)/\(name)") {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      try store?.noteGone(run: tombstone.run.run, as: .pruned, at: tombstone.prunedAt)
    } catch let error as LedgerError {
      refused.append("\(error)")
    } catch {
      refused.append("\(folder): not all of it can be taken away")
    }
  }

  /// The files of a run folder and below, with their digests.
  private static func files(of folder: String) throws -> [Tombstone.File] {
    var files: [Tombstone.File] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      let path = "\(folder)/\(name)"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard attributes[.type] as? FileAttributeType != .typeDirectory else { continue }
      let digest = try SHA256Digest.ofFile(path)
      files.append(
        Tombstone.File(name: name, bytes: attributes[.size] as? Int ?? 0, sha256: digest))
    }
    return files
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private static func isEmptyFolder(_ path: String) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == true
  }
}
