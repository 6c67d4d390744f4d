import Frames
import RunJournal

/// A journal told by its steps: what reports are made from.
struct RunStory: Sendable {
  /// Something that happened, with its time.
  struct Happening: Sendable {
    var at: MonotonicInstant
    var event: RunEvent
  }

  /// A step and what happened in it.
  struct Step: Sendable {
    var start: StepStart
    var beganAt: MonotonicInstant
    /// When it ended; nil when the journal ends before.
    var endedAt: MonotonicInstant?
    var end: StepEnd?
    var happenings: [Happening] = []
    /// The numbers of its parts, in order.
    var parts: [Int] = []

    /// Seconds from beginning to end; nil when the journal ends before.
    var seconds: Double? { endedAt.map { beganAt.duration(to: $0).inSeconds } }

    /// How often its action was done.
    var attempts: Int {
      happenings.reduce(0) { count, happening in
        if case .acted(let record) = happening.event { max(count, record.attempt) } else { count }
      }
    }

    /// The pictures kept in it, in order.
    var pictures: [KeptPicture] {
      happenings.compactMap {
        if case .pictureKept(let picture) = $0.event { picture } else { nil }
      }
    }

    /// The last expectation that did not hold.
    var lastMiss: Judgement? {
      for happening in happenings.reversed() {
        if case .judged(let judgement) = happening.event, !judgement.held { return judgement }
      }
      return nil
    }
  }

  let journal: Journal
  /// The steps that began, by number.
  private(set) var steps: [Int: Step] = [:]
  /// The numbers of the steps at the top, in order.
  private(set) var top: [Int] = []
  /// What happened outside of steps.
  private(set) var outside: [Happening] = []

  init(_ journal: Journal) {
    self.journal = journal
    for entry in journal.entries { tell(entry) }
  }

  private mutating func tell(_ entry: JournalEntry) {
    switch entry.event {
    case .runStarted, .runEnded: break
    case .stepStarted(let start):
      steps[start.step] = Step(start: start, beganAt: entry.at)
      if let parent = start.parent, steps[parent] != nil {
        steps[parent]?.parts.append(start.step)
      } else {
        top.append(start.step)
      }
    case .stepEnded(let end):
      steps[end.step]?.end = end
      steps[end.step]?.endedAt = entry.at
    case .acted(let record): add(entry, to: record.step)
    case .judged(let judgement): add(entry, to: judgement.step)
    case .noted(let note): add(entry, to: note.step)
    case .pictureKept(let picture): add(entry, to: picture.step)
    }
  }

  private mutating func add(_ entry: JournalEntry, to step: Int?) {
    let happening = Happening(at: entry.at, event: entry.event)
    if let step, steps[step] != nil {
      steps[step]?.happenings.append(happening)
    } else {
      outside.append(happening)
    }
  }

  /// All that happened, in order.
  var happenings: [Happening] {
    (steps.values.flatMap(\.happenings) + outside).sorted { $0.at < $1.at }
  }

  /// Seconds from the run's beginning to an instant.
  func seconds(at instant: MonotonicInstant) -> Double { beganAt.duration(to: instant).inSeconds }

  /// When the run began.
  var beganAt: MonotonicInstant { journal.entries.first?.at ?? .zero }

  /// The planned steps that never began, in order, without those whose whole is listed already.
  var neverReached: [String] {
    let begun = Set(steps.values.map(\.start.path))
    var listed: [String] = []
    for path in journal.start.plan where !begun.contains(path) {
      if !listed.contains(where: { path.hasPrefix($0 + " / ") }) { listed.append(path) }
    }
    return listed
  }

  /// The planned steps at the top, in order.
  var plannedTop: [String] {
    var top: [String] = []
    for path in journal.start.plan where !top.contains(where: { path.hasPrefix($0 + " / ") }) {
      if !top.contains(path) { top.append(path) }
    }
    return top
  }

  /// Those left out on purpose, with the reason.
  var skipped: [(path: String, reason: String?)] {
    steps.keys.sorted().compactMap { number in
      guard let step = steps[number], step.end?.outcome == .skipped else { return nil }
      return (step.start.path, step.end?.reason)
    }
  }

  /// The step that decided the verdict: the innermost of the name that the run's end gives, or,
  /// where the end was never written, the innermost that had begun and not ended.
  var decisive: Step? {
    let numbers = steps.keys.sorted().reversed()
    guard let end = journal.end else {
      return numbers.lazy.compactMap { steps[$0] }.first { $0.end == nil }
    }
    guard let path = end.step else { return nil }
    let named = numbers.compactMap { steps[$0] }.filter { $0.start.path == path }
    return named.first { $0.end?.outcome != .passed } ?? named.first
  }
}
