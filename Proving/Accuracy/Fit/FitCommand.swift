public import ArgumentParser
import FoundationEssentials

/// `gantry-proving fit`: what limits labelled pairs would choose.
public struct FitCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Measures labelled pairs, and prints the limits that they would choose.",
    discussion: """
      Each pair is a template and a frame of which it is known whether the one shows the other: \
      widgets in any ordinary capture, and those that differ in a detail in mild ones; controls \
      beside a tinted one in a calibrated chain, and the tinted one; shapes that are open inside, \
      and ones that are thinner by a pixel or not there. The judge measures each at its place, \
      chroma only where luma is within eight times its limit.

      Of each statistic it prints the residuals of both kinds in units of the limit in use, what \
      becomes of true and false matches as the limit grows (the ROC curve), alone and where the \
      others keep their limits, and the limit that it would choose: one with the most true matches, \
      or so many that the pairs don't tell it from that one (95 %), whose rate of false ones stays \
      below --bound by the upper end of its 95 % interval; the limit in use, where it is one of them. \
      The limits are chosen by the pairs of --seed and counted by those of --count-seed. Nothing is \
      changed by it.

      Exit codes: 0; 2 wrong usage.
      """)

  @Option(help: "What the pairs that limits are chosen by come from.")
  var seed: UInt64 = 1

  @Option(help: "What the pairs that they are counted by come from; another one.")
  var countSeed: UInt64 = 1001

  @Option(help: "About how many pairs to draw by each seed.")
  var pairs = 4000

  @Option(help: "The largest rate of false matches, 0…1.")
  var bound = 0.005

  @Option(help: "Examine so many sheets at the same time.")
  var jobs = 2

  @Option(help: "Write the residuals of each pair into this file.")
  var csv: String?

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if pairs < 1 { throw ValidationError("--pairs must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if seed == countSeed {
      throw ValidationError("--count-seed must not be --seed: limits fit what they were chosen by.")
    }
    if !(0.0001...0.5).contains(bound) { throw ValidationError("--bound lies in 0.0001…0.5.") }
  }

  /// Draws and measures the pairs, and prints the report.
  public func run() async throws {
    let (fitted, counted) = (try await measured(seed), try await measured(countSeed))
    print("chosen by seed \(seed), counted by seed \(countSeed)")
    for line in FitReport(fitted: fitted, counted: counted, bound: bound).lines { print(line) }
    guard let csv else { return }
    let rows = Self.rows(fitted, seed) + Self.rows(counted, countSeed)
    let text = ([Self.heading] + rows).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(filePath: csv))
  }

  /// The pairs of a seed, in an order of their own.
  private func measured(_ seed: UInt64) async throws -> [MeasuredPair] {
    let examiner = PairExaminer(seed: seed)
    let each = FitKind.all.reduce(0) { $0 + $1.pairs }
    let sheets = (0..<((pairs - 1) / each + 1)).flatMap { number in
      FitKind.all.map { (kind: $0, number: number) }
    }
    var measured: [MeasuredPair] = []
    try await SheetRun(sheets, jobs: jobs).examine {
      try examiner.pairs($0, number: $1)
    } _: {
      measured.append($0)
    }
    return measured.sorted { ($0.kind, $0.number, $0.look) < ($1.kind, $1.number, $1.look) }
  }

  private static let heading =
    (["seed", "kind", "sheet", "look", "shown"] + FitStatistic.allCases.map(\.rawValue))
    .joined(separator: ",")

  private static func rows(_ pairs: [MeasuredPair], _ seed: UInt64) -> [String] {
    pairs.map { pair in
      let values = FitStatistic.allCases.map { pair.values[$0].map { "\($0)" } ?? "" }
      let first = [
        "\(seed)", pair.kind, "\(pair.number)", "\(pair.look)", pair.isMatch ? "match" : "other",
      ]
      return (first + values).joined(separator: ",")
    }
  }
}
