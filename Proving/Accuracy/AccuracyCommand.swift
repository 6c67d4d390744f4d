public import ArgumentParser
import FoundationEssentials
import RunJournal

/// `gantry-proving accuracy`: how often the eyes are right.
public struct AccuracyCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "accuracy",
    abstract: "Shows generated screens to the eyes, and counts how often they are right.",
    discussion: """
      Each case is a template cut from a drawn screen, and a frame of that screen as a capture \
      card might deliver it, or of a screen that differs in a detail. Templates of its header and \
      menu tell the tone of the whole picture, as a model's do. What is asked:

      found: it is there, and must be found where it is.
      rejected: a detail differs, and it must be answered as absent.
      doubtful: a detail differs in a picture too poor to ask for more than that it is not matched.

      The seed that is used when none is given is for tuning. `make accuracy` prints its table for \
      other seeds. A wrong answer is printed with its name, such as `letter 17/2`: repeat it \
      with --kind letter --sheet 17 and the same seed. Exit codes: 0 right often enough; 1 not; \
      2 wrong usage.
      """)

  @Option(help: "About how many cases to make.")
  var cases = 4000

  @OptionGroup var choice: SheetChoice<Kind>

  @Option(help: "Examine so many sheets at the same time.")
  var jobs = 2

  @Option(help: "Write the pictures and the answer of each wrong case here.")
  var failures: String?

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    try choice.validate(cases: cases, jobs: jobs)
  }

  /// Makes the cases and prints the table.
  public func run() async throws {
    let sheets = choice.sheets(
      cases: cases, casesPerSheet: Examiner.casesPerSheet, jobs: jobs)
    let examiner = Examiner(seed: choice.seed, keepsPictures: failures != nil)
    if let failures {
      try FileManager.default.createDirectory(
        atPath: failures, withIntermediateDirectories: true)
    }
    var score = Score()
    try await sheets.examine {
      try await examiner.outcomes($0, number: $1)
    } _: { outcome in
      score.add(outcome)
      if !outcome.isRight { try tell(outcome) }
    }
    for line in score.table { print(line) }
    for shortcoming in score.shortcomings { print("not good enough: \(shortcoming)") }
    if !score.shortcomings.isEmpty { throw ExitCode(1) }
  }

  private func tell(_ outcome: CaseOutcome) throws {
    print("\(outcome.name) \(outcome.question.rawValue): \(outcome.words)")
    guard let failures, let pictures = outcome.pictures else { return }
    let base =
      "\(failures)/\(outcome.kind.rawValue)-\(outcome.number)-\(outcome.look)"
    try pictures.write(to: base)
    try Data(outcome.words.utf8).write(to: URL(filePath: base + ".txt"))
  }
}

extension Kind: ExpressibleByArgument {}
