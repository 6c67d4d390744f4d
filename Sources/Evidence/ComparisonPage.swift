import Frames
import MarkupText
import RunJournal

/// What differs between two runs, as a page that needs nothing but itself.
public enum ComparisonPage {
  /// How large pictures are at most in it.
  private static let largest = PixelSize(width: 640, height: 360)

  private struct Row {
    var what: String
    var first: String
    var second: String
  }

  private struct Pictures {
    var pictureWords: String
    var w: Int
    var h: Int
    var firstData: String
    var secondData: String
    var heatData: String
  }

  private struct Step {
    var stepTone: String
    var isOpen: Bool
    var differsWords: String
    var path: String
    var times: String
    var rows: [Row]
    var pictures: [Pictures]
  }

  private struct Page {
    var title: String
    var style: String
    var tone: String
    var runs: String
    var headline: String
    var summary: String
    var firstName: String
    var secondName: String
    var inputs: [Row]
    var steps: [Step]
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
      secondName: Markup.printable(name(other)), inputs: comparison.inputs.map(row),
      steps: comparison.steps.map { step($0, picture) })
    return PageTemplates.page(page, template: "compare")
  }

  private static func name(_ start: RunStart) -> String {
    [start.wall.startedAt, start.firmware].compactMap { $0 }.joined(separator: ", ")
  }

  private static func row(_ difference: RunComparison.Difference) -> Row {
    Row(
      what: difference.what, first: Markup.printable(difference.first ?? "–"),
      second: Markup.printable(difference.second ?? "–"))
  }

  private static func step(
    _ step: RunComparison.Step, _ picture: (String, Bool) -> [UInt8]?
  ) -> Step {
    func outcome(_ side: RunComparison.Side?) -> String {
      side.map { $0.outcome?.rawValue ?? "not ended" } ?? "not played"
    }
    func time(_ side: RunComparison.Side?) -> String {
      side?.seconds.map(ReportText.seconds) ?? "–"
    }
    let rows = [
      Row(what: "outcome", first: outcome(step.first), second: outcome(step.second)),
      Row(what: "took", first: time(step.first), second: time(step.second)),
    ]
    return Step(
      stepTone: step.outcomeDiffers ? "failed" : step.differs ? "errored" : "passed",
      isOpen: step.differs,
      differsWords: step.differs ? "≠\u{2002}\(step.words)" : "=\u{2002}alike",
      path: Markup.printable(step.path), times: "\(time(step.first)) · \(time(step.second))",
      rows: rows + step.texts.map(row), pictures: pictures(of: step, picture))
  }

  private static func pictures(
    of step: RunComparison.Step, _ picture: (String, Bool) -> [UInt8]?
  ) -> [Pictures] {
    guard let change = step.picture, change.isVisible,
      let one = step.first?.picture.flatMap({ picture($0, true) }),
      let other = step.second?.picture.flatMap({ picture($0, false) }),
      let first = small(one), let second = small(other),
      let difference = PictureDifference(seen: second.luma, expected: first.luma),
      let firstBytes = try? JPEGCodec.encode(first, quality: 80),
      let secondBytes = try? JPEGCodec.encode(second, quality: 80),
      let heat = try? JPEGCodec.encode(difference.heat, quality: 80)
    else { return [] }
    return [
      Pictures(
        pictureWords: "\(change.percent) of the pixels differ visibly", w: first.size.width,
        h: first.size.height, firstData: PictureAlbum.address(of: firstBytes, "image/jpeg"),
        secondData: PictureAlbum.address(of: secondBytes, "image/jpeg"),
        heatData: PictureAlbum.address(of: heat, "image/jpeg"))
    ]
  }

  private static func small(_ bytes: [UInt8]) -> Frame? {
    guard let frame = try? JPEGCodec.decode(bytes) else { return nil }
    if frame.size.width <= largest.width { return frame }
    let height = max(1, frame.size.height * largest.width / frame.size.width)
    return frame.reduced(to: PixelSize(width: largest.width, height: height))
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
