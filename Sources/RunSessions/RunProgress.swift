import Evidence
public import RunJournal

/// Somebody who wants to see a run go on.
public protocol RunProgress: Sendable {
  /// Is told what happened, as it was written down.
  func follow(_ entry: JournalEntry)
}

/// Nobody.
public struct NoProgress: RunProgress {
  /// Creates nobody.
  public init() {}

  /// Looks away.
  public func follow(_ entry: JournalEntry) {}
}

/// A run folder that somebody looks at, and of which operators are told.
struct ProgressSink<Progress: RunProgress>: JournalSink {
  let folder: RunFolder
  let film: RunFilmFile?
  let progress: Progress
  let log: OperatorLog

  func append(_ entry: JournalEntry) async throws(JournalSinkError) {
    let written = try await folder.record(entry)
    log.tell(written.event)
    film?.follow(written)
    progress.follow(written)
  }

  func keep(_ picture: PictureToKeep) async throws(JournalSinkError) -> String {
    try await folder.keep(picture)
  }

  func conceal(_ secret: String) async {
    log.conceal(secret)
    await folder.conceal(secret)
  }
}
