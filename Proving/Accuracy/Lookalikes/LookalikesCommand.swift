public import ArgumentParser

/// `gantry-proving lookalikes`: whether the eyes tell a text from one that looks nearly the same.
public struct LookalikesCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "lookalikes",
    abstract: "Shows texts beside others that look nearly the same, and counts which are found.",
    discussion: """
      Each sheet is a drawn screen with a text (`Zone A`), the same screen with another one in its \
      place (`Zone 4`), and one with both. The text is looked for on each: it must be found where it \
      stands, and be absent where only the other one does. Pairs that are one picture in the sheet's \
      font are left out. Numbers with a minus and of ones are read to the letter, too; letters of 46 \
      to 120 pixels, lone letters in boxes, dark blue on green and at the left edge are kinds of \
      their own. The median of the processor time stands beside each count.

      Exit codes: 0 no look-alike was found, and 98 of 100 of all answers were right; 1 otherwise; 2 \
      wrong usage.
      """)

  @Option(help: "About how many answers to ask for.")
  var cases = 2000

  @OptionGroup var choice: SheetChoice<LookalikeKind>

  @Option(help: "Examine so many sheets at the same time; more than one blurs the times.")
  var jobs = 1

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
      cases: cases, casesPerSheet: LookalikeExaminer.casesPerSheet, jobs: jobs)
    let examiner = LookalikeExaminer(seed: choice.seed)
    var score = LookalikeScore()
    try await sheets.examine {
      try await examiner.outcomes($0, number: $1)
    } _: { outcome in
      score.add(outcome)
      if all || !outcome.isRight {
        print("\(outcome.isRight ? "" : "wrong: ")\(outcome.words)")
      }
    }
    for line in score.table { print(line) }
    if !score.isGood { throw ExitCode(1) }
  }
}

extension LookalikeKind: ExpressibleByArgument {}
