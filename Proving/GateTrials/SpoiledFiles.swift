import Gate
import Ledger
import OrderedJSON
import SeededRandom
import SourceYAML

/// Gate files and waiver files with bytes changed, left out, doubled or put elsewhere.
///
/// Each is refused by clear lines or gives a decision, which is never open: the ledger that they are
/// tried on has no pass of the firmware, and no failure that anybody could answer for.
package struct SpoiledFiles: Sendable {
  /// How many files were tried.
  package private(set) var tried = 0
  /// How many of them were refused.
  package private(set) var refused = 0
  /// What did not hold, a line each.
  package private(set) var findings: [String] = []

  private let runs: [ReleaseRun]

  /// Begins.
  package init() {
    runs = [
      ReleaseNight.run("a", minutesAgo: 5).errored(), ReleaseNight.run("b", minutesAgo: 6).killed(),
      ReleaseNight.run("c", minutesAgo: 7).aborted(),
      ReleaseNight.run("d", firmware: ReleaseNight.baseline.description, minutesAgo: 8),
      ReleaseNight.run("e", firmware: "4.3.0", minutesAgo: 9),
    ]
  }

  /// Tries the spoiled files of a seed.
  package mutating func tryFile(seed: UInt64) {
    let gate = DrawnGate(seed: seed % 5000, hasLimits: true)
    var random = SeededStream(seed: seed, name: "spoiled")
    tried += 1
    let isPolicy = Bool.random(using: &random)
    var (policyBytes, waiverBytes) = (Array(gate.policy.utf8), Array(gate.waivers.utf8))
    if isPolicy {
      Self.spoil(&policyBytes, with: waiverBytes, &random)
    } else {
      Self.spoil(&waiverBytes, with: policyBytes, &random)
    }
    do throws(Findings) {
      let policy = try GateLoader.load(policyBytes, file: "gate.yaml")
      let waivers = try WaiverLoader.load(waiverBytes, file: "waivers.yaml")
      let decision = GateProperties.decide(policy, waivers, runs)
      _ = decision.json.description
      if decision.verdict == .open || decision.reasons.isEmpty {
        findings.append("seed \(seed): it is \(decision.verdict.rawValue)")
      }
    } catch {
      refused += 1
      let lines = error.all.map(\.description)
      if lines.isEmpty || lines.contains(where: { !Self.isClear($0) }) {
        findings.append("seed \(seed): refused without a clear line: \(lines)")
      }
    }
  }

  /// Whether it is one line, with a place, what is wrong and what would be right.
  private static func isClear(_ line: String) -> Bool {
    line.contains("; ") && line.split(separator: ":").count > 3
      && !line.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
  }

  private static func spoil(
    _ bytes: inout [UInt8], with other: [UInt8], _ random: inout SeededStream
  ) {
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard !bytes.isEmpty else { return }
      if Bool.random(using: &random) {
        spoilGently(&bytes, &random)
      } else {
        spoilHard(&bytes, with: other, &random)
      }
    }
  }

  /// Spoils what a file says, rather than how: another digit, or a line less.
  private static func spoilGently(_ bytes: inout [UInt8], _ random: inout SeededStream) {
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    if let at = digits.randomElement(using: &random), Bool.random(using: &random) {
      bytes[at] = .random(in: 0x30...0x39, using: &random)
      return
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let at = Int.random(in: 0..<lines.count, using: &random)
    if Int.random(in: 0..<3, using: &random) == 0 {
      lines.swapAt(at, Int.random(in: 0..<lines.count, using: &random))
    } else {
      lines.remove(at: at)
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  private static func spoilHard(
    _ bytes: inout [UInt8], with other: [UInt8], _ random: inout SeededStream
  ) {
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, at + Int.random(in: 1...20, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes[at] = .random(in: 0...255, using: &random)
    case 1: bytes[at] = marks.randomElement(using: &random) ?? 0
    case 2: bytes.removeSubrange(at..<end)
    case 3:
      bytes.insert(
        contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
    case 4:
      bytes.replaceSubrange(
        at..<end, with: other.prefix(Int.random(in: 0...30, using: &random)))
    case 5: bytes.removeLast(bytes.count - at)
    default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
    }
  }

  /// Characters that mean something in YAML, and digits.
  private static let marks = Array(" :-[]{},\n\"'#&*!|>%@0123456789".utf8)
}
