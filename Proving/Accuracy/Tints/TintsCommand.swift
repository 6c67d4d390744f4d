public import ArgumentParser

/// `gantry-proving tints`: whether the eyes tell a tinted control from one at rest.
public struct TintsCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "tints",
    abstract: "Shows tinted controls beside untouched ones, and counts which are taken for which.",
    discussion: """
      Each sheet is a drawn screen with buttons or rows at rest, from which templates are cut, and \
      a picture of it, as a capture card might deliver it, in which one of them is tinted: lighter, \
      darker, of another colour of equal luma, under a veil, selected, in focus or disabled. The \
      template is cut along the face (tight) or with what surrounds it (around), and is shown to \
      the eyes by itself (alone), after its neighbours' templates (glance), or by itself where \
      still frames of the screen at rest were looked at before (calibrated). A tint is 10 levels \
      of luma or more, or 16 of chroma; below 6, or 9.6, it is noise.

      Wrong is: a tint that is matched, unless a tone of the whole picture may have undone it and \
      the template was shown alone; a neighbour that is absent; unclear where the chain's \
      transform can be known. Exit codes: 0 no tint was matched, and at most one in a hundred of \
      the other answers was wrong; 1 otherwise; 2 wrong usage.
      """)

  @Option(help: "About how many answers about tinted controls to ask for.")
  var cases = 2000

  @OptionGroup var choice: SheetChoice<TintKind>

  @Option(help: "Examine so many sheets at the same time.")
  var jobs = 2

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
      cases: cases, casesPerSheet: TintExaminer.casesPerSheet, jobs: jobs)
    let examiner = TintExaminer(seed: choice.seed)
    var score = TintScore()
    try await sheets.examine {
      try examiner.outcomes($0, number: $1)
    } _: { outcome in
      score.add(outcome)
      if all || outcome.isWrong {
        print("\(outcome.isWrong ? "wrong: " : "")\(outcome.words)")
      }
    }
    for line in score.table { print(line) }
    if !score.isGood { throw ExitCode(1) }
  }
}

extension TintKind: ExpressibleByArgument {}
