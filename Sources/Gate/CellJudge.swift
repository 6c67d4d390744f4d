import FoundationEssentials
import Ledger

/// Judges a scenario on a model by its runs.
struct CellJudge {
  let requirement: GatePolicy.Requirement
  let baseline: FirmwareImage?
  /// All runs of the firmware, in the order in which they began.
  let runs: [SiftedRun]
  /// The baseline's runs that count, in the same order.
  let baselineRuns: [SiftedRun]
  /// How many runs of a kind a decision names.
  static let named = 10

  private func of(_ kind: SiftedRun.Kind) -> [SiftedRun] { runs.filter { $0.kind == kind } }

  /// What the runs come to.
  ///
  /// - Parameters:
  ///   - scenario: the scenario.
  ///   - model: the model.
  ///   - quarantine: in whose quarantine it is, in words; nil where in none.
  /// - Returns: what it comes to.
  func cell(_ scenario: String, on model: String, quarantine: String?) -> Decision.Cell {
    let passed = of(.passed)
    let (waived, failed) = (of(.waived), of(.failed))
    let said = runs.filter { $0.kind.says }
    let last = said.suffix(requirement.passes.of)
    let good = last.count { $0.kind != .failed }
    let rigs = Set((passed + waived).map(\.run.rig.name)).sorted()
    let rate = requirement.passRate.map {
      $0.bound.low(passes: passed.count, trials: passed.count + failed.count)
    }
    let measured = requirement.measurements.map(measure)
    var findings = passFindings(good: good, passed: passed, failed: failed)
    if let most = requirement.erroredAtMost {
      let errored = runs.filter { $0.kind == .errored || $0.kind == .killed }
      if errored.count > most {
        add(
          .errored, "\(errored.count) runs ended errored or were killed, where \(most) may",
          errored, to: &findings)
      }
    }
    if let rate, let demand = requirement.passRate, rate < demand.atLeast {
      findings.append(
        .init(
          lack: .rate,
          words:
            "\(passed.count) of \(passed.count + failed.count) passed: with 95 % confidence at "
            + "least \(GateWords.certain(rate)), not \(GateWords.percent(demand.atLeast)) "
            + "(\(demand.bound.rawValue))", runs: []))
    }
    if rigs.count < requirement.rigs.atLeast, !rigs.isEmpty {
      findings.append(
        .init(
          lack: .rigs,
          words: "it passed on \(rigs.joined(separator: ", ")), not on "
            + "\(requirement.rigs.atLeast) different rig\(requirement.rigs.atLeast == 1 ? "" : "s")",
          runs: []))
    }
    findings += measured.compactMap(finding)
    let state: Decision.Cell.State =
      quarantine != nil
      ? .quarantined : !findings.isEmpty ? .unmet : waived.isEmpty ? .met : .waived
    return Decision.Cell(
      scenario: scenario, model: model, state: state, findings: findings,
      counts: SiftedRun.Kind.allCases.compactMap { kind in
        let count = of(kind).count
        return count == 0 ? nil : .init(countsAs: kind.rawValue, runs: count)
      }, last: last.reversed().prefix(Self.named).map(\.told), failures: failures(failed),
      quarantine: quarantine, rate: rate,
      passesMissing: passesMissing(passed: passed.count, failed: failed.count, said, measured),
      rigsMissing: max(0, requirement.rigs.atLeast - rigs.count), rigs: rigs,
      lastSeed: runs.compactMap { UInt64($0.run.seed) }.max() ?? 0, measured: measured)
  }

  // MARK: Passes

  private func passFindings(
    good: Int, passed: [SiftedRun], failed: [SiftedRun]
  ) -> [Decision.Finding] {
    var findings: [Decision.Finding] = []
    let demand = requirement.passes
    let isShort = good < demand.atLeast
    // What older runs failed is not undone by playing until the last ones pass.
    let isWorse =
      failed.count * demand.of > (demand.of - demand.atLeast) * (passed.count + failed.count)
    guard isShort || isWorse else { return [] }
    if !failed.isEmpty {
      let causes = Set(failed.map(\.run.signature)).sorted().prefix(3).map(\.words)
      let many = "\(failed.count) run\(failed.count == 1 ? "" : "s") failed"
      add(
        passed.isEmpty ? .failed : .flaky,
        (passed.isEmpty ? many : "\(many) and \(passed.count) passed on the same image")
          + ": \(causes.joined(separator: "; "))", failed, to: &findings)
    } else if runs.isEmpty {
      findings.append(.init(lack: .missing, words: "no run of this image is booked", runs: []))
    } else {
      findings.append(
        .init(lack: .tooFew, words: "\(good) of \(demand.atLeast) passes", runs: []))
    }
    guard isShort else { return findings }
    for (kind, lack) in [
      (SiftedRun.Kind.partial, Decision.Lack.partial), (.errored, .errored), (.killed, .killed),
      (.aborted, .aborted), (.stale, .stale), (.uncounted, .uncounted),
    ] {
      let those = of(kind)
      if those.isEmpty { continue }
      let whys = Set(those.map { $0.told.why ?? kind.rawValue }).sorted()
      add(
        lack,
        "\(those.count) run\(those.count == 1 ? "" : "s"): "
          + whys.prefix(3).joined(separator: "; ") + (whys.count > 3 ? "; …" : ""),
        those, to: &findings)
    }
    return findings
  }

  /// How many more passes are enough for passes, pass rate and values; nil where none are.
  private func passesMissing(
    passed: Int, failed: Int, _ said: [SiftedRun], _ measured: [Decision.Measured]
  ) -> Int? {
    let demand = requirement.passes
    let values = zip(requirement.measurements, measured).map { $0.values - $1.values }.max() ?? 0
    func isEnough(_ more: Int) -> Bool {
      let kept = said.suffix(max(0, demand.of - more)).count { $0.kind != .failed }
      let isRateSure =
        requirement.passRate.map {
          $0.bound.low(passes: passed + more, trials: passed + failed + more) >= $0.atLeast
        } ?? true
      return min(more, demand.of) + kept >= demand.atLeast && isRateSure && more >= values
        && failed * demand.of <= (demand.of - demand.atLeast) * (passed + failed + more)
    }
    if isEnough(0) { return 0 }
    // More passes never make it worse: the least number lies between two powers of two.
    var high = 1
    while !isEnough(high) {
      if high > 1 << 16 { return nil }
      high *= 2
    }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private func add(
    _ lack: Decision.Lack, _ words: String, _ runs: [SiftedRun],
    to findings: inout [Decision.Finding]
  ) {
    findings.append(
      .init(
        lack: lack, words: words, runs: runs.suffix(Self.named).reversed().map(\.told)))
  }

  // MARK: Failures

  /// What failed, each once, with how sure it is.
  private func failures(_ failed: [SiftedRun]) -> [Decision.Failure] {
    Dictionary(grouping: failed, by: \.run.signature).sorted { $0.key < $1.key }
      .map { signature, runs in
        Decision.Failure(
          signature, seenIn: runs, with: baseline == nil ? [] : baselineRuns)
      }
  }

  // MARK: Measurements

  private func measure(_ limit: MeasurementLimit) -> Decision.Measured {
    let values = Self.values(of: limit.measurement, in: runs)
    var most: Double?
    switch limit.most {
    case .value(let value): most = value
    case .overBaseline(let share):
      let before = Self.values(of: limit.measurement, in: baselineRuns)
      if before.count >= limit.values {
        most = limit.statistic.value(of: before).map { $0 * (1 + share) }
      }
    }
    return Decision.Measured(
      measurement: limit.measurement, statistic: limit.statistic,
      value: values.count < limit.values ? nil : limit.statistic.value(of: values),
      values: values.count, most: most, limit: limit.mostText)
  }

  /// What passed runs measured: of others nobody knows that it was measured under the same conditions.
  private static func values(of name: String, in runs: [SiftedRun]) -> [Double] {
    runs.filter { $0.kind == .passed }.flatMap { $0.run.measured[name] ?? [] }
  }

  private func finding(_ measured: Decision.Measured) -> Decision.Finding? {
    let what = "\(measured.statistic.rawValue) of \(measured.measurement)"
    guard let value = measured.value else {
      return .init(
        lack: .measurement, words: "too few values for the \(what): \(measured.values)", runs: [])
    }
    guard let most = measured.most else {
      return .init(
        lack: .measurement, words: "the baseline has too few values for the \(what)", runs: [])
    }
    if value <= most { return nil }
    return .init(
      lack: .measurement,
      words: "\(what) is \(GateWords.number(value)), more than \(GateWords.number(most)) "
        + "(\(measured.limit))", runs: [])
  }
}

extension Decision.Failure {
  /// A failure, and what the baseline says of it.
  ///
  /// - Parameters:
  ///   - signature: the cause and the step.
  ///   - runs: the runs that failed so.
  ///   - baseline: the baseline's runs of the same scenario on the same model that count.
  init(_ signature: FailureSignature, seenIn runs: [SiftedRun], with baseline: [SiftedRun]) {
    let rigs = Set(runs.map(\.run.rig.name))
    let said = baseline.filter { $0.kind.says }
    let same = said.filter { $0.kind != .passed && $0.run.signature == signature }
    let failing = Set(same.map(\.run.rig.name))
    self.init(
      cause: signature.cause, step: signature.step, count: runs.count, rigs: rigs.sorted(),
      isOfBaseline: said.isEmpty ? nil : !same.isEmpty,
      refutedByBaseline: Set(said.map(\.run.rig.name)).intersection(rigs).subtracting(failing)
        .sorted())
  }
}

extension FailureSignature {
  /// Such as `no-mail at Wait for the code`.
  var words: String { cause + (step.map { " at \($0)" } ?? "") }
}
