import Frames
import MarkupText
import OrderedJSON
import RunJournal

extension ReportMaker {
  /// Seconds from the run's beginning to its last line.
  private var length: Double {
    max(0.001, story.seconds(at: story.journal.entries.last?.at ?? story.beganAt))
  }

  /// The film, where there is one.
  var video: [ReportView.Video] {
    film.map { [ReportView.Video(file: $0.file, words: $0.words)] } ?? []
  }

  /// The step in the film; nothing where there is none.
  func seek(_ step: RunStory.Step) -> [SeekView] {
    guard let film else { return [] }
    let at = film.seconds(at: step.beganAt)
    return [
      SeekView(
        href: film.address(at: at), at: Self.number(at),
        text: "in the film, from \(ReportText.seconds(story.seconds(at: step.beganAt)))")
    ]
  }

  // MARK: - Lanes

  /// What happened when: steps, then what came in between, by what it is about.
  var lanes: [LaneView] {
    let steps = LaneView(laneName: "steps", marks: story.top.compactMap(mark))
    let inner = story.top.compactMap { story.steps[$0] }.flatMap(\.parts)
    let parts = LaneView(laneName: "parts", marks: inner.compactMap(mark))
    let kinds: [(name: String, kind: String)] = [
      ("clicks", "click"), ("power", "power"), ("signal", "signal"), ("mail", "mail"),
      ("pop-ups", "interruption"), ("witnesses", "witness"), ("pointer", "pointer"),
    ]
    let happenings = story.happenings
    let others = kinds.map { name, kind in
      LaneView(laneName: name, marks: happenings.compactMap { point($0, of: kind) })
    }
    return ([steps, parts] + others).filter { !$0.marks.isEmpty }
  }

  private func mark(_ number: Int) -> LaneView.Mark? {
    guard let step = story.steps[number], step.end?.outcome != .notApplicable else { return nil }
    let from = story.seconds(at: step.beganAt)
    let to = step.endedAt.map(story.seconds) ?? length
    let outcome = step.end?.outcome.rawValue ?? "unfinished"
    return LaneView.Mark(
      kind: "mark-step \(outcome)", href: href(to: number, at: step.beganAt), at: at(step.beganAt),
      left: percent(from), width: percent(max(0, to - from)),
      label: Markup.printable("\(step.start.name), \(ReportText.seconds(to - from))"))
  }

  private func point(_ happening: RunStory.Happening, of kind: String) -> LaneView.Mark? {
    let (step, words): (Int?, String)
    switch happening.event {
    case .acted(let record) where kind == "click" && record.place != nil:
      (step, words) = (record.step, record.what)
    case .noted(let note) where note.kind.rawValue == kind: (step, words) = (note.step, note.text)
    case .runStarted, .stepStarted, .acted, .judged, .noted, .pictureKept, .stepEnded, .runEnded:
      return nil
    }
    let time = story.seconds(at: happening.at)
    return LaneView.Mark(
      kind: "mark-point \(kind)", href: href(to: step, at: happening.at), at: at(happening.at),
      left: percent(time), width: "0",
      label: Markup.printable("\(JSONValue.decimal(time, digits: 1)) s: \(words)"))
  }

  /// Where a mark leads without scripts: to its step, or into the film.
  private func href(to step: Int?, at instant: MonotonicInstant) -> String {
    if let step { return "#step-\(step)" }
    return film.map { $0.address(at: $0.seconds(at: instant)) } ?? "#"
  }

  private func at(_ instant: MonotonicInstant) -> String {
    Self.number(film?.seconds(at: instant) ?? story.seconds(at: instant))
  }

  /// The scale below the lanes.
  var scale: [ReportView.Tick] {
    (0...4).map { quarter in
      let time = length * Double(quarter) / 4
      return ReportView.Tick(left: "\(quarter * 25)", text: ReportText.seconds(time))
    }
  }

  private func percent(_ seconds: Double) -> String {
    Self.number(min(100, max(0, seconds / length * 100)))
  }

  private static func number(_ number: Double) -> String {
    JSONValue.decimal(number, digits: 3).description
  }

  // MARK: - Scenes

  /// How many scenes a page shows at most.
  private static let mostScenes = 40

  /// What each step saw in the end, in order.
  var scenes: [SceneView] {
    let steps = story.steps.keys.sorted().compactMap { story.steps[$0] }
    return Array(steps.compactMap(scene).prefix(Self.mostScenes))
  }

  private func scene(of step: RunStory.Step) -> SceneView? {
    guard
      let picture = step.pictures.last(where: { [.deciding, .last, .captured].contains($0.role) }),
      let entry = album.entries[picture.file]
    else { return nil }
    let outcome = step.end?.outcome.rawValue ?? "unfinished"
    return SceneView(
      sceneTone: outcome, sceneStep: step.start.step,
      sceneAt: film == nil ? [] : [at(step.endedAt ?? step.beganAt)], sceneWidth: entry.size.width,
      sceneHeight: entry.size.height, sceneName: Markup.printable(step.start.name),
      sceneMark: ReportText.mark(outcome), scenePicture: entry.number)
  }
}
