/// What is believed of one recorder, kept from run to run.
///
/// A pure value: whoever keeps it says when something happened, in seconds since 1970 by the clock of
/// the rig (the host's, or a virtual recorder's calendar).
public struct RecorderRecord: Sendable, Hashable {
  /// Tells the recorder from all others.
  public var id: String
  /// Passwords that may hold, the likeliest first, and then those known not to.
  public var passwords: [PasswordBelief] = []
  /// What was tried at the log-in prompt since somebody got in.
  public var logIn = SpentTries()
  /// What was tried as a secure code since one was taken.
  public var code = SpentTries()
  /// The firmware.
  public var firmware = FirmwareBelief()
  /// The firmware that is being flashed, or whose flashing did not end well: the supply must not be
  /// cut, and no run begins; nil where none is.
  public var flashing: String?
  /// The run that has begun and not ended; where none plays, it died.
  public var unfinished: RunMark?
  /// The last run that ended.
  public var last: RunMark?
  /// Why no run may begin, by whom.
  public var holds: [Hold] = []

  /// Creates the record of a recorder of which nothing is known.
  public init(id: String) {
    self.id = id
  }

  /// The passwords that may hold, the likeliest first.
  public var candidates: [PasswordBelief] { passwords.filter { $0.certainty != .refused } }

  /// The password that holds, as far as is known.
  public var password: String? { candidates.first?.text }

  /// The most passwords that are kept.
  static let mostPasswords = 20
}

/// A password that may hold.
public struct PasswordBelief: Sendable, Hashable {
  /// How sure it is.
  public enum Certainty: String, Sendable, CaseIterable {
    /// Somebody logged in with it, and no other was handed in as a new one since.
    case proven
    /// It was handed in as a new one; or it held until another was.
    case possible
    /// Somebody said so.
    case told
    /// The recorder refused it.
    case refused
  }

  /// The characters. Never written anywhere but into the record.
  public var text: String
  /// How sure it is.
  public var certainty: Certainty
  /// Since when, in seconds since 1970.
  public var since: Double

  /// Creates a belief.
  public init(text: String, certainty: Certainty, since: Double) {
    self.text = text
    self.certainty = certainty
    self.since = since
  }
}

/// What was tried, and may lead to a lock.
public struct SpentTries: Sendable, Hashable {
  /// How many tries nobody knows to have been right, one after the other.
  public var count = 0
  /// When the last one was made, in seconds since 1970; nil where there was none.
  public var lastAt: Double?

  /// Creates tries of which there was none.
  public init() {}

  /// Counts a try.
  mutating func spend(at instant: Double) {
    count += 1
    lastAt = instant
  }
}

/// What is known of the firmware.
public struct FirmwareBelief: Sendable, Hashable {
  /// The version that was flashed last, as whoever did it called it; with its digest.
  public var flashed: String?
  /// The version that the screen showed last.
  public var read: String?

  /// Creates a belief of which nothing is known.
  public init() {}
}

/// A run, as a record names it.
public struct RunMark: Sendable, Hashable {
  /// The run's identifier, as its journal has it.
  public var run: String
  /// The scenario's name.
  public var scenario: String
  /// When it began or ended, in seconds since 1970.
  public var at: Double
  /// What it came to; nil while it plays.
  public var verdict: String?

  /// Creates a mark.
  public init(run: String, scenario: String, at: Double, verdict: String? = nil) {
    self.run = run
    self.scenario = scenario
    self.at = at
    self.verdict = verdict
  }
}

/// Somebody's word that no run may begin.
public struct Hold: Sendable, Hashable {
  /// Who.
  public var who: String
  /// Why.
  public var why: String
  /// Since when, in seconds since 1970.
  public var since: Double

  /// Creates a hold.
  public init(who: String, why: String, since: Double) {
    self.who = who
    self.why = why
    self.since = since
  }
}
