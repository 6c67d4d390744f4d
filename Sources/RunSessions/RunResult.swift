public import RunJournal

/// What a run came to.
public struct RunResult: Sendable {
  /// How it began.
  public var start: RunStart
  /// How it ended.
  public var end: RunEnd
  /// Its folder.
  public var folder: String
  /// Why the reports don't stand beside the journal; nil where they do.
  public var reportFailure: String?

  /// Whether the reports stand beside the journal.
  public var hasReports: Bool { reportFailure == nil }
}
