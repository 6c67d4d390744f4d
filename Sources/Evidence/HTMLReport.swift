import Frames
import MarkupText
import OrderedJSON
public import RunJournal

/// What a person reads of a run: one page, which shows the pictures of the run folder that it stands
/// in, or holds them itself.
public enum HTMLReport {
  /// The report of a journal, whole or torn.
  ///
  /// - Parameters:
  ///   - journal: the run.
  ///   - film: what is known of the run's film; nil where there is none.
  ///   - isEmbedded: whether the page holds the pictures, and needs nothing but itself.
  ///   - picture: the bytes of a kept picture by its name inside the run folder; nil when it is
  ///     missing.
  /// - Returns: the page; the same for the same journal and pictures.
  public static func html(
    _ journal: Journal, film: FilmRecord? = nil, isEmbedded: Bool = false,
    picture: (String) -> [UInt8]?
  ) -> String {
    html(journal, film: film, isEmbedded: isEmbedded, good: nil, picture: picture)
  }

  static func html(
    _ journal: Journal, film: FilmRecord?, isEmbedded: Bool, good: GoodRun?,
    picture: (String) -> [UInt8]?
  ) -> String {
    let story = RunStory(journal)
    let album = PictureAlbum(journal, isEmbedded: isEmbedded, picture: picture)
    let maker = ReportMaker(
      story: story, album: album, film: film, differences: ReportDifferences(album),
      good: good)
    return PageTemplates.page(maker.page, template: "report")
  }
}

/// Makes what the page of a run shows: verdict, what decided it, the course, what was left out, all
/// steps, facts.
struct ReportMaker {
  let story: RunStory
  let album: PictureAlbum
  let film: FilmRecord?
  let differences: ReportDifferences
  /// The last good run of the same kind; nil where none is known.
  let good: GoodRun?

  /// The whole page.
  var page: ReportView {
    let start = story.journal.start
    let outside = happenings(story.outside)
    let decisive = story.journal.end?.verdict == .passed ? nil : story.decisive
    return ReportView(
      title: "\(verdictWord) · \(start.scenario.name) on \(start.rig.name)",
      style: PageTemplates.style, script: PageTemplates.script,
      verdictTone: story.journal.end?.verdict.rawValue ?? "none",
      verdictMark: ReportText.mark(story.journal.end?.verdict.rawValue ?? ""),
      verdictWord: verdictWord, verdictSentence: verdictSentence, headline: headline,
      tested: tested, repeats: RepeatingCommand(start).map { [$0.line] } ?? [],
      hasAlbum: !album.views.isEmpty, album: album.views, decision: !decisionRows.isEmpty,
      decisionRows: decisionRows, decisionFigures: decisive.map(decisionFigures) ?? [],
      decisionComparisons: decisive.map {
        comparisons($0.judgements.suffix(1), of: $0, named: "decision")
      } ?? [],
      warnings: warnings, video: video, lanes: lanes, scale: scale, hasScenes: !scenes.isEmpty,
      scenes: scenes, lastGood: lastGood, leftOut: leftOut, steps: views(of: story.top),
      hasOutside: !outside.isEmpty, hasHappenings: !outside.isEmpty, happenings: outside,
      facts: facts, digests: digests)
  }

  // MARK: - The verdict

  private var verdictWord: String {
    switch story.journal.end?.verdict {
    case .passed: "Passed"
    case .failed: "Failed"
    case .errored: "Errored"
    case .aborted: "Aborted"
    case nil: "No verdict"
    }
  }

  private var verdictSentence: String {
    switch story.journal.end?.verdict {
    case .passed where !story.skipped.isEmpty:
      "Every step played did what it says and everything expected was seen; "
        + "\(ReportText.counted(story.skipped.count, "step was", "steps were")) left out."
    case .passed: "Every step did what it says and everything expected was seen."
    case .failed: "The recorder did not do what was expected."
    case .errored:
      "The rig, the scenario or the model is at fault; nothing is said of the recorder."
    case .aborted: "The run was stopped from outside; nothing is said of the recorder."
    case nil: "The run stopped without an end: it is still going on, or it crashed or was killed."
    }
  }

  /// What was judged and which way was taken, whatever came of it.
  private var tested: [TestedView] {
    guard let end = story.journal.end, let tested = end.tested else { return [] }
    var words = [ReportText.counted(tested.held, "expectation", "expectations") + " held"]
    if tested.confirmed > 0 { words.append("\(tested.confirmed) confirmed by a person") }
    if !end.skipped.isEmpty { words.append("\(end.skipped.count) left out") }
    if !tested.inapplicable.isEmpty { words.append("\(tested.inapplicable.count) did not apply") }
    let ways = tested.ways.map { TestedView.Way(way: Markup.printable($0)) }
    if !ways.isEmpty {
      words.append("the way was chosen " + (ways.count == 1 ? "once" : "\(ways.count) times"))
    }
    return [
      TestedView(testedWords: words.joined(separator: ", "), hasWays: !ways.isEmpty, ways: ways)
    ]
  }

  private var headline: [ReportView.Word] {
    let start = story.journal.start
    var words = [
      ReportView.Word(text: start.scenario.name, strong: true),
      .init(text: "rig \(start.rig.name)"), .init(text: "model \(start.model.name)"),
    ]
    if let firmware = start.firmware { words.append(.init(text: "firmware \(firmware)")) }
    words.append(.init(text: "seed \(start.seed)"))
    return words.map { .init(text: Markup.printable($0.text), strong: $0.strong) }
  }

  // MARK: - What decided

  /// The step that decided, what it expected and what was seen instead; empty for a pass.
  private var decisionRows: [RowView] {
    guard story.journal.end?.verdict != .passed else { return [] }
    let reason = story.journal.end?.reason
    let cause = causeRows(of: story.journal.end?.cause)
    guard let step = story.decisive else {
      return reason.map { [RowView("Why", $0)] + cause } ?? []
    }
    var head = RowView(
      story.journal.end == nil ? "Last step begun" : "Step", step.start.path)
    head.link = ["#step-\(step.start.step)"]
    head.place = [Markup.printable(step.start.location)]
    var rows = [head, RowView("It does", step.start.does)]
    let miss = step.lastMiss
    if let expected = miss?.expected ?? step.start.expects {
      rows.append(RowView("Expected", expected))
    }
    if let miss { rows.append(RowView("Seen instead", miss.seen)) }
    if let nearest = miss?.nearest { rows.append(RowView("Nearest candidate", nearest.words)) }
    if let read = miss?.read, !read.isEmpty {
      rows.append(
        RowView("Read there", read.prefix(6).map { "“\($0.text)”" }.joined(separator: "\n")))
    }
    // A reason made of the expectation and what was seen says nothing new.
    if let reason, !(miss.map { reason.contains($0.seen) } ?? false) {
      rows.append(RowView("Why", reason))
    }
    return rows + cause
  }

  private func decisionFigures(of step: RunStory.Step) -> [FigureGroup] {
    let frames = step.pictures.filter { $0.role != .template }
    let deciding =
      frames.last { $0.role == .last } ?? frames.last { $0.role == .deciding } ?? frames.last
    var figures =
      deciding.map {
        [album.figure($0, nearest: step.lastMiss?.nearest?.box, isLarge: true)]
      } ?? []
    var shown: [String] = []
    for template in step.pictures where template.role == .template {
      guard !shown.contains(template.file) else { continue }
      shown.append(template.file)
      figures.append(album.figure(template, nearest: nil, isLarge: false))
    }
    return figures.isEmpty ? [] : [FigureGroup(figures: figures)]
  }

  /// The code of a cause, with part and error number; empty where nothing is at fault.
  func causeRows(of cause: CauseRecord?) -> [RowView] {
    cause.map { [RowView("Cause", $0.words, code: true)] } ?? []
  }

  // MARK: - What is missing

  private var warnings: [String] {
    var warnings: [String] = []
    if story.journal.isTorn {
      warnings.append(
        "The journal's last line is cut short: the run was interrupted in writing it.")
    }
    if story.journal.unknownLines > 0 {
      warnings.append(
        ReportText.counted(story.journal.unknownLines, "line", "lines")
          + " of the journal come from a newer program and are not shown.")
    }
    if !album.missing.isEmpty {
      warnings.append(
        "Missing in the run folder: "
          + "\(album.missing.map(Markup.printable).joined(separator: ", ")).")
    }
    return warnings
  }

  private var leftOut: [LeftOutView] {
    var views: [LeftOutView] = []
    let skipped = story.skipped
    if !skipped.isEmpty {
      views.append(
        LeftOutView(
          heading: "Left out", remark: ["Never to be taken for passed."],
          items: skipped.map { path, reason in
            .init(
              itemName: Markup.printable(path),
              itemWords: reason.map { [Markup.printable($0)] } ?? []
            )
          }))
    }
    let never = story.neverReached
    if !never.isEmpty {
      views.append(
        LeftOutView(
          heading: "Never reached", remark: [],
          items: never.map { .init(itemName: Markup.printable($0), itemWords: []) }))
    }
    return views
  }
}

extension Judgement.Candidate {
  /// Such as `menu-bar at 120, 650 (400 × 60), score 0.981`.
  var words: String {
    "\(name) at \(box.x), \(box.y) (\(box.width) × \(box.height)), score "
      + JSONValue.decimal(score, digits: 3).description
  }
}
