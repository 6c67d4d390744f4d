import Commands
import RunJournal

/// What a part of a campaign found: how many runs were as they should be, and which were not.
package struct Tally: Sendable {
  /// How many runs were as they should be.
  package private(set) var right = 0
  /// How many runs were played.
  package private(set) var total = 0
  /// What was not as it should be, in words, each with what repeats it.
  package private(set) var surprises: [String] = []

  /// Counts a run, and says so where it is not as it should be.
  mutating func count(
    _ outcome: Outcome, of series: Series, isRight: Bool, wanted: String, on console: Console
  ) {
    count(
      isRight: isRight,
      """
          \(outcome.words), not \(wanted)\(outcome.reason.map { ": \($0)" } ?? "")
            \(series.commandLine(seed: outcome.seed))
      """, on: console)
  }

  /// Counts something that is as it should be, or says in words that it is not.
  mutating func count(isRight: Bool, _ words: String, on console: Console) {
    total += 1
    if isRight {
      right += 1
    } else {
      surprises.append(words)
      console.say(words)
    }
  }

  /// Takes in what another part found.
  mutating func add(_ other: Tally) {
    right += other.right
    total += other.total
    surprises += other.surprises
  }

  /// Such as `98 of 100 (95 % interval 93 % to 99.4 %)`.
  package var words: String {
    "\(right) of \(total) (95 % interval \(WilsonInterval(successes: right, trials: total)))"
  }
}
