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

  @Option(help: "What all random numbers come from.")
  var seed: UInt64 = 1

  @Option(help: "Only this kind; may be repeated.")
  var kind: [LookalikeKind] = []

  @Option(help: "Only the sheet of this number, of each kind.")
  var sheet: Int?

  @Option(help: "Examine so many sheets at the same time; more than one blurs the times.")
  var jobs = 1

  @Flag(help: "Print every answer, not only the wrong ones.")
  var all = false

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if cases < 1 { throw ValidationError("--cases must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if let sheet, sheet < 0 { throw ValidationError("--sheet counts from 0.") }
  }

  /// Makes the sheets and prints the table.
  public func run() async throws {
    let kinds = kind.isEmpty ? LookalikeKind.allCases : kind
    let each = (cases - 1) / (kinds.count * LookalikeExaminer.casesPerSheet) + 1
    let numbers = sheet.map { [$0] } ?? Array(0..<each)
    let sheets = numbers.flatMap { number in kinds.map { (kind: $0, number: number) } }
    let examiner = LookalikeExaminer(seed: seed)
    var score = LookalikeScore()
    try await withThrowingTaskGroup(of: [LookalikeOutcome].self) { group in
      var next = 0
      func add() {
        guard next < sheets.count else { return }
        let (kind, number) = sheets[next]
        next += 1
        group.addTask { try await examiner.outcomes(kind, number: number) }
      }
      for _ in 0..<jobs { add() }
      while let outcomes = try await group.next() {
        for outcome in outcomes {
          score.add(outcome)
          if all || !outcome.isRight {
            print("\(outcome.isRight ? "" : "wrong: ")\(outcome.words)")
          }
        }
        add()
      }
    }
    for line in score.table { print(line) }
    if !score.isGood { throw ExitCode(1) }
  }
}

extension LookalikeKind: ExpressibleByArgument {}
