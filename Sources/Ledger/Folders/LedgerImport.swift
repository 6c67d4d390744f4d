public import FoundationEssentials

/// Books run folders that lie there: old ones, those of killed runs, and what is left of pruned ones.
/// Twice is once.
public struct LedgerImport: Sendable {
  /// How many folders became what.
  public private(set) var counts: [Booking: Int] = [:]
  /// The folders of killed runs that were not booked before.
  public private(set) var killed: [String] = []
  /// Runs that go on.
  public private(set) var goingOn: [String] = []
  /// Folders that can't be booked, each with the reason.
  public private(set) var refused: [String] = []

  /// The digests of the journals that are booked: their pictures are not read again.
  private var known: Set<String> = []

  /// So many runs are booked at a time: others who write wait no longer than that takes.
  private static let portion = 100

  /// Books the run folders at paths and below.
  ///
  /// - Parameters:
  ///   - paths: run folders, or folders of them.
  ///   - store: the ledger.
  ///   - now: when they are booked.
  /// - Throws: when a path is no folder, or the ledger can't be written.
  public init(_ paths: [String], into store: some LedgerStore, at now: Date) throws(LedgerError) {
    var folders: [String] = []
    for path in paths { folders += try RunFolderReader.folders(below: path) }
    known = Set(try store.bookedFolders().map(\.journalDigest))
    try take(folders[...], into: store, at: now)
  }

  /// Books what began and was not booked since, and goes on no longer: its process was killed, or
  /// the ledger could not be written when it ended.
  ///
  /// - Parameters:
  ///   - store: the ledger.
  ///   - now: when it is booked.
  /// - Throws: when the ledger can't be read or written.
  public init(leftIn store: some LedgerStore, at now: Date) throws(LedgerError) {
    let folders = try store.begun().map(\.folder)
    try take(folders[...], into: store, at: now)
  }

  private mutating func take(
    _ folders: ArraySlice<String>, into store: some LedgerStore, at now: Date
  ) throws(LedgerError) {
    var rest = folders
    while !rest.isEmpty {
      try takePortion(rest.prefix(Self.portion), into: store, at: now)
      rest = rest.dropFirst(Self.portion)
    }
  }

  private mutating func takePortion(
    _ folders: ArraySlice<String>, into store: some LedgerStore, at now: Date
  ) throws(LedgerError) {
    var entries: [LedgerEntry] = []
    var pruned: [Tombstone] = []
    for folder in folders {
      switch RunFolderReader.read(folder) {
      case .run(var entry):
        if !known.contains(entry.journalDigest) { entry.digestPictures() }
        entries.append(entry)
      case .pruned(var tombstone):
        tombstone.run.folder = folder
        entries.append(tombstone.run)
        pruned.append(tombstone)
      case .goingOn: goingOn.append(folder)
      case .unreadable(let reason): refused.append(reason)
      }
    }
    if entries.isEmpty { return }
    for (entry, booking) in zip(entries, try store.book(entries, at: now)) {
      counts[booking, default: 0] += 1
      if booking == .booked, !entry.hasEnded { killed.append(entry.folder) }
      if booking == .conflicting {
        refused.append("\(entry.folder): another journal of the run \(entry.run) is booked")
      }
    }
    for tombstone in pruned {
      try store.noteGone(run: tombstone.run.run, as: .pruned, at: tombstone.prunedAt)
    }
  }
}
