public import FoundationEssentials
public import RunJournal

/// A run as a ledger books it: what set out, what it came to, its steps and what was measured.
///
/// All of it comes from the run's journal. It is also what is left of a run whose folder was pruned,
/// which is why it can be coded.
public struct LedgerEntry: Sendable, Hashable, Codable {
  /// Something that a run was made from, by name and SHA-256.
  public struct Input: Sendable, Hashable, Codable {
    /// The name that people know it by.
    public var name: String
    /// SHA-256, in hex.
    public var digest: String

    /// Creates an input.
    public init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }

    init(_ input: RunStart.Input) {
      self.init(name: input.name, digest: input.digest)
    }
  }

  /// Why a step or a run did not pass, by its code.
  public struct Cause: Sendable, Hashable, Codable {
    /// The cause of a run whose end was never written: its process, or the machine, died.
    public static let killed = "killed"

    /// What it is, such as `supply-lost`, or ``killed``.
    public var code: String
    /// The part of the rig at fault; nil where none is.
    public var part: String?
    /// The error number of the system call that failed; nil where none did.
    public var errno: Int32?

    /// Creates a cause.
    public init(code: String, part: String? = nil, errno: Int32? = nil) {
      self.code = code
      self.part = part
      self.errno = errno
    }

    init(_ cause: CauseRecord) {
      self.init(code: cause.code, part: cause.part, errno: cause.errno)
    }
  }

  /// A step that began.
  public struct Step: Sendable, Hashable, Codable {
    /// Its number in the run, from 1.
    public var number: Int
    /// The number of the step that it is a part of; nil at the top.
    public var parent: Int?
    /// The names from the top to this step, joined by ` / `.
    public var path: String
    /// What became of it, as ``StepEnd/Outcome`` names it; nil where the journal ends before.
    public var outcome: String?
    /// Why it did not pass; nil where it passed or nobody knows.
    public var cause: Cause?
    /// Seconds on the bench's clock; nil where the journal ends before.
    public var seconds: Double?

    /// Creates a step.
    public init(
      number: Int, parent: Int? = nil, path: String, outcome: String?, cause: Cause? = nil,
      seconds: Double?
    ) {
      self.number = number
      self.parent = parent
      self.path = path
      self.outcome = outcome
      self.cause = cause
      self.seconds = seconds
    }
  }

  /// Something that was measured, with its unit.
  public struct Measurement: Sendable, Hashable, Codable {
    /// What it is, such as `boot`.
    public var name: String
    /// The unit of the value, such as `s`.
    public var unit: String
    /// How much.
    public var value: Double

    /// Creates a measurement.
    public init(name: String, unit: String, value: Double) {
      self.name = name
      self.unit = unit
      self.value = value
    }
  }

  /// A picture that was kept.
  public struct Picture: Sendable, Hashable, Codable {
    /// Its file inside the run folder.
    public var file: String
    /// SHA-256 of its bytes, in hex; nil where nobody looked, or it was not there.
    public var digest: String?

    /// Creates a picture.
    public init(file: String, digest: String?) {
      self.file = file
      self.digest = digest
    }
  }

  /// Names the run among all runs.
  public var run: String
  /// The scenario.
  public var scenario: Input
  /// The model.
  public var model: Input
  /// The rig.
  public var rig: Input
  /// What kind of rig it is; nil where its journal does not say.
  public var rigKind: RunStart.RigKind?
  /// The program.
  public var binary: Input
  /// What the capture chain was calibrated to; nil where it was not.
  public var calibration: Input?
  /// The firmware under test; nil where nobody told it.
  public var firmware: String?
  /// The seed that everything drawn by lot comes from.
  public var seed: UInt64
  /// Values overridden on the command line, without secrets.
  public var overrides: [String]
  /// The errored run that it plays again; nil where it is a run of its own.
  public var retryOf: String?
  /// The machine that it ran on.
  public var host: String
  /// When it began, by that machine's clock.
  public var startedAt: Date
  /// What it says of the recorder, as ``Verdict`` names it; nil where the end was never written.
  public var verdict: String?
  /// The name path of the step that decided; nil when passed, and where no step did.
  public var decidingStep: String?
  /// Why it did not pass; nil when passed.
  public var cause: Cause?
  /// Why, in words without secrets; nil when passed.
  public var reason: String?
  /// How many expectations were judged and held; nil where nobody counted.
  public var held: Int?
  /// The name paths of the steps that were left out; nil where the end was never written, and in
  /// tombstones of older programs.
  public var leftOut: [String]?
  /// Seconds on the bench's clock from start to end; nil where the end was never written.
  public var recorderSeconds: Double?
  /// Seconds on the wall; nil where the end was never written.
  public var wallSeconds: Double?
  /// SHA-256 of the journal's bytes, in hex.
  public var journalDigest: String
  /// How many bytes the journal has.
  public var journalBytes: Int
  /// The run folder, by its absolute path where it was booked.
  public var folder: String
  /// The steps that began, in order.
  public var steps: [Step]
  /// What was measured, in the order in which it happened.
  public var measurements: [Measurement]
  /// The pictures that the journal names, each once, in its order; nil in tombstones of older programs.
  public var pictures: [Picture]?

  /// Whether the run's end stands in its journal.
  public var hasEnded: Bool { verdict != nil }
}
