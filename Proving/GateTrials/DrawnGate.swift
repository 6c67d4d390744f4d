import FoundationEssentials
import Gate
import Ledger
import RunJournal
import SeededRandom

/// A policy with its waivers, and a ledger, drawn by lot.
struct DrawnGate {
  /// The gate file.
  let policy: String
  /// The waiver file.
  let waivers: String
  /// The ledger.
  let runs: [ReleaseRun]

  static let scenarios = ["reset", "log-in"]
  static let models = ["night", "harbor"]
  static let causes = ["expectation-unmet", "no-mail"]
  static let steps = ["Open", "Close"]

  /// Draws a gate.
  ///
  /// - Parameters:
  ///   - seed: what it is drawn from.
  ///   - hasLimits: whether it may have limits on measurements.
  init(seed: UInt64, hasLimits: Bool) {
    var random = SeededStream(seed: seed, name: "gate")
    policy = Self.policy(&random, hasLimits: hasLimits)
    waivers = Self.waivers(&random)
    runs = (0..<Int.random(in: 0...24, using: &random)).map { Self.run($0, &random) }
  }

  // MARK: Files

  private static func policy(_ random: inout SeededStream, hasLimits: Bool) -> String {
    var lines = ["gate: drawn", "product: recorder", "baseline: \(ReleaseNight.baseline)"]
    if Bool.random(using: &random) { lines.append("virtual: allowed") }
    if Int.random(in: 0..<3, using: &random) == 0 { lines.append("newFailures: none") }
    if Int.random(in: 0..<6, using: &random) == 0 { lines.append("witness: screen") }
    if Int.random(in: 0..<6, using: &random) == 0 {
      let digit: Character = Bool.random(using: &random) ? "1" : "9"
      lines.append("pins: {scenarios: {reset: \"sha256:\(ReleaseNight.digest(digit))\"}}")
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      let day = Bool.random(using: &random) ? "2026-02-20" : "2026-03-20"
      lines.append("quarantine: [{scenario: reset, owner: a, why: b, until: \(day)}]")
    }
    lines.append("require:")
    for number in 0..<Int.random(in: 1...2, using: &random) {
      lines += requirement(number, &random, hasLimits: hasLimits)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func requirement(
    _ number: Int, _ random: inout SeededStream, hasLimits: Bool
  ) -> [String] {
    let of = Int.random(in: 1...4, using: &random)
    var lines = [
      "  - name: r\(number)", "    scenarios: [reset\(number == 0 ? "" : ", log-in")]",
      "    models: [night\(Bool.random(using: &random) ? ", harbor" : "")]",
      "    passes: {atLeast: \(Int.random(in: 1...of, using: &random)), of: \(of)}",
    ]
    func sometimes(_ line: String) {
      if Int.random(in: 0..<4, using: &random) == 0 { lines.append("    \(line)") }
    }
    sometimes("rigs: {atLeast: \(Int.random(in: 1...2, using: &random))}")
    sometimes("rigs: {class: bench}")
    sometimes("within: 10d")
    sometimes("errored: {atMost: \(Int.random(in: 0...2, using: &random))}")
    sometimes("partial: allowed")
    sometimes("passRate: {atLeast: \(Int.random(in: 20...60, using: &random)) %}")
    if hasLimits { sometimes("measurements: [{of: boot, atMost: baseline + 10 %, values: 1}]") }
    if number > 0 { sometimes("informative: true") }
    // A key may have been drawn twice.
    var seen: Set<Substring> = []
    return lines.filter { line in seen.insert(line.prefix { $0 != ":" }).inserted }
  }

  private static func waivers(_ random: inout SeededStream) -> String {
    let count = Int.random(in: 0...2, using: &random)
    if count == 0 { return "waivers: []\n" }
    return "waivers:\n"
      + (0..<count).map { _ in
        """
          - who: maria
            why: It is right.
            until: \(Bool.random(using: &random) ? "2026-02-20" : "2026-03-20")
            scenario: \(pick(scenarios, &random))
            model: \(pick(models, &random))
            cause: \(pick(causes, &random))

        """
      }.joined()
  }

  // MARK: Runs

  private static func pick(_ names: [String], _ random: inout SeededStream) -> String {
    names.randomElement(using: &random) ?? ""
  }

  /// A run, most of which pass, so that gates open.
  static func run(_ number: Int, _ random: inout SeededStream) -> ReleaseRun {
    let firmwares = [
      ReleaseNight.candidate.description, ReleaseNight.candidate.description,
      ReleaseNight.candidate.description, ReleaseNight.baseline.description,
      ReleaseNight.image("4.3.0", "c").description, "4.3.0",
    ]
    var run = ReleaseNight.run(
      "run-\(number)", scenario: Int.random(in: 0..<4, using: &random) > 0 ? "reset" : "log-in",
      model: Int.random(in: 0..<4, using: &random) > 0 ? "night" : "harbor",
      rig: "bench-\(Int.random(in: 1...3, using: &random))",
      firmware: pick(firmwares, &random),
      minutesAgo: Double(Int.random(in: 1...20_000, using: &random)))
    run.measured = ["boot": [.random(in: 45..<55, using: &random)]]
    if Int.random(in: 0..<8, using: &random) == 0 { run.rigKind?.isVirtual = true }
    if Int.random(in: 0..<8, using: &random) == 0 { run.rigKind?.rigClass = "lab" }
    if Int.random(in: 0..<8, using: &random) == 0 { run.leftOut = ["Read the code"] }
    if Int.random(in: 0..<3, using: &random) > 0 { run.sawFirmware = true }
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: return run.failed(pick(causes, &random), at: pick(steps, &random))
    case 2: return run.errored()
    case 3: return Bool.random(using: &random) ? run.killed() : run.aborted()
    default: return run
    }
  }
}
