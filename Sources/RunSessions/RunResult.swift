public import Bench
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
  /// Why the run has no film, or not all of it; nil where it has, or nobody asked for one.
  public var filmFailure: String?
  /// Why the first start with another firmware stopped, as it would be of a run that may blame the
  /// recorder; nil of other runs, and where it is what the run says.
  public var causeBehind: FaultCode?

  /// Whether the reports stand beside the journal.
  public var hasReports: Bool { reportFailure == nil }
}
