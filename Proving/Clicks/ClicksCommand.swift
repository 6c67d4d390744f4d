public import ArgumentParser

/// `gantry-proving clicks`: whether clicks on small targets go where they should, and how long they
/// take.
public struct ClicksCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "clicks",
    abstract: "Clicks on small targets of drawn desks, and counts what went beside.",
    discussion: """
      Each desk is a pointer over a picture, with an acceleration, a rate of reports, a rate of pictures \
      and a latency of its own, drawn by lot. Its pointer is learnt by one click, and then targets of \
      20 by 20 pixels are clicked, each somewhere else. Times are the desk's own, which no machine's \
      load changes, and told as shares of what a click may take: 0.6 s and three times the latency and \
      the time between two pictures in the median, twice that for ninety-nine of a hundred.

      Exit codes: 0 nothing went beside and times are as they may be; 1 otherwise; 2 wrong usage.
      """)

  @Option(help: "How many clicks to make.")
  var clicks = 10_000

  @Option(help: "What all random numbers come from.")
  var seed: UInt64 = 1

  @Option(help: "Try so many desks at the same time.")
  var jobs = 2

  @Option(help: "Only the desk of this number.")
  var desk: Int?

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if clicks < 1 { throw ValidationError("--clicks must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }

  /// Makes the clicks and prints the table.
  public func run() async throws {
    let count = (clicks + DrawnDesk.targets - 1) / DrawnDesk.targets
    let numbers = desk.map { $0...$0 } ?? 0...count - 1
    var table = ClickTable()
    await withTaskGroup(of: (DrawnDesk, DeskScore).self) { group in
      var waiting = numbers.makeIterator()
      func begin() {
        guard let number = waiting.next() else { return }
        let drawn = DrawnDesk(seed: seed, number: number)
        group.addTask { (drawn, await drawn.score()) }
      }
      for _ in 0..<jobs { begin() }
      for await (drawn, score) in group {
        for complaint in score.complaints { print("desk \(drawn.number), \(drawn): \(complaint)") }
        table.add(score, of: drawn)
        begin()
      }
    }
    for line in table.lines { print(line) }
    if !table.isGood { throw ExitCode(1) }
  }
}
