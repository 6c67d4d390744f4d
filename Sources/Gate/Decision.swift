public import FoundationEssentials
public import Ledger

/// What is known of the ledger that a decision rests on.
public struct LedgerTrust: Sendable, Hashable {
  /// The digest that the ledger's newest row stands for; nil where nobody reckoned it.
  public var head: String?
  /// What is wrong with the ledger: over a damaged one nobody can tell.
  public var damages: [String]

  /// Creates what is known.
  public init(head: String? = nil, damages: [String] = []) {
    self.head = head
    self.damages = damages
  }
}

/// Whether a firmware ships, with all that it rests on.
///
/// It is made of a policy, its waivers, booked runs and an instant, and of nothing else: the same four
/// give the same decision.
public struct Decision: Sendable, Hashable {
  /// Whether it ships.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// It does.
    case open
    /// It does not.
    case closed
    /// The ledger is not to be trusted.
    case cannotTell = "can't tell"
  }

  /// A run that decides something.
  public struct Run: Sendable, Hashable {
    /// Names it among all runs.
    public var run: String
    /// Its folder.
    public var folder: String
    /// SHA-256 of its journal, in hex.
    public var journalDigest: String
    /// The rig.
    public var rig: String
    /// When it began.
    public var startedAt: Date
    /// When it was booked.
    public var bookedAt: Date
    /// What it counts as, in a word or two: passed, passed in part, waived, failed, errored, aborted,
    /// killed, stale.
    public var countsAs: String
    /// Why it did not pass, or does not count, such as `no-mail at Wait for the code`; nil where there
    /// is nothing to say.
    public var why: String?
  }

  /// Why a cell is not met. Each is never a pass, and is told as what it is.
  public enum Lack: String, Sendable, Hashable, CaseIterable {
    /// No run is booked.
    case missing
    /// There are passes, and too few.
    case tooFew = "too few"
    /// It failed.
    case failed
    /// It passed and failed, on the same image.
    case flaky
    /// Runs ended errored.
    case errored
    /// Runs ended without an end.
    case killed
    /// Somebody stopped runs.
    case aborted
    /// Runs passed in part, since steps were left out.
    case partial = "passed in part"
    /// Runs are too old.
    case stale
    /// Runs don't count.
    case uncounted = "does not count"
    /// The pass rate is not certain enough.
    case rate = "pass rate"
    /// It was shown on too few rigs.
    case rigs
    /// What was measured is more than it may be, or nobody knows.
    case measurement
  }

  /// A lack with what it rests on.
  public struct Finding: Sendable, Hashable {
    /// What lacks.
    public var lack: Lack
    /// A sentence without a final stop.
    public var words: String
    /// The runs that it rests on, those that began last first; the first of them where they are many.
    public var runs: [Run]
  }

  /// What a failure is, and how sure it is that it is the firmware's.
  public struct Failure: Sendable, Hashable {
    /// The cause.
    public var cause: String
    /// The step that decided; nil where none did.
    public var step: String?
    /// How many runs failed so.
    public var count: Int
    /// The rigs that it was seen on, in order.
    public var rigs: [String]
    /// Whether the baseline has failed so, too; nil where there is none, or it was not played here.
    public var isOfBaseline: Bool?
    /// The rigs of these on which the baseline was played, and did not fail so.
    public var refutedByBaseline: [String]

    /// Whether it was seen on a second rig, and not with the baseline on one of them.
    public var isConfirmed: Bool { rigs.count > 1 && !refutedByBaseline.isEmpty }

    /// Such as `no-mail at Wait for the code`.
    public var signature: String { cause + (step.map { " at \($0)" } ?? "") }
  }

  /// What a scenario on a model comes to.
  public struct Cell: Sendable, Hashable {
    /// What it comes to.
    public enum State: String, Sendable, Hashable, CaseIterable {
      /// All holds.
      case met
      /// All holds, but for failures that somebody answers for.
      case waived
      /// It decides nothing for a time.
      case quarantined
      /// Something lacks.
      case unmet
    }

    /// The scenario.
    public var scenario: String
    /// The model.
    public var model: String
    /// What it comes to.
    public var state: State
    /// What lacks; also of a quarantined one.
    public var findings: [Finding]
    /// How many runs there are of each kind, in a fixed order; those without runs left out.
    public var counts: [Count]
    /// The last runs that say something of the recorder, those that began last first.
    public var last: [Run]
    /// Failures that nobody answers for.
    public var failures: [Failure]
    /// Whose quarantine it is in, and until when; nil where in none.
    public var quarantine: String?
    /// The lower end of the pass rate's interval; nil where nobody asks.
    public var rate: Double?
    /// How many more runs must pass for what lacks of passes and values; nil where no number of them
    /// helps.
    public var passesMissing: Int?
    /// How many more rigs it must pass on.
    public var rigsMissing: Int
    /// The rigs that it passed on, in order.
    public var rigs: [String]
    /// The largest seed that was played.
    public var lastSeed: UInt64
    /// What was measured.
    public var measured: [Measured]
  }

  /// How many runs count as something.
  public struct Count: Sendable, Hashable {
    /// As what.
    public var countsAs: String
    /// How many.
    public var runs: Int
  }

  /// What was measured, and the most that it may be.
  public struct Measured: Sendable, Hashable {
    /// What was measured.
    public var measurement: String
    /// What was made of the values.
    public var statistic: MeasurementLimit.Statistic
    /// What that is; nil where there are too few values.
    public var value: Double?
    /// How many values.
    public var values: Int
    /// The most that it may be; nil where the baseline has too few values.
    public var most: Double?
    /// The limit as the policy has it.
    public var limit: String
  }

  /// What a requirement comes to.
  public struct Requirement: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// One sentence for people; empty where there is none.
    public var about: String
    /// What it asks for, in words.
    public var asks: String
    /// Whether it decides nothing.
    public var isInformative: Bool
    /// Its scenarios on its models.
    public var cells: [Cell]

    /// Whether all holds that decides.
    public var isMet: Bool { cells.allSatisfy { $0.state != .unmet } }
  }

  /// A failure that the baseline has not.
  public struct NewFailure: Sendable, Hashable {
    /// The scenario.
    public var scenario: String
    /// The model.
    public var model: String
    /// The failure.
    public var failure: Failure
    /// The runs; the first of them where they are many.
    public var runs: [Run]
  }

  /// A waiver, and what it did.
  public struct WaiverUse: Sendable, Hashable {
    /// The waiver.
    public var waiver: Waiver
    /// Whether its last day is over.
    public var isExpired: Bool
    /// How many failed runs it covers, or would if its last day were not over.
    public var runs: Int
  }

  /// Whether it ships.
  public var verdict: Verdict
  /// The gate.
  public var gate: String
  /// What is released.
  public var product: String
  /// The firmware.
  public var firmware: FirmwareImage
  /// The firmware that was good last.
  public var baseline: FirmwareImage?
  /// Only runs that were booked until then count.
  public var asOf: Date
  /// SHA-256 of the policy's file, in hex.
  public var policyDigest: String
  /// SHA-256 of the waivers' file, in hex; nil where there is none.
  public var waiversDigest: String?
  /// What is known of the ledger.
  public var ledger: LedgerTrust
  /// What the requirements come to.
  public var requirements: [Requirement]
  /// Failures that the baseline has not; empty where nobody asks.
  public var newFailures: [NewFailure]
  /// What the waivers did.
  public var waivers: [WaiverUse]
  /// The programs that played what counts, each once.
  public var programs: [LedgerEntry.Input]
  /// The scenarios that were played, as counted runs had them.
  public var scenarios: [LedgerEntry.Input]
  /// The models that were played on.
  public var models: [LedgerEntry.Input]
  /// The rigs that were played on.
  public var rigs: [LedgerEntry.Input]

  /// Why it is closed or nobody can tell, a sentence each; nothing where it is open.
  public var reasons: [String] {
    if !ledger.damages.isEmpty { return ledger.damages.map { "the ledger is damaged: \($0)" } }
    var reasons: [String] = []
    for requirement in requirements where !requirement.isInformative {
      for cell in requirement.cells where cell.state == .unmet {
        for finding in cell.findings {
          reasons.append(
            "\(requirement.name): \(cell.scenario) on \(cell.model): \(finding.lack.rawValue): "
              + finding.words)
        }
      }
    }
    for new in newFailures {
      reasons.append(
        "new failure: \(new.scenario) on \(new.model): \(new.failure.signature)"
          + (new.failure.isOfBaseline == nil
            ? ", where the baseline was not played" : ", which the baseline has not"))
    }
    if verdict == .closed, reasons.isEmpty {
      reasons.append("nothing decides: all that is required is in quarantine")
    }
    return reasons
  }
}
