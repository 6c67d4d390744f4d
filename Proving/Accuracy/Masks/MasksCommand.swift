public import ArgumentParser
import FoundationEssentials

/// `gantry-proving masks`: whether the eyes find shapes of which most is transparent.
public struct MasksCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "masks",
    abstract: "Shows frames, rings and corners that are open inside, and counts which are found.",
    discussion: """
      Each sheet is a drawn screen with a shape, from which a template is cut of which only the \
      shape's own pixels count. It is looked for in a later picture with something else inside, in \
      one in which the shape is thinner by a pixel, and in one without it. The median of the \
      processor time stands beside each count.

      Exit codes: 0 99 of 100 were found, and none where there was none; 1 otherwise; 2 wrong usage.
      """)

  @Option(help: "About how many answers to ask for.")
  var cases = 3000

  @OptionGroup var choice: SheetChoice<MaskKind>

  @Option(help: "Examine so many sheets at the same time; more than one blurs the times.")
  var jobs = 1

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
      cases: cases, casesPerSheet: MaskExaminer.casesPerSheet, jobs: jobs)
    let examiner = MaskExaminer(seed: choice.seed, keepsPictures: failures != nil)
    if let failures {
      try FileManager.default.createDirectory(
        atPath: failures, withIntermediateDirectories: true)
    }
    var score = MaskScore()
    try await sheets.examine {
      try examiner.outcomes($0, number: $1)
    } _: { outcome in
      score.add(outcome)
      if all || !outcome.isRight {
        print("\(outcome.isRight ? "" : "wrong: ")\(outcome.words)")
      }
      if let failures, let pictures = outcome.pictures {
        let base =
          "\(failures)/\(outcome.kind.rawValue)-\(outcome.number)-\(outcome.question.rawValue)"
        try pictures.write(to: base)
      }
    }
    for line in score.table { print(line) }
    if !score.isGood { throw ExitCode(1) }
  }
}

extension MaskKind: ExpressibleByArgument {}
