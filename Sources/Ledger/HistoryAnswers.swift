public import FoundationEssentials
public import RunJournal

/// Which runs are asked about; what is nil does not matter.
public struct RunFilter: Sendable, Hashable {
  /// The scenario's name.
  public var scenario: String?
  /// The model's name.
  public var model: String?
  /// The firmware, as the user named it.
  public var firmware: String?
  /// The rig's name.
  public var rig: String?
  /// Only runs that began then or later.
  public var since: Date?
  /// The code of the cause.
  public var cause: String?
  /// What they came to.
  public var verdict: Verdict?

  /// Creates a filter.
  public init(
    scenario: String? = nil, model: String? = nil, firmware: String? = nil, rig: String? = nil,
    since: Date? = nil, cause: String? = nil, verdict: Verdict? = nil
  ) {
    self.scenario = scenario
    self.model = model
    self.firmware = firmware
    self.rig = rig
    self.since = since
    self.cause = cause
    self.verdict = verdict
  }
}

/// How often runs ended how.
public struct VerdictCounts: Sendable, Hashable {
  /// By verdict.
  public var ended: [Verdict: Int] = [:]
  /// Runs that were killed: their end was never written.
  public var killed = 0

  /// Creates counts.
  public init(ended: [Verdict: Int] = [:], killed: Int = 0) {
    self.ended = ended
    self.killed = killed
  }

  /// All runs.
  public var runs: Int { ended.values.reduce(killed, +) }
  /// Runs that nobody stopped and nothing killed: of these, passed ones are counted.
  public var counted: Int { runs - killed - (ended[.aborted] ?? 0) }
}

/// How the runs of a scenario on a model with a firmware ended.
public struct RunTally: Sendable, Hashable {
  /// The scenario's name.
  public var scenario: String
  /// The model's name.
  public var model: String
  /// The firmware; nil where nobody told it.
  public var firmware: String?
  /// How they ended.
  public var counts: VerdictCounts
  /// When the last of them began.
  public var last: Date
}

/// A run as a list shows it.
public struct BookedRun: Sendable, Hashable {
  /// Names the run among all runs.
  public var run: String
  /// The scenario's name.
  public var scenario: String
  /// The model's name.
  public var model: String
  /// The rig's name.
  public var rig: String
  /// The firmware; nil where nobody told it.
  public var firmware: String?
  /// The seed.
  public var seed: String
  /// When it began.
  public var startedAt: Date
  /// When it was booked.
  public var bookedAt: Date
  /// What it came to; nil where it was killed.
  public var verdict: Verdict?
  /// The code of the cause; nil when passed.
  public var cause: String?
  /// The step that decided; nil where none did.
  public var step: String?
  /// The run folder.
  public var folder: String
  /// When its folder was pruned; nil where it was not.
  public var prunedAt: Date?
  /// The errored run that it plays again; nil where it is a run of its own.
  public var retryOf: String?
}

/// Runs of one firmware, scenario and model, by their digests, whose verdict changed back.
public struct FlakyRuns: Sendable, Hashable {
  /// The firmware.
  public var firmware: String
  /// The scenario.
  public var scenario: LedgerEntry.Input
  /// The model.
  public var model: LedgerEntry.Input
  /// How they ended.
  public var counts: VerdictCounts
  /// How often the verdict was another than that of the run before.
  public var changes: Int
  /// When the last of them began.
  public var last: Date
}

/// How a run did not pass: the cause, and the step that decided.
public struct Signature: Sendable, Hashable {
  /// The code of the cause.
  public var cause: String
  /// The step; nil where none decided.
  public var step: String?
  /// When it was seen first.
  public var first: Date
  /// The run that showed it first.
  public var firstRun: BookedRun
  /// How many runs showed it.
  public var count: Int
}

/// One value of a measurement.
public struct MeasuredValue: Sendable, Hashable {
  /// The firmware; nil where nobody told it.
  public var firmware: String?
  /// The value.
  public var value: Double
  /// The value's unit.
  public var unit: String
  /// When its run began.
  public var startedAt: Date
}

/// Where the journal of a booked run is, and what it was.
public struct BookedFolder: Sendable, Hashable {
  /// Names the run among all runs.
  public var run: String
  /// The run folder.
  public var folder: String
  /// SHA-256 of the journal when it was booked, in hex.
  public var journalDigest: String
  /// Whether the folder was pruned.
  public var isPruned: Bool
}
