import OrderedJSON

/// The runs that are still needed for a decision, those first that decide soonest.
///
/// A failure is confirmed on a second rig before anything else, for a confirmed one closes for good. Then
/// each cell that lacks something is played once, then each once more, so that one that fails is found
/// early.
public struct GatePlan: Sendable, Hashable {
  /// A run that is needed.
  public struct Run: Sendable, Hashable {
    /// The scenario's file.
    public var scenario: String
    /// The rig's file.
    public var rig: String
    /// The firmware.
    public var firmware: FirmwareImage
    /// The seed.
    public var seed: UInt64
    /// Why it is needed.
    public var why: String
  }

  /// What the suite is called.
  public let name: String
  /// What it is for, in a sentence.
  public let about: String
  /// The runs in their order.
  public private(set) var runs: [Run] = []
  /// What is needed and can't be planned, a sentence each.
  public private(set) var gaps: [String] = []

  private let policy: GatePolicy
  private let lab: GateLab

  /// Plans.
  ///
  /// - Parameters:
  ///   - decision: what is lacking.
  ///   - policy: the policy that was decided by.
  ///   - lab: the files that its names stand for.
  ///   - byBaseline: whether it is about the runs of the baseline, rather than of the firmware itself.
  public init(
    of decision: Decision, by policy: GatePolicy, with lab: GateLab, byBaseline: Bool = false
  ) {
    self.policy = policy
    self.lab = lab
    name = "\(policy.name)-plan"
    let deciding = zip(policy.requirements, decision.requirements).filter { !$0.0.isInformative }
    let image = byBaseline ? decision.baseline : decision.firmware
    about = "What the gate \(policy.name) still needs of \(image?.short ?? "a baseline")."
    guard let image else {
      gaps = ["the gate has no baseline"]
      return
    }
    if lab.scenarios.isEmpty || lab.rigs.isEmpty {
      gaps = [
        "the gate does not say where scenarios and rigs are; add files: {scenarios: […], rigs: […]}"
      ]
      return
    }
    var seeds: [String: UInt64] = [:]
    if byBaseline {
      for (demand, told) in deciding {
        for cell in told.cells where cell.state == .unmet {
          planBaseline(demand, cell, image, &seeds)
        }
      }
      return
    }
    for (demand, told) in deciding {
      for cell in told.cells where cell.state == .unmet {
        confirm(demand, cell, image, &seeds)
      }
    }
    fill(deciding.flatMap { demand, told in told.cells.map { (demand, $0) } }, image, &seeds)
  }

  // MARK: The firmware

  private mutating func confirm(
    _ demand: GatePolicy.Requirement, _ cell: Decision.Cell, _ image: FirmwareImage,
    _ seeds: inout [String: UInt64]
  ) {
    for failure in cell.failures where failure.rigs.count < 2 {
      let place = "\(cell.scenario) on \(cell.model)"
      guard
        let rig = rigs(for: demand, cell.model).first(where: { !failure.rigs.contains($0.name) })
      else {
        gaps.append("\(place): no second rig to confirm \(failure.signature) on")
        continue
      }
      add(
        cell, rig, image, &seeds,
        why: "Confirm on a second rig: \(failure.signature), seen on \(failure.rigs[0]).")
    }
  }

  /// Runs for what lacks, cell after cell, once each, until all have what they need.
  private mutating func fill(
    _ cells: [(GatePolicy.Requirement, Decision.Cell)], _ image: FirmwareImage,
    _ seeds: inout [String: UInt64]
  ) {
    var needed = cells.compactMap { demand, cell -> (Decision.Cell, [GateLab.Rig], Int)? in
      guard cell.state == .unmet, let passes = cell.passesMissing else { return nil }
      let all = rigs(for: demand, cell.model)
      let fresh = all.filter { !cell.rigs.contains($0.name) }
      let count = max(passes, cell.rigsMissing)
      if count == 0 { return nil }
      if all.isEmpty || fresh.count < cell.rigsMissing {
        gaps.append(
          "\(cell.scenario) on \(cell.model): \(max(1, cell.rigsMissing - fresh.count)) more rig(s) "
            + "are needed than the lab has of the kind")
      }
      // As few rigs as will do: the firmware must be flashed onto each.
      let used = fresh.prefix(cell.rigsMissing) + all.filter { cell.rigs.contains($0.name) } + fresh
      return all.isEmpty ? nil : (cell, Array(used.prefix(demand.rigs.atLeast)), count)
    }
    // Those that need least are decided soonest.
    needed.sort { ($0.2, $0.0.scenario, $0.0.model) < ($1.2, $1.0.scenario, $1.0.model) }
    var round = 0
    while needed.contains(where: { $0.2 > round }) {
      for (cell, rigs, count) in needed where count > round {
        let rig = rigs[round % rigs.count]
        add(
          cell, rig, image, &seeds,
          why: "\(cell.scenario) on \(cell.model): run \(round + 1) of \(count).")
      }
      round += 1
    }
  }

  // MARK: The baseline

  private mutating func planBaseline(
    _ demand: GatePolicy.Requirement, _ cell: Decision.Cell, _ image: FirmwareImage,
    _ seeds: inout [String: UInt64]
  ) {
    for failure in cell.failures where failure.isOfBaseline != true {
      for name in failure.rigs where !failure.refutedByBaseline.contains(name) {
        guard let rig = lab.rigs.first(where: { $0.name == name }) else {
          gaps.append("\(cell.scenario) on \(cell.model): the rig \(name) is none of the lab's")
          continue
        }
        add(
          cell, rig, image, &seeds,
          why: "Whether the last good firmware fails so on the same rig: \(failure.signature).")
      }
    }
    for measured in cell.measured where measured.most == nil {
      guard let rig = rigs(for: demand, cell.model).first else { continue }
      let limit = demand.measurements.first { $0.measurement == measured.measurement }
      for _ in 0..<(limit?.values ?? 1) {
        add(cell, rig, image, &seeds, why: "What \(measured.measurement) is held against.")
      }
    }
  }

  // MARK: Runs

  private func rigs(for demand: GatePolicy.Requirement, _ model: String) -> [GateLab.Rig] {
    lab.rigs.filter { rig in
      rig.model == model && rig.remembers && (policy.countsVirtual || !rig.isVirtual)
        && (demand.rigs.rigClass == nil || rig.rigClass == demand.rigs.rigClass)
        && demand.rigs.tags.allSatisfy(rig.tags.contains)
    }
  }

  private mutating func add(
    _ cell: Decision.Cell, _ rig: GateLab.Rig, _ image: FirmwareImage,
    _ seeds: inout [String: UInt64], why: String
  ) {
    guard let scenario = lab.scenarios[cell.scenario] else {
      let gap = "the scenario \(cell.scenario) is none of the lab's files"
      if !gaps.contains(gap) { gaps.append(gap) }
      return
    }
    let place = "\(cell.scenario)\n\(cell.model)"
    let seed = (seeds[place] ?? cell.lastSeed) + 1
    seeds[place] = seed
    runs.append(Run(scenario: scenario, rig: rig.path, firmware: image, seed: seed, why: why))
  }

  // MARK: The suite

  /// The runs as a suite file for `gantry run`; one without runs where nothing is needed.
  public var suite: String {
    func quoted(_ text: String) -> String { JSONValue.string(text).description }
    if runs.isEmpty { return "# \(about) Nothing is to be played.\n" }
    return
      "# \(about)\n# The firmware must be on the recorders already: gantry flash brings it there.\n"
      + "suite: \(name)\nabout: \(quoted(about))\nruns:\n"
      + runs.map { run in
        """
          - scenario: \(quoted(run.scenario))
            rig: \(quoted(run.rig))
            firmware: \(quoted(run.firmware.description))
            seed: \(run.seed)
            why: \(quoted(run.why))

        """
      }.joined()
  }
}
