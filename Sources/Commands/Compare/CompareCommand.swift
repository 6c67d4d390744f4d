import ArgumentParser
import Evidence
import Frames
import OrderedJSON
import RunJournal

/// `gantry compare`: what differs between two runs.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Says step by step where pictures, times and words of two runs differ.",
    discussion: """
      Works on run folders alone. Ends with 0, whatever differs, and with 2 where a run can't be read.
      """)

  @Argument(help: "A run folder.", completion: .directory)
  var first: String

  @Argument(help: "Another one.", completion: .directory)
  var second: String

  @Option(
    help: "Write a page with both runs' pictures, too.", completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Print a JSON object on standard output, and nothing else there.")
  var json = false

  func run() throws {
    let console = Console.current
    do throws(EvidenceError) {
      let comparison = try RunComparison(of: first, with: second)
      if let html {
        try ComparisonPage.write(comparison, of: first, with: second, to: html)
      }
      if json { return console.say(comparison.json.description) }
      for line in Self.lines(comparison) { console.say(line) }
      if let html { console.say(html) }
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
  }

  /// The comparison for people: what the runs were made from, then the steps that differ.
  static func lines(_ comparison: RunComparison) -> [String] {
    var lines: [String] = []
    for input in comparison.inputs {
      // A few digits of a digest tell it from others.
      let input = input.what.hasSuffix("digest") ? shortened(input) : input
      lines.append("\(input.what): \(words(input))")
    }
    if !lines.isEmpty { lines.append("") }
    for step in comparison.steps where step.differs {
      lines.append("\(step.path): \(step.words)")
      if step.outcomeDiffers, step.first != nil, step.second != nil {
        lines.append("  outcome: \(outcome(step.first)) → \(outcome(step.second))")
      }
      if step.timeDiffers {
        lines.append("  time: \(time(step.first)) → \(time(step.second))")
      }
      for text in step.texts { lines.append("  \(text.what): \(words(text))") }
      if let picture = step.picture, picture.isVisible {
        let place = picture.place.map { ", most at \($0)" } ?? ""
        lines.append("  picture: \(picture.percent) of the pixels differ\(place)")
      }
    }
    return lines + [comparison.summary]
  }

  private static func words(_ difference: RunComparison.Difference) -> String {
    "\(difference.first ?? "–") → \(difference.second ?? "–")"
  }

  private static func shortened(_ difference: RunComparison.Difference) -> RunComparison.Difference
  {
    var difference = difference
    difference.first = difference.first.map { String($0.prefix(12)) }
    difference.second = difference.second.map { String($0.prefix(12)) }
    return difference
  }

  private static func outcome(_ side: RunComparison.Side?) -> String {
    side?.outcome?.rawValue ?? "not ended"
  }

  private static func time(_ side: RunComparison.Side?) -> String {
    side?.seconds.map(TerminalStyle.seconds) ?? "–"
  }
}
