import FoundationEssentials
import Gate
import GateTrials
import Ledger
import SourceYAML

/// A policy for the password reset on one model, that says what a test wants to have said.
struct Demand {
  /// Lines of the only requirement, beside its name, scenario and model.
  var asks = "passes: 3"
  /// Lines at the top.
  var more = ""
  var scenarios = "[reset]"
  var models = "[night]"
  /// Other requirements, as elements of the list.
  var others = ""
  /// The waivers' file; nil for none.
  var waivers: String?

  var text: String {
    """
    gate: release
    product: recorder
    \(more)
    require:
      - name: reset
        scenarios: \(scenarios)
        models: \(models)
    \(asks.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    \(others)
    """
  }

  /// The decision over some runs.
  func decide(
    _ runs: [ReleaseRun], firmware: FirmwareImage = ReleaseNight.candidate,
    asOf: Date = ReleaseNight.asOf, damages: [String] = []
  ) throws -> Decision {
    let policy = try GateLoader.load(Array(text.utf8), file: "gate.yaml")
    let waivers = try waivers.map { try WaiverLoader.load(Array($0.utf8), file: "waivers.yaml") }
    return ReleaseGate.decide(
      policy, waivers: waivers, runs: runs, firmware: firmware, asOf: asOf,
      ledger: LedgerTrust(damages: damages))
  }
}

/// What is wrong with a policy, a line each.
func findings(_ text: String) -> [String] {
  do throws(Findings) {
    _ = try GateLoader.load(Array(text.utf8), file: "gate.yaml")
    return []
  } catch {
    return error.all.map(\.description)
  }
}

/// So many runs that passed, the last of them so many minutes before the decision.
func passes(
  _ count: Int, rig: String = "bench-1", model: String = "night", scenario: String = "reset",
  firmware: FirmwareImage = ReleaseNight.candidate, from minutesAgo: Double = 10,
  name: String = "pass"
) -> [ReleaseRun] {
  (0..<count).map { number in
    ReleaseNight.run(
      "\(name)-\(scenario)-\(model)-\(rig)-\(number)", scenario: scenario, model: model, rig: rig,
      firmware: firmware.description, minutesAgo: minutesAgo + Double(number))
  }
}

/// One run, to be changed.
func one(
  _ name: String, rig: String = "bench-1", model: String = "night", scenario: String = "reset",
  firmware: FirmwareImage = ReleaseNight.candidate, minutesAgo: Double = 5
) -> ReleaseRun {
  ReleaseNight.run(
    name, scenario: scenario, model: model, rig: rig, firmware: firmware.description,
    minutesAgo: minutesAgo)
}

extension Decision {
  /// What lacks of the deciding cells, each once, in the order of the decision.
  var lacks: [Lack] {
    var seen: Set<Lack> = []
    return requirements.filter { !$0.isInformative }.flatMap(\.cells)
      .filter { $0.state == .unmet }.flatMap { $0.findings.map(\.lack) }
      .filter { seen.insert($0).inserted }
  }
}
