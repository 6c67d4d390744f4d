public import FoundationEssentials
public import Ledger
import RunJournal
import SourceYAML

/// Decides whether a firmware ships.
public enum ReleaseGate {
  /// Decides. It fails closed: what is missing, errored, killed, aborted, stale, flaky or passed in part
  /// is no pass, and over a damaged ledger nobody can tell.
  ///
  /// Runs of any order give the same; a passed run less, or a failed one more that no waiver names,
  /// never opens a gate without limits on measurements.
  ///
  /// - Parameters:
  ///   - policy: what must hold.
  ///   - waivers: what somebody answers for; nil for nothing.
  ///   - runs: booked runs of the firmware and of the baseline; those of others are passed over.
  ///   - firmware: what is to ship.
  ///   - asOf: only runs that were booked until then count.
  ///   - ledger: what is known of the ledger that the runs come from.
  /// - Returns: the decision.
  public static func decide(
    _ policy: GatePolicy, waivers: Waivers?, runs: [ReleaseRun], firmware: FirmwareImage,
    asOf: Date, ledger: LedgerTrust
  ) -> Decision {
    var bench = DecisionBench(policy: policy, waivers: waivers?.all ?? [], asOf: asOf)
    bench.take(runs, firmware: firmware)
    let requirements = policy.requirements.map { bench.judge($0) }
    let newFailures = policy.refusesNewFailures ? bench.newFailures() : []
    let deciding = requirements.filter { !$0.isInformative }
    let holds =
      deciding.allSatisfy(\.isMet) && newFailures.isEmpty
      && deciding.contains { $0.cells.contains { $0.state == .met || $0.state == .waived } }
    return Decision(
      verdict: !ledger.damages.isEmpty ? .cannotTell : holds ? .open : .closed, gate: policy.name,
      product: policy.product, firmware: firmware, baseline: policy.baseline, asOf: asOf,
      policyDigest: policy.digest, waiversDigest: waivers?.digest, ledger: ledger,
      requirements: requirements, newFailures: newFailures, waivers: bench.waiverUses,
      programs: bench.inputs(\.binary), scenarios: bench.inputs(\.scenario),
      models: bench.inputs(\.model), rigs: bench.inputs(\.rig))
  }
}

/// The runs of a decision, sorted for what asks for them.
private struct DecisionBench {
  private struct Place: Hashable {
    var scenario: String
    var model: String
  }

  private let policy: GatePolicy
  private let waivers: [Waiver]
  private let asOf: Date
  private let sieve: RunSieve
  /// The firmware's runs by scenario and model, in the order in which they began, each with why it does
  /// not count for anybody.
  private var own: [Place: [HeldRun]] = [:]
  private var before: [Place: [HeldRun]] = [:]
  /// How many failed runs each waiver names.
  private var named: [Int]

  init(policy: GatePolicy, waivers: [Waiver], asOf: Date) {
    self.policy = policy
    self.waivers = waivers
    self.asOf = asOf
    sieve = RunSieve(policy: policy)
    named = waivers.map { _ in 0 }
  }

  mutating func take(_ runs: [ReleaseRun], firmware: FirmwareImage) {
    let (wanted, baseline) = (firmware.description, policy.baseline?.description)
    let relevant = runs.indices.filter {
      runs[$0].bookedAt <= asOf && (runs[$0].firmware == wanted || runs[$0].firmware == baseline)
    }.sorted {
      (runs[$0].startedAt, runs[$0].run) < (runs[$1].startedAt, runs[$1].run)
    }
    for index in relevant {
      let held = HeldRun(runs[index], refusal: sieve.refusal(of: runs[index]))
      let place = Place(scenario: held.run.scenario.name, model: held.run.model.name)
      if held.run.firmware == wanted {
        own[place, default: []].append(held)
        if held.refusal == nil, held.run.verdict == .failed {
          for index in waivers.indices where waivers[index].covers(held.run) { named[index] += 1 }
        }
      }
      if held.run.firmware == baseline { before[place, default: []].append(held) }
    }
  }

  /// What the firmware's runs that count were made of, each once, in order.
  func inputs(_ input: KeyPath<ReleaseRun, LedgerEntry.Input>) -> [LedgerEntry.Input] {
    var found: Set<LedgerEntry.Input> = []
    for held in own.values.joined() where held.refusal == nil {
      found.insert(held.run[keyPath: input])
    }
    return found.sorted { ($0.name, $0.digest) < ($1.name, $1.digest) }
  }

  var waiverUses: [Decision.WaiverUse] {
    waivers.indices.map { index in
      .init(
        waiver: waivers[index], isExpired: !waivers[index].holds(at: asOf), runs: named[index])
    }
  }

  // MARK: Requirements

  func judge(_ requirement: GatePolicy.Requirement) -> Decision.Requirement {
    let cells = requirement.scenarios.flatMap { scenario in
      requirement.models.map { model in
        let place = Place(scenario: scenario.text, model: model.text)
        let judge = CellJudge(
          requirement: requirement, baseline: policy.baseline,
          runs: (own[place] ?? []).map { sift($0, for: requirement) },
          baselineRuns: (before[place] ?? []).filter { $0.refusal == nil }.map {
            sift($0, for: requirement, isBaseline: true)
          })
        return judge.cell(scenario.text, on: model.text, quarantine: quarantine(place))
      }
    }
    return Decision.Requirement(
      name: requirement.name, about: requirement.about, asks: GateWords.asks(requirement),
      isInformative: requirement.isInformative, cells: cells)
  }

  private func sift(
    _ held: HeldRun, for requirement: GatePolicy.Requirement, isBaseline: Bool = false
  ) -> SiftedRun {
    func sifted(_ kind: SiftedRun.Kind, _ why: String? = nil) -> SiftedRun {
      SiftedRun(held: held, kind: kind, why: why)
    }
    let run = held.run
    if let why = held.refusal ?? sieve.refusal(of: run, for: requirement.rigs) {
      return sifted(.uncounted, why)
    }
    // What the last good firmware did is no younger for being older than the runs that are asked for.
    if !isBaseline, let within = requirement.within, run.age(at: asOf) > within {
      return sifted(
        .stale,
        "\(GateWords.outcome(run.verdict)) more than \(requirement.withinText ?? "") ago")
    }
    switch run.verdict {
    case .passed:
      let lack = lackOfPass(run, requirement.partial)
      return sifted(lack == nil ? .passed : .partial, lack)
    case .failed:
      let isWaived = waivers.contains { $0.holds(at: asOf) && $0.covers(run) }
      return sifted(isWaived && !isBaseline ? .waived : .failed)
    case .errored: return sifted(.errored)
    case .aborted: return sifted(.aborted)
    case nil: return sifted(.killed)
    }
  }

  /// Why a run passed only in part; nil where it passed as a whole, or as far as must be.
  private func lackOfPass(_ run: ReleaseRun, _ partial: GatePolicy.Partial) -> String? {
    if run.held == nil { return "nobody counted what was judged" }
    guard let leftOut = run.leftOut else {
      return partial == .allowed ? nil : "nobody wrote down which steps were left out"
    }
    return partial.allows(leftOut) ? nil : "left out: \(leftOut.joined(separator: ", "))"
  }

  private func quarantine(_ place: Place) -> String? {
    policy.quarantine.first {
      $0.scenario.text == place.scenario && ($0.model == nil || $0.model?.text == place.model)
        && asOf < $0.end
    }.map { "\($0.owner), until \($0.until): \($0.why)" }
  }

  // MARK: New failures

  /// Failures of any age that the baseline has not, wherever they were seen: but for those that somebody
  /// answers for, and what decides nothing.
  func newFailures() -> [Decision.NewFailure] {
    own.keys.sorted { ($0.scenario, $0.model) < ($1.scenario, $1.model) }
      .filter { quarantine($0) == nil && !isOnlyInformative($0) }
      .flatMap { newFailures(at: $0) }
  }

  private func newFailures(at place: Place) -> [Decision.NewFailure] {
    let failed = (own[place] ?? []).filter { held in
      held.refusal == nil && held.run.verdict == .failed
        && !waivers.contains { $0.holds(at: asOf) && $0.covers(held.run) }
    }.map { SiftedRun(held: $0, kind: .failed, why: nil) }
    let baseline = (before[place] ?? []).filter {
      $0.refusal == nil && ($0.run.verdict == .passed || $0.run.verdict == .failed)
    }.map {
      SiftedRun(held: $0, kind: $0.run.verdict == .passed ? .passed : .failed, why: nil)
    }
    return Dictionary(grouping: failed, by: \.run.signature).sorted { $0.key < $1.key }
      .compactMap { signature, runs in
        let failure = Decision.Failure(signature, seenIn: runs, with: baseline)
        if failure.isOfBaseline == true { return nil }
        return Decision.NewFailure(
          scenario: place.scenario, model: place.model, failure: failure,
          runs: runs.suffix(CellJudge.named).reversed().map(\.told))
      }
  }

  private func isOnlyInformative(_ place: Place) -> Bool {
    let asking = policy.requirements.filter { requirement in
      requirement.scenarios.contains { $0.text == place.scenario }
        && requirement.models.contains { $0.text == place.model }
    }
    return !asking.isEmpty && asking.allSatisfy(\.isInformative)
  }
}

extension Waiver {
  /// Whether its last day is not over.
  func holds(at now: Date) -> Bool { now < end }

  /// Whether a failed run is all that it names.
  func covers(_ run: ReleaseRun) -> Bool {
    run.verdict == .failed && run.scenario.name == scenario && run.model.name == model
      && run.cause == cause && (step == nil || run.step == step)
      && (firmware == nil || run.firmware == firmware?.description)
  }
}
