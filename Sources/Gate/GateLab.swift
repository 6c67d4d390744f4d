/// A lab's files by the names in them.
public struct GateLab: Sendable, Hashable {
  /// A rig of the lab.
  public struct Rig: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its file.
    public var path: String
    /// Its class; nil where its file names none.
    public var rigClass: String?
    /// Its tags.
    public var tags: [String]
    /// The name of its model; nil where nobody knows.
    public var model: String?
    /// Whether its recorder is one in software.
    public var isVirtual: Bool
    /// Whether its recorder is there before a run and after it.
    public var remembers: Bool

    /// Creates a rig.
    public init(
      name: String, path: String, rigClass: String?, tags: [String], model: String?,
      isVirtual: Bool, remembers: Bool
    ) {
      self.name = name
      self.path = path
      self.rigClass = rigClass
      self.tags = tags
      self.model = model
      self.isVirtual = isVirtual
      self.remembers = remembers
    }
  }

  /// The scenarios' files.
  public var scenarios: [String: String]
  /// The models' folders.
  public var models: [String: String]
  /// The rigs.
  public var rigs: [Rig]

  /// Creates a lab.
  public init(
    scenarios: [String: String] = [:], models: [String: String] = [:], rigs: [Rig] = []
  ) {
    self.scenarios = scenarios
    self.models = models
    self.rigs = rigs
  }

  /// What names in a policy may be.
  public var names: GateLoader.KnownNames {
    GateLoader.KnownNames(
      scenarios: scenarios.keys.sorted(),
      models: Set(Array(models.keys) + rigs.compactMap(\.model)).sorted(),
      classes: Set(rigs.compactMap(\.rigClass)).sorted(),
      tags: Set(rigs.flatMap(\.tags)).sorted())
  }
}
