import Foundation
import Gate
import Ledger
import LedgerTrials
import RunJournal
import SourceYAML

/// What a release gate takes of a ledger with a hundred thousand runs, all of which are of the firmware or
/// of the baseline.
struct Deciding {
  let repeats: Int
  let choice: Choice

  private static let runs = 100_000
  private static let names = ["gate: decide over 100,000 runs", "gate: check their ledger's file"]
  /// The most that a decision should take, in milliseconds.
  private static let target = 1000.0

  func measurements() async throws -> [Measurement] {
    guard Self.names.contains(where: choice.includes) else { return [] }
    let folder = FileManager.default.temporaryDirectory.path + "/gantry-gate-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try SQLiteLedger(folder + "/ledger.sqlite")
    let firmware = FirmwareImage(version: "8.1.0", digest: String(repeating: "a", count: 64))
    let baseline = FirmwareImage(version: "8.0.0", digest: String(repeating: "b", count: 64))
    let made = try MadeRuns()
    for start in stride(from: 0, to: Self.runs, by: 1000) {
      let runs = (start..<start + 1000).map { number in
        var run = made.run("night", number)
        run.firmware = (number % 4 == 0 ? baseline : firmware).description
        run.rigKind = RunStart.RigKind(
          rigClass: "bench", tags: [], isVirtual: false, remembers: true)
        return run
      }
      _ = try store.book(runs, at: .now)
    }
    let policy = try GateLoader.load(Array(Self.policy(baseline).utf8), file: "gate.yaml")
    var results: [Measurement] = []
    if choice.includes(Self.names[0]) {
      var rigs = 0
      let time = try await Measurement.median(of: min(repeats, 9)) {
        let runs = try store.releaseRuns(
          of: [firmware.description, baseline.description], bookedUntil: .now,
          measurements: policy.measurements)
        let decision = ReleaseGate.decide(
          policy, waivers: nil, runs: runs, firmware: firmware, asOf: .now, ledger: LedgerTrust())
        rigs = decision.rigs.count
      }
      results.append(
        Measurement(
          name: Self.names[0], milliseconds: time, target: Self.target,
          remark: rigs == 6 ? nil : "runs of \(rigs) rigs counted"))
    }
    if choice.includes(Self.names[1]) {
      let time = try await Measurement.median(of: min(repeats, 3)) { _ = try store.damages() }
      results.append(Measurement(name: Self.names[1], milliseconds: time, target: Self.target))
    }
    return results
  }

  /// All that the made runs have played, on all that they were played on.
  private static func policy(_ baseline: FirmwareImage) -> String {
    """
    gate: made
    product: recorder
    baseline: \(baseline)
    newFailures: none
    require:
      - name: all
        scenarios: [\((0..<12).map { "scenario-\($0)" }.joined(separator: ", "))]
        models: [\((0..<8).map { "model-\($0)" }.joined(separator: ", "))]
        rigs: {class: bench, atLeast: 3}
        passes: {atLeast: 18, of: 20}
        passRate: {atLeast: 90 %}
        within: 90d
        errored: {atMost: 5}
        measurements: [{of: boot, statistic: p95, atMost: baseline + 10 %}]
    """
  }
}
