public import ArgumentParser
import FoundationEssentials

/// `gantry-proving captures`: whether the eyes are right about captures that the matcher has no
/// hypothesis for.
public struct CapturesCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "captures",
    abstract: "Shows captures that the matcher has no hypothesis for, and counts the answers.",
    discussion: """
      Each sheet is a drawn screen with a widget, and one on which it differs in a detail. Both are \
      shown sharpened, more or less saturated, with gains of red and blue, with dark corners, with \
      rows that are lighter or darker, 0.3 % larger or smaller, compressed twice, as Motion JPEG, \
      and as H.264 at 4 Mbit/s a few frames after one became the other. The codecs are ffmpeg's, \
      from the Debian package of that name.

      Exit codes: 0 nothing was taken for what it is not; 1 otherwise; 2 wrong usage.
      """)

  @Option(help: "About how many answers to ask for.")
  var cases = 1000

  @OptionGroup var choice: SheetChoice<CaptureKind>

  @Option(help: "Examine so many sheets at the same time.")
  var jobs = 2

  @Option(help: "Write the pictures of each wrong answer here.")
  var failures: String?

  @Flag(help: "Print every answer, not only the wrong ones.")
  var all = false

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    try choice.validate(cases: cases, jobs: jobs)
  }

  /// Makes the sheets and prints the table.
  public func run() async throws {
    let sheets = choice.sheets(
      cases: cases, casesPerSheet: CaptureExaminer.casesPerSheet, jobs: jobs)
    let examiner = CaptureExaminer(seed: choice.seed, keepsPictures: failures != nil)
    if let failures {
      try FileManager.default.createDirectory(
        atPath: failures, withIntermediateDirectories: true)
    }
    var (score, number) = (CaptureScore(), 0)
    try await sheets.examine {
      try examiner.outcomes($0, number: $1)
    } _: { outcome in
      score.add(outcome)
      if all || outcome.isFooled { print("\(outcome.isFooled ? "wrong: " : "")\(outcome.words)") }
      guard let failures, let pictures = outcome.pictures else { return }
      number += 1
      let base = "\(failures)/\(outcome.kind.rawValue)-\(number)"
      try pictures.write(to: base)
    }
    for line in score.table { print(line) }
    if !score.isGood { throw ExitCode(1) }
  }
}

extension CaptureKind: ExpressibleByArgument {}
