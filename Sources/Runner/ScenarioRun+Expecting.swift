import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Judging what must be seen, frame by frame.
extension ScenarioRun {
  /// How an expectation was decided.
  enum Decision {
    /// It held.
    case held
    /// Its time ran out.
    case unmet(Unmet)
  }

  /// How long something is awaited under the pointer before the pointer is moved away.
  private static var patienceWithPointer: Duration { .milliseconds(300) }

  /// How long after a click the pointer surely shows where it was clicked.
  private static var pointerPatience: Duration { .milliseconds(200) }

  /// Looks at fresh pictures until an expectation holds or its time runs out.
  ///
  /// Only what is captured after `instant` counts, and the expectation's time begins there.
  func decide(
    _ expectation: Expectation, after instant: MonotonicInstant, in state: StepState
  ) async throws(Stop) -> Decision {
    if let equal = expectation.predicate as? Equal {
      return try await compare(equal.first, equal.second, expectation, in: state)
    }
    var watch = Watch(
      after: instant, until: limited(instant.advanced(by: patient(expectation.within))),
      pausing: Watch.reaction)
    watch.atLeast = pace(of: expectation.predicate)
    let memory = ExpectationMemory()
    let popUps = state.interruptions
    var last: (glance: Glance, sight: Sight)?
    while let glance = try await glance(&watch, in: state) {
      memory.isLastGlance = watch.isOver
      let sight = try await judge(expectation.predicate, on: glance, memory, in: state)
      if sight.held {
        try await decided(expectation, held: true, glance, sight, in: state)
        return .held
      }
      last = (glance, sight)
      guard let look = glance.look else { continue }
      if state.after == nil, !memory.isUncovered, state.interruptions == popUps,
        watch.start.duration(to: glance.instant) >= patient(Self.pointerPatience)
      {
        state.after = look
      }
      if try await sendPopUpsAway(on: look, in: state) { continue }
      // What is expected gets a moment to come before the pointer is moved off its place.
      if let target = memory.covered, !memory.isUncovered,
        watch.start.duration(to: glance.instant) >= Self.patienceWithPointer
      {
        memory.isUncovered = try await park(awayFrom: target, in: state)
      }
    }
    return .unmet(try await missed(expectation, last, in: state))
  }

  /// Writes down that an expectation's time ran out, and says so.
  func missed(
    _ expectation: Expectation, _ last: (glance: Glance, sight: Sight)?, in state: StepState
  ) async throws(Stop) -> Unmet {
    let sight = last?.sight ?? Sight(held: false, words: "nothing: no frame came in time")
    try await decided(expectation, held: false, last?.glance, sight, in: state)
    let now = await clock.now()
    let limit = limitReached(by: now).map { "\($0); " } ?? ""
    let reason = "\(limit)expected to \(wording.words(expectation)); seen: \(sight.words)"
    if let unclear = sight.unclear {
      return Unmet("\(reason) (\(unclear))", ifHealthy: .errored, look: last?.glance.look)
    }
    return Unmet(reason, ifHealthy: .failed, look: last?.glance.look)
  }

  /// Writes down how an expectation was decided, with the picture that shows it.
  func decided(
    _ expectation: Expectation, held: Bool, _ glance: Glance?, _ sight: Sight,
    in state: StepState
  ) async throws(Stop) {
    if held { noticeRecovery(expectation.predicate, on: state.device, at: glance?.instant) }
    let look = glance?.look
    let isKept = state.isSensitive
    try await report(
      .judged(
        Judgement(
          step: state.number, expected: wording.words(expectation), held: held,
          seen: redactor.written(sight.words), frame: look?.frame.number,
          capturedAt: glance?.instant, nearest: isKept ? nil : sight.nearest)))
    if let look {
      try await keep(look, as: held ? .deciding : .last, boxes: sight.boxes, in: state)
    }
    try await keepReferences(of: state)
  }

  private func compare(
    _ first: ValueText, _ second: ValueText, _ expectation: Expectation, in state: StepState
  ) async throws(Stop) -> Decision {
    let (a, b) = (try values.text(first), try values.text(second))
    let held = a.revealed() == b.revealed()
    let words = "“\(a.written)” and “\(b.written)”" + (held ? "" : " differ")
    let sight = Sight(held: held, words: words)
    try await decided(expectation, held: held, nil, sight, in: state)
    if held { return .held }
    return .unmet(
      Unmet("expected to \(wording.words(expectation)): \(words)", ifHealthy: .failed))
  }

  /// How far apart glances must be at least: reading the whole screen takes long.
  private func pace(of predicate: any Predicate) -> Duration {
    predicate.needs.targets.contains { isReadEverywhere($0) } ? .milliseconds(300) : .zero
  }

  private func isReadEverywhere(_ target: Target) -> Bool {
    if target.region != nil { return false }
    switch target.kind {
    case .text: return true
    case .label(let key): return model.labels[key]?.region == nil
    case .anyOf(let targets): return targets.contains { isReadEverywhere($0) }
    case .beside(_, let other, _): return isReadEverywhere(other)
    case .image, .group, .point: return false
    }
  }

  /// From this likeness on, something that is no match is not surely another thing either.
  private static var nearLimit: Double { 0.75 * TemplateFinder.limit }

  // MARK: - One glance

  /// Says whether a predicate holds on one glance.
  func judge(
    _ predicate: any Predicate, on glance: Glance, _ memory: ExpectationMemory, path: String = "",
    in state: StepState
  ) async throws(Stop) -> Sight {
    switch predicate {
    case let seen as Seen:
      return try await judgeSeen(seen.target, on: glance, memory, path, in: state)
    case let notSeen as NotSeen:
      return try await judgeNotSeen(notSeen.target, on: glance, memory, path, in: state)
    case let any as AnyOf:
      var sights: [Sight] = []
      for (index, part) in any.parts.enumerated() {
        let sight = try await judge(
          part, on: glance, memory, path: "\(path)/\(index)", in: state)
        if sight.held { return sight }
        sights.append(sight)
      }
      return Self.joined(sights, held: false)
    case let all as AllOf:
      var sights: [Sight] = []
      for (index, part) in all.parts.enumerated() {
        sights.append(
          try await judge(part, on: glance, memory, path: "\(path)/\(index)", in: state))
      }
      return Self.joined(
        sights.filter { !$0.held }.ifEmpty(sights), held: sights.allSatisfy(\.held))
    case is SignalLost:
      return Sight(
        held: glance.look == nil, words: glance.look == nil ? "no signal" : "a live picture")
    case is SignalBack:
      return Sight(
        held: glance.look != nil, words: glance.look == nil ? "no signal" : "a live picture")
    case is Rebooting: return try await judgeRebooting(glance, in: state)
    case let still as Still:
      return try await judgeStill(still.region, still.time, on: glance, memory, path, in: state)
    case let changed as Changed:
      return try await judgeChanged(changed.region, on: glance, in: state)
    case let equal as Equal:
      let held =
        try values.text(equal.first).revealed() == values.text(equal.second).revealed()
      return Sight(held: held, words: held ? "the texts are the same" : "the texts differ")
    default: preconditionFailure("nothing judges \(predicate)")
    }
  }

  private static func joined(_ sights: [Sight], held: Bool) -> Sight {
    Sight(
      held: held, words: sights.map(\.words).joined(separator: "; "),
      boxes: sights.flatMap(\.boxes),
      nearest: sights.compactMap(\.nearest).max { $0.score < $1.score },
      unclear: sights.compactMap(\.unclear).first)
  }

  private func judgeSeen(
    _ target: Target, on glance: Glance, _ memory: ExpectationMemory, _ path: String,
    in state: StepState
  ) async throws(Stop) -> Sight {
    guard let look = glance.look else { return Sight(held: false, words: "no picture") }
    switch try await search(target, on: look, in: state) {
    case .here(let places):
      memory.ambiguous[path] = 0
      let place = places.first
      let nearest = place.flatMap { place in
        place.box.map { box in
          Judgement.Candidate(
            name: place.sign?.name ?? "", box: box, score: place.score ?? 1)
        }
      }
      let words = place?.sign.map { "\($0.name) at \(place?.point.description ?? "")" } ?? "a place"
      return Sight(
        held: true, words: words, boxes: places.compactMap(\.box), nearest: nearest)
    case .absent(let absence):
      memory.ambiguous[path] = 0
      if try await isCovered(target, in: state) { memory.covered = target }
      return Sight(
        held: false, words: absence.words ?? "nothing like it",
        boxes: absence.nearest.map { [$0.box] } ?? [], nearest: absence.nearest,
        unclear: absence.unclear)
    case .ambiguous(let name, let a, let b):
      // Menus that open may show a thing twice for a moment; twice running it is no accident.
      memory.ambiguous[path, default: 0] += 1
      if memory.ambiguous[path, default: 0] >= 3 { throw ambiguity(name, a, b, target) }
      return Sight(held: false, words: "\(name) in two places, \(a) and \(b)", boxes: [a, b])
    }
  }

  private func judgeNotSeen(
    _ target: Target, on glance: Glance, _ memory: ExpectationMemory, _ path: String,
    in state: StepState
  ) async throws(Stop) -> Sight {
    guard let look = glance.look else {
      memory.absent[path] = 0
      return Sight(held: false, words: "no picture")
    }
    guard fits(look), look.condition == .picture else {
      memory.absent[path] = 0
      return Sight(
        held: false, words: fits(look) ? "no whole picture" : sizeComplaint(look))
    }
    switch try await search(target, on: look, in: state) {
    case .here(let places):
      memory.absent[path] = 0
      return Sight(
        held: false, words: "still there, at \(places.first?.point.description ?? "")",
        boxes: places.compactMap(\.box))
    case .ambiguous(_, let a, let b):
      memory.absent[path] = 0
      return Sight(held: false, words: "still there, at \(a) and \(b)", boxes: [a, b])
    case .absent(let absence):
      let isNear = absence.template ?? 0 >= Self.nearLimit
      if absence.unclear != nil || isNear {
        memory.absent[path] = 0
        return Sight(
          held: false, words: absence.words ?? "", nearest: absence.nearest,
          unclear: absence.unclear ?? "too like it to be called gone")
      }
      // What lies under the pointer is not seen either, and may be there all the same.
      if !memory.isUncovered, try await isCovered(target, in: state) {
        memory.absent[path] = 0
        memory.covered = target
        return Sight(held: false, words: "the pointer hides the place where it would be")
      }
      // One frame without it may be a flicker.
      memory.absent[path, default: 0] += 1
      return Sight(
        held: memory.absent[path, default: 0] >= 2, words: "it is not there",
        nearest: absence.nearest)
    }
  }

  private func judgeRebooting(_ glance: Glance, in state: StepState) async throws(Stop) -> Sight {
    guard let mouse = state.device.mouse else {
      throw .errored(
        "no mouse is wired to \(state.device.name) to tell a restart from a lost cable")
    }
    // Without an input some grabbers make up a picture of their own.
    if let look = glance.look, look.condition != .noInput {
      return Sight(held: false, words: "a live picture")
    }
    let bus = try await asking { () throws(BenchError) in try await mouse.busState() }
    let supply = try await supply(of: state.device)
    let hostIsGone = bus == .notConfigured || bus == .notAttached
    if supply == .off {
      return Sight(held: false, words: "no signal, but the recorder has no power either")
    }
    return Sight(
      held: hostIsGone, words: "no signal, USB \(bus.rawValue)")
  }

  private func judgeStill(
    _ region: Region?, _ time: Duration, on glance: Glance, _ memory: ExpectationMemory,
    _ path: String, in state: StepState
  ) async throws(Stop) -> Sight {
    guard let look = glance.look, look.condition == .picture else {
      memory.motion[path] = nil
      return Sight(held: false, words: "no whole picture")
    }
    let area = try region.map { region throws(Stop) in try rect(region) }
    let ignored = await model.alive + state.device.ignored()
    let motion = memory.motion[path, default: MotionWatch(in: area)]
      .take(look.frame, ignoring: ignored)
    if let moved = motion.regions.first {
      let verb = moved.kind == .fading ? "is fading" : "moved"
      return Sight(
        held: false, words: "something \(verb) at \(moved.box)", boxes: motion.regions.map(\.box))
    }
    let length = motion.stillSince.duration(to: motion.capturedAt)
    // In less than that a slow fade looks still, too. Where no more time is left, it has to do.
    let isSure = length >= MotionWatch.fadeLag || memory.isLastGlance
    return Sight(held: length >= time && isSure, words: "still for \(wording.words(length))")
  }

  /// Compares with the picture from before the action, not from picture to picture: what came at once
  /// had come before the first picture after the action, and a fade adds up, however slow it is.
  private func judgeChanged(_ region: Region?, on glance: Glance, in state: StepState)
    async throws(Stop) -> Sight
  {
    guard let look = glance.look, look.condition == .picture else {
      return Sight(held: false, words: "no whole picture")
    }
    guard let before = state.before else {
      throw .errored("there is no picture from before the action to compare with")
    }
    let area = try region.map { region throws(Stop) in try rect(region) }
    let ignored = await model.alive + state.device.ignored() + state.ignoredBefore
    let changes = look.frame.changes(since: before.frame, in: area, ignoring: ignored)
    return Sight(
      held: !changes.isEmpty,
      words: changes.first.map { "it changed at \($0)" } ?? "nothing changed", boxes: changes)
  }

  /// What is said when one thing is in two places.
  func ambiguity(_ name: String, _ a: PixelRect, _ b: PixelRect, _ target: Target) -> Stop {
    .errored("\(target.location): \(name) is in two places, \(a) and \(b)")
  }
}

/// What an expectation remembers from frame to frame, by the place of the part in the whole.
final class ExpectationMemory {
  /// How many glances in a row found a thing in two places.
  var ambiguous: [String: Int] = [:]
  /// How many glances in a row did not find a thing.
  var absent: [String: Int] = [:]
  /// What moves, where that is asked for.
  var motion: [String: MotionWatch] = [:]
  /// Whether nothing more can be seen in time.
  var isLastGlance = false
  /// A target that the pointer may hide.
  var covered: Target?
  /// Whether the pointer was moved off the target's place.
  var isUncovered = false
}

extension Array {
  /// The array, or another where it is empty.
  fileprivate func ifEmpty(_ other: [Element]) -> [Element] { isEmpty ? other : self }
}
