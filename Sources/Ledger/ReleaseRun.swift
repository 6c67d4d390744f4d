public import FoundationEssentials
public import RunJournal

/// A booked run as a release is decided by it.
public struct ReleaseRun: Sendable, Hashable {
  /// Names the run among all runs.
  public var run: String
  /// The run folder, by its absolute path where it was booked.
  public var folder: String
  /// SHA-256 of the journal, in hex.
  public var journalDigest: String
  /// The scenario.
  public var scenario: LedgerEntry.Input
  /// The model.
  public var model: LedgerEntry.Input
  /// The rig.
  public var rig: LedgerEntry.Input
  /// What kind of rig it is; nil where nobody wrote it down.
  public var rigKind: RunStart.RigKind?
  /// The program.
  public var binary: LedgerEntry.Input
  /// The firmware under test, as the user named it.
  public var firmware: String
  /// Values overridden on the command line, and those that parameters were given.
  public var overrides: [String]
  /// The seed, in decimal digits.
  public var seed: String
  /// When it began, by its host's clock.
  public var startedAt: Date
  /// When it was booked.
  public var bookedAt: Date
  /// What it says of the recorder; nil where the end was never written.
  public var verdict: Verdict?
  /// The code of the cause; nil where it passed.
  public var cause: String?
  /// The step that decided; nil where none did.
  public var step: String?
  /// How many expectations held; nil where nobody counted.
  public var held: Int?
  /// The steps that were left out; nil where nobody wrote them down.
  public var leftOut: [String]?
  /// Whether the screen showed the version under test before the run's own first step.
  public var sawFirmware: Bool
  /// What was measured, by its name, in the order in which it happened.
  public var measured: [String: [Double]]

  /// Creates a run that passed whole, for tests to change.
  public init(
    run: String, scenario: LedgerEntry.Input, model: LedgerEntry.Input, rig: LedgerEntry.Input,
    rigKind: RunStart.RigKind?, binary: LedgerEntry.Input, firmware: String, startedAt: Date,
    bookedAt: Date
  ) {
    self.run = run
    folder = "/runs/\(run)"
    journalDigest = ""
    self.scenario = scenario
    self.model = model
    self.rig = rig
    self.rigKind = rigKind
    self.binary = binary
    self.firmware = firmware
    overrides = []
    seed = "1"
    self.startedAt = startedAt
    self.bookedAt = bookedAt
    verdict = .passed
    held = 1
    leftOut = []
    sawFirmware = false
    measured = [:]
  }
}

/// Firmwares of a version that runs are booked with.
public struct BookedFirmware: Sendable, Hashable {
  /// The firmware, as the user named it.
  public var name: String
  /// How many runs.
  public var runs: Int
}
