/// Keeps what is believed of a recorder while a run plays.
public protocol RecorderPast: Sendable {
  /// What is believed now.
  var record: RecorderRecord { get }

  /// What somebody has asked for since the recorder was taken in hand: that it be held back; nil where
  /// nobody has. It is no part of the record before whoever has the recorder gives it up.
  var askedHold: Hold? { get }

  /// Changes what is believed; it stands on the disk when this returns.
  ///
  /// - Parameters:
  ///   - entry: who changes it when and why.
  ///   - change: the change.
  /// - Throws: when it can't be kept; what was believed before still stands then.
  func update(
    _ entry: RecordEntry, _ change: (inout RecorderRecord) -> Void
  ) throws(RecordError)
}

extension RecorderPast {
  /// Takes an event down.
  public func take(
    _ event: RecorderEvent, at instant: Double, by who: String
  ) throws(RecordError) {
    try update(RecordEntry(at: instant, who: who, why: event.words)) {
      $0.take(event, at: instant)
    }
  }
}

/// A line of the book of changes: it names no secret.
public struct RecordEntry: Sendable, Hashable {
  /// When, in seconds since 1970.
  public var at: Double
  /// Who changed something: a run's identifier, or a user of this machine.
  public var who: String
  /// Why, in words.
  public var why: String

  /// Creates an entry.
  public init(at: Double, who: String, why: String) {
    self.at = at
    self.who = who
    self.why = why
  }
}

/// Why a record can't be read or kept.
public struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop.
  public var description: String
  /// Whether another process has the recorder in its hands.
  public var isInUse: Bool
  /// The system's error number; nil where it is no system call that failed.
  public var errno: Int32?

  /// Creates an error.
  public init(_ description: String, isInUse: Bool = false, errno: Int32? = nil) {
    self.description = description
    self.isInUse = isInUse
    self.errno = errno
  }
}
