import MarkupText
import RunJournal

/// What has changed since the last good run of the same scenario, model and rig.
struct LastGoodView {
  var lastGoodWords: String
  /// The way to its report.
  var lastGoodWay: String
  var lastGoodSummary: String
  var firstName: String
  var secondName: String
  var hasInputs: Bool
  var inputs: [ComparedRow]
  var hasDifferences: Bool
  var differencesWords: String
  var isDecided: Bool
  var differences: [ComparedStep]
}

extension ReportMaker {
  /// What there is to tell of the last good run; at most one.
  var lastGood: [LastGoodView] {
    guard let good else { return [] }
    let comparison = good.comparison
    let differing = comparison.steps.filter(\.differs)
    let (one, other) = (comparison.first.start, comparison.second.start)
    // Where every run draws its own, the seed says nothing.
    let inputs = comparison.inputs.filter { $0.what != "seed" && $0.what != "recorder's time" }
    return [
      LastGoodView(
        lastGoodWords: Markup.printable(Self.words(one)),
        lastGoodWay: Markup.address(ofPath: "\(good.way)/\(RunFolder.FileName.report)"),
        lastGoodSummary: comparison.summary,
        firstName: Markup.printable(Self.name(one, "last good")),
        secondName: Markup.printable(Self.name(other, "this run")), hasInputs: !inputs.isEmpty,
        inputs: inputs.map(ComparedRow.init), hasDifferences: !differing.isEmpty,
        differencesWords: ReportText.counted(differing.count, "step differs", "steps differ"),
        isDecided: story.journal.end?.verdict != .passed,
        differences: differing.map { ComparedStep($0, picture: good.picture) })
    ]
  }

  private static func words(_ start: RunStart) -> String {
    [start.wall.startedAt, start.firmware.map { "firmware \($0)" }, "seed \(start.seed)"]
      .compactMap { $0 }.joined(separator: ", ")
  }

  private static func name(_ start: RunStart, _ which: String) -> String {
    start.firmware.map { "\(which), \($0)" } ?? which
  }
}

/// The last good run beside the run that a page is about.
struct GoodRun {
  /// What differs, the good run first.
  var comparison: RunComparison
  /// The way to its folder, as it is written down.
  var way: String
  /// The bytes of a kept picture of the good run or of the page's own.
  var picture: (_ file: String, _ isFirst: Bool) -> [UInt8]?
}
