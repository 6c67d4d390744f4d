public import FoundationEssentials
public import SourceYAML

/// What a firmware must have shown before it ships, as checked values.
public struct GatePolicy: Sendable, Hashable {
  /// How often a scenario must have passed.
  public struct Passes: Sendable, Hashable {
    /// How many passes there must be.
    public var atLeast: Int
    /// Among how many of the last runs.
    public var of: Int

    /// Creates a demand.
    public init(atLeast: Int, of: Int) {
      self.atLeast = atLeast
      self.of = of
    }
  }

  /// How certain a pass rate must be.
  public struct PassRate: Sendable, Hashable {
    /// The lower end of the 95 % interval must be at least this, 0…1.
    public var atLeast: Double
    /// How the interval is reckoned.
    public var bound: RateBound
  }

  /// Which rigs' runs count.
  public struct Rigs: Sendable, Hashable {
    /// The class that a rig must be of; nil where any will do.
    public var rigClass: String?
    /// The tags that a rig must have, all of them.
    public var tags: [String]
    /// How many different rigs there must have been passes on.
    public var atLeast: Int
  }

  /// Which runs that left out steps are enough.
  public enum Partial: Sendable, Hashable {
    /// None.
    case refused
    /// All.
    case allowed
    /// Those that left out no steps but these, by their name paths.
    case steps([String])
  }

  /// What must hold for some scenarios on some models.
  public struct Requirement: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// One sentence for people; empty where the file has none.
    public var about: String
    /// The scenarios, by name.
    public var scenarios: [LocatedText]
    /// The models, by name.
    public var models: [LocatedText]
    /// Which rigs' runs count.
    public var rigs: Rigs
    /// How often each must have passed.
    public var passes: Passes
    /// How certain its pass rate must be; nil where nobody asks.
    public var passRate: PassRate?
    /// For how many seconds a run counts after it was booked, and after it began; nil for ever.
    public var within: Double?
    /// The age as it is written.
    public var withinText: String?
    /// Which runs that left out steps are enough.
    public var partial: Partial
    /// How many errored runs there may be; nil where any number may.
    public var erroredAtMost: Int?
    /// What was measured must not exceed these.
    public var measurements: [MeasurementLimit]
    /// Whether it is told and decides nothing.
    public var isInformative: Bool
    /// Where it stands.
    public var location: SourceLocation
  }

  /// Something that decides nothing for a time.
  public struct Quarantine: Sendable, Hashable {
    /// The scenario.
    public var scenario: LocatedText
    /// The model; nil for all.
    public var model: LocatedText?
    /// Who sees to it.
    public var owner: String
    /// Why.
    public var why: String
    /// The last day.
    public var until: String
    /// When it is over.
    public var end: Date
  }

  /// What must have been played, by digest.
  public struct Pins: Sendable, Hashable {
    /// The programs that runs may have been played by; empty where any will do.
    public var programs: [String] = []
    /// The digest of each pinned scenario.
    public var scenarios: [String: String] = [:]
    /// The digest of each pinned model.
    public var models: [String: String] = [:]
  }

  /// The files that names stand for, for ``GatePlan``.
  public struct Files: Sendable, Hashable {
    /// Scenario files, and folders of them.
    public var scenarios: [LocatedText] = []
    /// Model folders.
    public var models: [LocatedText] = []
    /// Rig files, and folders of them.
    public var rigs: [LocatedText] = []
  }

  /// The gate's name.
  public var name: String
  /// One sentence for people; empty where the file has none.
  public var about: String
  /// What is released.
  public var product: String
  /// The firmware that was good last; nil where nobody says.
  public var baseline: FirmwareImage?
  /// Whether runs of virtual rigs count.
  public var countsVirtual: Bool
  /// Whether runs with overridden values count.
  public var countsOverridden: Bool
  /// Whether only runs count that read the version off the screen.
  public var needsScreen: Bool
  /// Whether no failure may be one that the baseline has not.
  public var refusesNewFailures: Bool
  /// What must hold.
  public var requirements: [Requirement]
  /// What decides nothing for a time.
  public var quarantine: [Quarantine]
  /// What must have been played, by digest.
  public var pins: Pins
  /// The file of the waivers; nil where there are none.
  public var waivers: LocatedText?
  /// What names stand for.
  public var files: Files
  /// SHA-256 of the file, in hex.
  public var digest: String
  /// Where the file begins.
  public var location: SourceLocation

  /// The names of what is measured, for whoever reads the ledger.
  public var measurements: [String] {
    Set(requirements.flatMap { $0.measurements.map(\.measurement) }).sorted()
  }
}

extension GatePolicy.Partial {
  /// Whether a run that left out some steps is enough.
  func allows(_ leftOut: [String]) -> Bool {
    switch self {
    case .refused: leftOut.isEmpty
    case .allowed: true
    case .steps(let names): leftOut.allSatisfy(names.contains)
    }
  }
}
