import Frames
import MarkupText
import OrderedJSON
import RunJournal

extension ReportMaker {
  /// Steps in order, parts inside their whole.
  func views(of numbers: [Int]) -> [StepView] {
    numbers.compactMap { story.steps[$0] }.map(view)
  }

  private func view(of step: RunStory.Step) -> StepView {
    let outcome = step.end?.outcome.rawValue ?? "unfinished"
    let happenings = happenings(step.happenings)
    let judgements = step.judgements
    let figures = figures(of: step)
    return StepView(
      stepNumber: step.start.step, tone: outcome,
      isOpen: !["passed", "notApplicable"].contains(outcome),
      stepMark: ReportText.mark(outcome), outcomeWord: Self.word(of: step.end?.outcome),
      stepName: Markup.printable(step.start.name),
      attempts: step.attempts > 1 ? ["\(step.attempts) attempts"] : [],
      took: step.seconds.map { [ReportText.seconds($0)] } ?? [], rows: rows(of: step),
      seek: seek(step), hasHappenings: !happenings.isEmpty, happenings: happenings,
      searches: judgements.compactMap(searches), reads: judgements.compactMap(reads),
      stepFigures: figures.isEmpty ? [] : [FigureGroup(figures: figures)],
      comparisons: comparisons(judgements, of: step, named: "step-\(step.start.step)"),
      hasParts: !step.parts.isEmpty, parts: views(of: step.parts))
  }

  private static func word(of outcome: StepEnd.Outcome?) -> String {
    switch outcome {
    case .passed: "passed"
    case .failed: "failed"
    case .errored: "errored"
    case .skipped: "left out"
    case .notApplicable: "does not apply"
    case .aborted: "aborted"
    case nil: "not ended"
    }
  }

  private func rows(of step: RunStory.Step) -> [RowView] {
    var rows = [RowView("Does", step.start.does)]
    if let expects = step.start.expects { rows.append(RowView("Expects", expects)) }
    if let reason = step.end?.reason { rows.append(RowView("Why", reason)) }
    rows += causeRows(of: step.end?.cause)
    if step.start.sensitive {
      rows.append(
        RowView("Kept back", "coordinates, keys and scores, since a secret is handled here"))
    }
    rows.append(RowView("Written at", step.start.location, code: true))
    return rows
  }

  private func figures(of step: RunStory.Step) -> [FigureView] {
    step.pictures.map { picture in
      let decided = [.last, .deciding].contains(picture.role)
      return album.figure(
        picture, nearest: decided ? step.lastMiss?.nearest?.box : nil, isLarge: false)
    }
  }

  // MARK: - What happened

  /// What happened, a line each; what is shown elsewhere is left out.
  func happenings(_ happenings: [RunStory.Happening]) -> [HappeningView] {
    happenings.compactMap { happening in
      let time = story.beganAt.duration(to: happening.at).inSeconds
      var view = HappeningView(time: "\(JSONValue.decimal(time, digits: 2)) s", words: "")
      switch happening.event {
      case .acted(let record): tell(record, in: &view)
      case .judged(let judgement): tell(judgement, in: &view)
      case .noted(let note):
        view.kindWord = [note.kind.rawValue]
        view.words = Markup.printable(note.text)
      case .runStarted, .stepStarted, .pictureKept, .stepEnded, .runEnded: return nil
      }
      return view
    }
  }

  private func tell(_ record: ActionRecord, in view: inout HappeningView) {
    view.words = Markup.printable(record.what)
    var details: [String] = []
    if record.attempt > 1 { details.append("attempt \(record.attempt)") }
    if let place = record.place { details.append("at \(place.x), \(place.y)") }
    if let score = record.score { details.append("score \(ReportText.score(score))") }
    if !details.isEmpty { view.details = [details.joined(separator: ", ")] }
  }

  private func tell(_ judgement: Judgement, in view: inout HappeningView) {
    let outcome = judgement.held ? "passed" : "failed"
    view.held = [HeldView(heldMark: ReportText.mark(outcome), heldTone: outcome)]
    view.words = Markup.printable("expected \(judgement.expected); seen: \(judgement.seen)")
    var details: [String] = []
    if let frame = judgement.frame { details.append("frame \(frame)") }
    if !judgement.held, let nearest = judgement.nearest {
      details.append("nearest: \(nearest.words)")
    }
    if !details.isEmpty { view.details = [Markup.printable(details.joined(separator: ", "))] }
  }

  // MARK: - What was looked for

  private func searches(of judgement: Judgement) -> SearchView? {
    guard !judgement.searches.isEmpty else { return nil }
    let frame = judgement.frame.map { " on frame \($0)" } ?? ""
    return SearchView(
      searchCaption: Markup.printable("Looked for\(frame), to see whether: \(judgement.expected)"),
      candidates: judgement.searches.map(candidate))
  }

  private func candidate(_ search: Judgement.Search) -> SearchView.Candidate {
    let kind =
      switch search.subject {
      case .image: "image"
      case .words: "words"
      }
    var answer = search.found ? "there" : search.box == nil ? "nothing like it" : "not it"
    if let unclear = search.unclear { answer = "can't be told: \(unclear)" }
    if let difference = search.difference, let differs = search.differs, !search.found {
      answer += "; \(difference) differs at \(differs)"
    }
    if let read = search.read, !search.found { answer += "; read: “\(read)”" }
    return SearchView.Candidate(
      candidateTone: search.found ? "passed" : "failed",
      candidateName: Markup.printable("\(kind) \(search.subject.name)"),
      score: search.score.map(ReportText.score) ?? "–",
      bar: search.score.map {
        [.init(share: Self.percent($0), limitShare: Self.percent(search.limit))]
      } ?? [],
      limit: ReportText.score(search.limit), place: search.box?.description ?? "–",
      answer: Markup.printable(answer))
  }

  private static func percent(_ share: Double) -> Int {
    Int((min(max(share, 0), 1) * 100).rounded())
  }

  private func reads(of judgement: Judgement) -> ReadView? {
    guard !judgement.read.isEmpty else { return nil }
    let frame = judgement.frame.map { " on frame \($0)" } ?? ""
    return ReadView(
      readCaption: "Text that was read\(frame), where it was looked for",
      readLines: judgement.read.map {
        .init(readText: Markup.printable($0.text), readPlace: "at \($0.box.x), \($0.box.y)")
      })
  }

  // MARK: - Differences

  /// How many comparisons a step shows at most, the last ones.
  private static let mostComparisons = 6

  /// What was expected beside what was seen, wherever a reference picture was looked for.
  ///
  /// - Parameters:
  ///   - judgements: what was decided.
  ///   - step: the step that it was decided in.
  ///   - name: what the page calls the place where they stand.
  /// - Returns: a comparison for each reference picture that was looked for, as far as pictures of it
  ///   were kept.
  func comparisons(
    _ judgements: [Judgement], of step: RunStory.Step, named name: String
  ) -> [ComparisonView] {
    var views: [ComparisonView] = []
    for judgement in judgements {
      guard
        let frame = step.pictures.first(where: { $0.frame == judgement.frame && $0.frame != nil })
      else { continue }
      for search in judgement.lookedFor {
        guard case .image(let image) = search.subject, let box = search.box,
          let template = step.template(image)
        else { continue }
        if let view = differences.view(
          id: "\(name)-difference-\(views.count + 1)", search, named: image, frame: frame,
          template: template, at: box)
        {
          views.append(view)
        }
      }
    }
    return views.suffix(Self.mostComparisons)
  }
}

extension StepStart {
  /// The step's own name: the path without its whole's.
  var name: String {
    path.split(separator: " / ").last.map(String.init) ?? path
  }
}

extension Judgement {
  /// What was looked for; of journals before 1.2, what came nearest.
  fileprivate var lookedFor: [Search] {
    guard searches.isEmpty, let nearest else { return searches }
    return [
      Search(.image(nearest.name), found: held, box: nearest.box, score: nearest.score, limit: 0.5)
    ]
  }
}

extension RunStory.Step {
  /// What was decided in it, in order.
  var judgements: [Judgement] {
    happenings.compactMap { if case .judged(let judgement) = $0.event { judgement } else { nil } }
  }

  /// The reference picture of a name that was kept in it.
  func template(_ name: String) -> KeptPicture? {
    pictures.first { picture in
      guard picture.role == .template else { return false }
      return picture.name == name
        || picture.name == nil && picture.file.hasSuffix("-template-\(name).png")
    }
  }
}
