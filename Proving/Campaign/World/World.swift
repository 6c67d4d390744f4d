package import ExpectedVerdicts

/// A recorder, a rig and a scenario, drawn by lot from a seed and an index, and nothing else.
package struct World: Sendable, Hashable {
  /// Which of the seed's worlds it is, from 0.
  package var index: Int
  /// The scenario's name.
  package var scenario: String
  /// The model's name.
  package var model: String
  /// Whether the recorder restarts by itself after a password reset.
  package var restartsByItself: Bool
  /// The way that it leads through a reset, which its model declares.
  package var flow = FlowVariant()
  /// What is wrong with recorder and rig.
  package var flaws: [WorldFlaw]
  /// When a pop-up comes up, in milliseconds; nil leaves it to the run's seed.
  package var popUpAfter: Int?
  /// What the grabber does to pictures.
  package var capture: Capture
  /// How much further fast movements of the mouse go, in hundredths for each count per millisecond.
  package var acceleration: Int
  /// Whether the pointer has other shapes over what can be clicked.
  package var changesShape: Bool
  /// Whether fast movements go further by the speed over several reports instead.
  package var isAdaptive: Bool
  /// When the host gets nothing done, and for how long, in milliseconds.
  package var pauses: [Pause]
  /// The seed of the run, from which all comes that is not drawn here.
  package var runSeed: UInt64

  /// What a grabber does to pictures.
  package struct Capture: Sendable, Hashable {
    /// What is set for light and colour, such as `tone=stretched` or `brightness=-12`.
    package var light: String
    /// The noise on luma, in tenths of a step.
    package var noise: Int
    /// The quality of the compression.
    package var quality: Int
  }

  /// A time in which the host gets nothing done.
  package struct Pause: Sendable, Hashable {
    /// When it begins, in milliseconds.
    package var at: Int
    /// How long it lasts, in milliseconds.
    package var length: Int
  }

  /// The run that plays it.
  package var series: Series {
    Series(
      scenario: "Scenarios/\(scenario).yaml", model: model, overrides: overrides,
      firstSeed: runSeed)
  }

  /// What it sets otherwise than the rig file.
  private var overrides: [String] {
    var settings: [String] = []
    for (kind, names) in [
      ("defects", flaws.filter(\.isDefect).map(\.name)),
      ("faults", flaws.filter { !$0.isDefect }.map(\.name)),
    ] where !names.isEmpty {
      settings.append("virtual.\(kind)=[\(names.joined(separator: ", "))]")
    }
    settings += flaws.compactMap { flaw in
      flaw.at.map { "virtual.strikes.\(flaw.name)=\($0)ms" }
    }
    settings.append("virtual.autoReboot=\(restartsByItself)")
    settings += flow.recorder + flow.declared(on: model)
    if let popUpAfter { settings.append("virtual.popUpAfter=\(popUpAfter)ms") }
    settings += [
      "virtual.capture.\(capture.light)",
      "virtual.capture.noise=\(capture.noise / 10).\(capture.noise % 10)",
      "virtual.capture.quality=\(capture.quality)",
      "virtual.acceleration=\(acceleration)",
    ]
    if changesShape { settings.append("virtual.pointer.shapes=changing") }
    if isAdaptive { settings.append("virtual.pointer.acceleration=adaptive") }
    if !pauses.isEmpty {
      let list = pauses.map { "{at: \($0.at)ms, for: \($0.length)ms}" }
      settings.append("virtual.pauses=[\(list.joined(separator: ", "))]")
    }
    return settings
  }
}

/// Which worlds are wanted of all that a seed has.
package struct WorldFilter: Sendable, Hashable {
  /// What is to be wrong.
  package enum Health: String, Sendable {
    /// Nothing.
    case healthy
    /// Something.
    case flawed
  }

  /// What is to be wrong; nil for whatever it is.
  package var health: Health?
  /// The scenarios; empty for all.
  package var scenarios: [String]
  /// The models; empty for all.
  package var models: [String]
  /// The flaws of which there is to be one; empty for all.
  package var flaws: [String]

  /// Creates a filter.
  package init(
    health: Health? = nil, scenarios: [String] = [], models: [String] = [], flaws: [String] = []
  ) {
    self.health = health
    self.scenarios = scenarios
    self.models = models
    self.flaws = flaws
  }

  /// Whether a world is wanted.
  package func wants(_ world: World) -> Bool {
    let isWell = world.flaws.isEmpty
    return health.map { isWell == ($0 == .healthy) } ?? true
      && (scenarios.isEmpty || scenarios.contains(world.scenario))
      && (models.isEmpty || models.contains(world.model))
      && (flaws.isEmpty || world.flaws.contains { flaws.contains($0.name) })
  }

  /// The first worlds of a seed that are wanted.
  package func worlds(seed: UInt64, count: Int) -> [World] {
    Array(
      (0...).lazy.map { World(seed: seed, index: $0) }.filter(wants).prefix(count))
  }
}
