public import SourceYAML

/// What a lab plays in one go: scenarios on rigs, with models, firmwares and seeds, as checked values.
public struct SuiteDescription: Sendable, Hashable {
  /// Which rigs are played on.
  public struct RigChoice: Sendable, Hashable {
    /// Rig files, and folders of them.
    public var places: [LocatedText]
    /// The class that a rig must be of; nil where any will do.
    public var rigClass: LocatedText?
    /// The tags that a rig must have, all of them.
    public var tags: [LocatedText]
  }

  /// Which runs are played again.
  public struct Retry: Sendable, Hashable {
    /// How often one run is played again, at most.
    public var atMost: Int
    /// The causes of errored runs that are worth another try; each is the rig's, never the recorder's.
    public var causes: [LocatedText]
    /// Why the lab does so, for those who read what came of it.
    public var reason: String

    /// Whether a run that ended so is played again: errored ones alone, never a failed one.
    ///
    /// - Parameters:
    ///   - isErrored: whether its verdict is errored.
    ///   - cause: its cause.
    ///   - times: how often it was played again already.
    /// - Returns: whether it is.
    public func allows(isErrored: Bool, cause: String?, times: Int) -> Bool {
      isErrored && times < atMost && causes.contains { $0.text == cause }
    }
  }

  /// A run that is named by itself.
  public struct Run: Sendable, Hashable {
    /// The scenario's file.
    public var scenario: LocatedText
    /// The rig's file.
    public var rig: LocatedText
    /// The folder of the model that takes the place of the rig's; nil where that one counts.
    public var model: LocatedText?
    /// The firmware under test; nil where nobody tells.
    public var firmware: String?
    /// The first seed.
    public var seed: UInt64
    /// How often it is played, each with the next seed.
    public var times: Int
  }

  /// The suite's name.
  public var name: String
  /// One sentence for people; empty where the file has none.
  public var about: String
  /// Runs that are named by themselves, which are played first, in their order.
  public var runs: [Run]
  /// Scenario files, and folders of them, in the order in which they are played.
  public var scenarios: [LocatedText]
  /// The rigs.
  public var rigs: RigChoice
  /// Folders of models that take the place of the one that a rig names; none where that one counts.
  public var models: [LocatedText]
  /// The firmwares under test; none where nobody tells.
  public var firmwares: [LocatedText]
  /// The seeds.
  public var seeds: [UInt64]
  /// How often each is played, with the same seed.
  public var repeats: Int
  /// Which runs are played again; nil for none.
  public var retry: Retry?
  /// Where the file begins.
  public var location: SourceLocation
}
