import Bench
import Frames
import RunJournal
import Scenario

/// Looks at fresh pictures until what must be seen is seen, or its time runs out.
final class Expectations {
  private let wording: Wording
  private let time: RunTime
  private let log: RunLog
  private let pictures: RunPictures
  private let secrecy: Secrecy
  private let observer: Observer
  private let popUps: PopUps
  private let pointing: Pointing
  private let witnesses: Witnesses
  private let judging: Judging
  private let texts: TextsRead

  init(
    _ judging: Judging, texts: TextsRead, wording: Wording, time: RunTime, log: RunLog,
    pictures: RunPictures,
    secrecy: Secrecy, observer: Observer, popUps: PopUps, pointing: Pointing, witnesses: Witnesses
  ) {
    self.judging = judging
    self.texts = texts
    self.wording = wording
    self.time = time
    self.log = log
    self.pictures = pictures
    self.secrecy = secrecy
    self.observer = observer
    self.popUps = popUps
    self.pointing = pointing
    self.witnesses = witnesses
  }

  /// What was seen of an expectation, and when.
  struct LastSighting {
    var glance: Glance
    var sighting: Sighting
  }

  /// How the expectations of a watch were decided.
  enum WatchEnd {
    /// One held.
    case held(Int, LastSighting)
    /// None did; what was seen of each last, and how long nobody looked before the time was over.
    case missed([LastSighting?], unwatched: Duration?)
  }

  /// Sees what must follow an action that is not repeated.
  func expectAfterwards(in step: StepState) async throws(Stop) {
    guard let expectation = step.step.expectation else { return }
    let now = await time.now()
    let start = max(now, step.device.lastActionEnd)
    if case .unmet(let unmet) = try await decide(expectation, after: start, in: step) {
      throw await witnesses.convict(unmet, in: step)
    }
  }

  /// Looks at fresh pictures until an expectation holds or its time runs out.
  ///
  /// Only what is captured after `instant` counts, and the expectation's time begins there.
  ///
  /// - Parameters:
  ///   - expectation: what is expected.
  ///   - instant: when the action ended.
  ///   - isEffect: whether it must not have held before the action, unless something has changed
  ///     where it looks.
  ///   - step: the step that expects it.
  /// - Returns: whether it held, or why it did not.
  /// - Throws: what ends the run.
  func decide(
    _ expectation: Expectation, after instant: MonotonicInstant, asEffect isEffect: Bool = false,
    in step: StepState
  ) async throws(Stop) -> Outcome<Void> {
    if let predicate = expectation.predicate as? any FramelessPredicate {
      return try await compare(predicate, expectation, in: step)
    }
    var watch = Watch(
      after: instant, until: time.limited(instant.advanced(by: time.patient(expectation.within))),
      pausing: Watch.reaction)
    watch.atLeast = judging.pace(of: expectation.predicate)
    let plan = ExpectationWatch(
      watch, ends: [watch.deadline], means: [.popUps, .pointer],
      pointerPatience: time.patient(.milliseconds(200)))
    switch try await look(for: [expectation.predicate], by: plan, asEffect: isEffect, in: step) {
    case .held(_, let last):
      try await held(expectation, last, in: step)
      step.device.lastHeld = last.glance
      return .done(())
    case .missed(let last, let unwatched):
      return .unmet(try await missed(expectation, last[0], unwatched: unwatched, in: step))
    }
  }

  /// Whether an expectation holds on the picture on which the last one did, with nothing done since.
  func holdsToo(_ expectation: Expectation, in step: StepState) async throws(Stop) -> Bool {
    guard let glance = step.device.lastHeld, glance.look != nil,
      !(expectation.predicate is any FramelessPredicate)
    else { return false }
    step.searches = []
    var sighting = try await judging.judge(of: expectation.predicate)
      .judge(glance, at: PartMemory(ExpectationMemory()), in: step, judging)
    guard sighting.holds else { return false }
    sighting.searches = step.searches
    try await held(expectation, LastSighting(glance: glance, sighting: sighting), in: step)
    return true
  }

  /// Looks at a screen until one of several predicates holds or all time has run out.
  func look(
    for predicates: [any Predicate], by plan: ExpectationWatch, asEffect isEffect: Bool = false,
    in step: StepState
  ) async throws(Stop) -> WatchEnd {
    var plan = plan
    let memories = predicates.map { _ in ExpectationMemory() }
    var last: [LastSighting?] = predicates.map { _ in nil }
    var present = Glance.nothing(at: .zero)
    while true {
      switch plan.next {
      case .glance:
        if let glance = try await observer.glance(&plan.watch, in: step) {
          present = glance
          plan.take(.glanced(at: glance.instant, hasPicture: glance.look != nil))
        } else {
          plan.take(.nothingInTime)
        }
      case .judge(let index, let isLast):
        let memory = memories[index]
        memory.isLastGlance = isLast
        memory.hidden = []
        step.searches = []
        var sighting = try await judging.judge(of: predicates[index])
          .judge(present, at: PartMemory(memory), in: step, judging)
        if isEffect, sighting.holds, !memory.hasChanged {
          memory.hasChanged = try await judging.hasChanged(
            present, for: predicates[index], in: step)
          sighting.wasAlready = !memory.hasChanged
        }
        sighting.searches = step.searches
        last[index] = LastSighting(glance: present, sighting: sighting)
        plan.take(
          .judged(
            holds: sighting.holds, isCovered: !memory.covered.isEmpty,
            isHidden: !memory.hidden.isEmpty))
      case .rememberPointer:
        if step.after == nil { step.after = present.look }
        plan.take(.remembered)
      case .sendPopUpsAway:
        var lost: Duration?
        if let look = present.look, try await popUps.sendAway(on: look, in: step) {
          // What pop-ups take is given back, as far as the run's own limit allows.
          let end = plan.watch.deadline
          let took = look.frame.capturedAt.duration(to: await time.now())
          lost = max(.zero, end.duration(to: time.limited(end.advanced(by: took))))
        }
        if lost != nil { for memory in memories { memory.uncover() } }
        plan.take(.popUps(took: lost))
      case .uncover: plan.take(.uncovered(try await uncover(memories, in: step)))
      case .held(let index):
        let sighting = last[index]?.sighting ?? .saying("", holds: true)
        return .held(index, LastSighting(glance: present, sighting: sighting))
      case .missed: return .missed(last, unwatched: plan.watch.unwatched)
      }
    }
  }

  private func uncover(_ memories: [ExpectationMemory], in step: StepState)
    async throws(Stop) -> Bool
  {
    let affected = memories.filter { !$0.covered.isEmpty || !$0.hidden.isEmpty }
    if affected.isEmpty { return false }
    // Away from all of it: off the one, the pointer might come to lie on the other.
    let isUncovered = try await pointing.park(
      awayFrom: affected.flatMap { $0.covered + $0.hidden }, in: step)
    for memory in affected { memory.isUncovered = isUncovered }
    return isUncovered
  }

  private func compare(
    _ predicate: any FramelessPredicate, _ expectation: Expectation, in step: StepState
  ) async throws(Stop) -> Outcome<Void> {
    let sighting = try predicate.compare(judging)
    try await decided(expectation, held: sighting.holds, nil, sighting, in: step)
    if sighting.holds { return .done(()) }
    return .unmet(
      Unmet(
        .valueDiffers,
        "expected to \(wording.words(expectation)): \(sighting.words ?? "")"))
  }

  // MARK: - What was decided

  /// Writes down that an expectation holds.
  func held(_ expectation: Expectation, _ last: LastSighting, in step: StepState)
    async throws(Stop)
  {
    try await decided(expectation, held: true, last.glance, last.sighting, in: step)
  }

  /// Writes down that an expectation's time ran out, and says so.
  func missed(
    _ expectation: Expectation, _ last: LastSighting?, unwatched: Duration?, in step: StepState
  ) async throws(Stop) -> Unmet {
    let sighting = last?.sighting ?? .saying("nothing: no frame came in time", holds: false)
    try await decided(expectation, held: false, last?.glance, sighting, in: step)
    let now = await time.now()
    let limit = time.limitReached(by: now).map { "\($0); " } ?? ""
    let expected = "\(limit)expected to \(wording.words(expectation))"
    if sighting.wasAlready {
      return Unmet(
        .heldAlready,
        "\(expected), which held before the action already, and nothing has changed where it looks: "
          + "expect what the action brings about, or say already: allowed",
        look: last?.glance.look)
    }
    let reason = "\(expected); seen: \(sighting.words ?? "")"
    if let unwatched {
      return Unmet(unwatched: unwatched, reason, wording, look: last?.glance.look)
    }
    if let unclear = sighting.unclear {
      return Unmet(.pictureUnclear, "\(reason) (\(unclear))", look: last?.glance.look)
    }
    return Unmet(.expectationUnmet, reason, look: last?.glance.look)
  }

  /// Writes down how an expectation was decided, with the picture that shows it.
  private func decided(
    _ expectation: Expectation, held: Bool, _ glance: Glance?, _ sighting: Sighting,
    in step: StepState
  ) async throws(Stop) {
    if held { noticeRecovery(expectation.predicate.meaning, on: step.device, at: glance?.instant) }
    let look = glance?.look
    var read: [Judgement.TextRead] = []
    if let look, !held, !expectation.predicate.meaning.concernsSignal {
      read = try await texts.read(at: expectation.predicate.needs.targets, on: look, in: step)
    }
    try await log.judged(
      step, expected: wording.words(expectation), held: held, sighting, read: read,
      frame: look?.frame.number, at: glance?.instant)
    if let look {
      try await pictures.keep(look, as: held ? .deciding : .last, boxes: sighting.boxes, in: step)
    }
    try await pictures.keepReferences(of: step)
  }

  /// Takes note that the recorder has gone into a restart, or is back from one.
  private func noticeRecovery(
    _ meaning: Meaning, on device: DeviceState, at instant: MonotonicInstant?
  ) {
    if meaning.saysSignalIsLost {
      device.noteSignalLost(at: instant)
    } else if meaning.showsRecorder, device.noteRecovery() {
      secrecy.lift()
    }
  }
}
