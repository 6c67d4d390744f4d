import MarkupText
import RunJournal

/// What differs between two runs, as a page that needs nothing but itself.
public enum ComparisonPage {
  private struct Page {
    var title: String
    var style: String
    var tone: String
    var runs: String
    var headline: String
    var summary: String
    var firstName: String
    var secondName: String
    var inputs: [ComparedRow]
    var steps: [ComparedStep]
  }

  /// Writes the page.
  ///
  /// - Parameters:
  ///   - comparison: what differs.
  ///   - first: the first run's folder.
  ///   - second: the second run's folder.
  ///   - path: the page's file.
  /// - Throws: when it can't be written.
  public static func write(
    _ comparison: RunComparison, of first: String, with second: String, to path: String
  ) throws(EvidenceError) {
    let html = html(comparison) { file, isFirst in
      RunReports.picture(file, of: isFirst ? first : second)
    }
    try EvidenceFiles.write(html.utf8, to: path)
  }

  static func html(
    _ comparison: RunComparison, picture: (_ file: String, _ isFirst: Bool) -> [UInt8]?
  ) -> String {
    let (one, other) = (comparison.first.start, comparison.second.start)
    let differing = comparison.steps.filter(\.differs).count
    let page = Page(
      title: "\(one.scenario.name): two runs compared", style: PageTemplates.style,
      tone: differing == 0 && comparison.inputs.isEmpty ? "passed" : "errored",
      runs: Markup.printable("\(one.wall.runID) · \(other.wall.runID)"),
      headline: Markup.printable("\(one.scenario.name): two runs compared"),
      summary: comparison.summary, firstName: Markup.printable(name(one)),
      secondName: Markup.printable(name(other)), inputs: comparison.inputs.map(ComparedRow.init),
      steps: comparison.steps.map { ComparedStep($0, picture: picture) })
    return PageTemplates.page(page, template: "compare")
  }

  private static func name(_ start: RunStart) -> String {
    [start.wall.startedAt, start.firmware].compactMap { $0 }.joined(separator: ", ")
  }
}

extension RunComparison {
  /// One line on how much differs.
  public var summary: String {
    let differing = steps.filter(\.differs).count
    let of = "\(ReportText.counted(steps.count, "step", "steps"))"
    return differing == 0
      ? "Nothing differs in \(of)."
      : "\(differing) of \(of) \(differing == 1 ? "differs" : "differ")."
  }
}

extension RunComparison.Step {
  /// What differs, in a few words; empty where nothing does.
  public var words: String {
    if first == nil { return "only in the second" }
    if second == nil { return "only in the first" }
    var words: [String] = []
    if outcomeDiffers { words.append("outcome") }
    if timeDiffers { words.append("time") }
    if !texts.isEmpty { words.append("words") }
    if picture?.isVisible == true { words.append("picture") }
    return words.joined(separator: ", ")
  }
}

extension RunComparison.PictureChange {
  /// The share, such as `12.5 %`.
  public var percent: String {
    let thousandths = Int((share * 1000).rounded())
    return "\(thousandths / 10).\(thousandths % 10) %"
  }
}
