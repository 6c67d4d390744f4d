public import Bench
public import RunJournal

/// What a run came to.
public struct RunResult: Sendable {
  /// Whether a run stands in the ledger; its verdict is the same either way.
  public enum Booking: Sendable, Hashable {
    /// It does.
    case booked
    /// It does not, for a reason.
    case refused(String)
  }

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
  /// Whether it stands in the ledger; nil where there is none.
  public var booking: Booking?
  /// Why the first start with another firmware stopped, as it would be of a run that may blame the
  /// recorder; nil of other runs, and where it is what the run says.
  public var causeBehind: FaultCode?

  /// Whether the reports stand beside the journal.
  public var hasReports: Bool { reportFailure == nil }
}
