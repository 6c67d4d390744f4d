import FoundationEssentials
import Gate
import Ledger
import OrderedJSON
import RunJournal
import SeededRandom
import SourceYAML

/// What must hold of every decision, tried on drawn gates.
package struct GateProperties: Sendable {
  /// How many gates were open, of those that were tried.
  package private(set) var open = 0
  /// How many gates were tried.
  package private(set) var tried = 0
  /// What did not hold, a line each.
  package private(set) var findings: [String] = []

  /// Begins.
  package init() {}

  /// Tries the gate of a seed.
  package mutating func tryGate(seed: UInt64) {
    tried += 1
    do throws(Findings) {
      try hold(DrawnGate(seed: seed, hasLimits: false), seed)
      try holdAnyway(DrawnGate(seed: seed, hasLimits: true), seed)
    } catch {
      findings.append("seed \(seed): a drawn file is wrong: \(error)")
    }
  }

  /// What holds where nothing that is measured decides.
  private mutating func hold(_ gate: DrawnGate, _ seed: UInt64) throws(Findings) {
    let policy = try GateLoader.load(Array(gate.policy.utf8), file: "gate.yaml")
    let waivers = try WaiverLoader.load(Array(gate.waivers.utf8), file: "waivers.yaml")
    func verdict(_ runs: [ReleaseRun], _ waivers: Waivers? = nil) -> Decision.Verdict {
      Self.decide(policy, waivers, runs).verdict
    }
    let isOpen = verdict(gate.runs, waivers) == .open
    if isOpen { open += 1 }
    let expired = Waivers(
      waivers.all.filter { $0.end <= ReleaseNight.asOf }, digest: waivers.digest)
    let standing = Waivers(
      waivers.all.filter { $0.end > ReleaseNight.asOf }, digest: waivers.digest)
    if verdict(gate.runs, expired) != verdict(gate.runs, nil)
      || verdict(gate.runs, standing) != verdict(gate.runs, waivers)
    {
      findings.append("seed \(seed): an expired waiver changed the verdict")
    }
    if isOpen { return }
    for index in gate.runs.indices
    where gate.runs[index].verdict == .passed && Self.isCandidate(gate.runs[index]) {
      var fewer = gate.runs
      fewer.remove(at: index)
      if verdict(fewer, waivers) == .open {
        findings.append("seed \(seed): without the passed \(gate.runs[index].run) it is open")
      }
    }
    var random = SeededStream(seed: seed, name: "more")
    for number in 0..<4 {
      var run = DrawnGate.run(1000 + number, &random)
      run.firmware = ReleaseNight.candidate.description
      // A cause that no drawn waiver names.
      for (more, what) in [
        (run.failed("flow-differs", at: "Open"), "failed"), (run.errored(), "errored"),
        (run.killed(), "killed"), (run.aborted(), "aborted"),
      ] where verdict(gate.runs + [more], waivers) == .open {
        findings.append("seed \(seed): with one more \(what) run it is open")
      }
    }
  }

  /// What holds of all gates.
  private mutating func holdAnyway(_ gate: DrawnGate, _ seed: UInt64) throws(Findings) {
    let policy = try GateLoader.load(Array(gate.policy.utf8), file: "gate.yaml")
    let waivers = try WaiverLoader.load(Array(gate.waivers.utf8), file: "waivers.yaml")
    let decision = Self.decide(policy, waivers, gate.runs)
    let told = decision.json.description
    var random = SeededStream(seed: seed, name: "order")
    if Self.decide(policy, waivers, gate.runs.shuffled(using: &random)).json.description != told {
      findings.append("seed \(seed): the order of the runs changed the decision")
    }
    var late = DrawnGate.run(2000, &random)
    late.bookedAt = ReleaseNight.asOf.addingTimeInterval(0.001)
    if Self.decide(policy, waivers, gate.runs + [late]).json.description != told {
      findings.append("seed \(seed): what was booked after the instant changed the decision")
    }
    let damaged = ReleaseGate.decide(
      policy, waivers: waivers, runs: gate.runs, firmware: ReleaseNight.candidate,
      asOf: ReleaseNight.asOf, ledger: LedgerTrust(damages: ["torn"]))
    if damaged.verdict != .cannotTell {
      findings.append("seed \(seed): over a damaged ledger it is \(damaged.verdict.rawValue)")
    }
    if (decision.verdict == .open) != decision.reasons.isEmpty {
      findings.append("seed \(seed): it is \(decision.verdict.rawValue) for \(decision.reasons)")
    }
  }

  private static func isCandidate(_ run: ReleaseRun) -> Bool {
    run.firmware == ReleaseNight.candidate.description
  }

  static func decide(
    _ policy: GatePolicy, _ waivers: Waivers?, _ runs: [ReleaseRun]
  ) -> Decision {
    ReleaseGate.decide(
      policy, waivers: waivers, runs: runs, firmware: ReleaseNight.candidate,
      asOf: ReleaseNight.asOf, ledger: LedgerTrust())
  }
}
