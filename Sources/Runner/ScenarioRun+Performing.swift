import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// What a hand came to.
enum Deed {
  /// It is done; when it ended, on the capture clock.
  case done(at: MonotonicInstant)
  /// It could not be done.
  case unmet(Unmet)
}

/// Doing what steps say.
extension ScenarioRun {
  /// Does a step's action and sees what must follow.
  func perform(_ state: StepState) async throws(Stop) {
    try await takeListings(before: state)
    guard let action = state.step.action else {
      try await expectAfterwards(state)
      return
    }
    switch action {
    case let power as SwitchPower: try await play(power, in: state)
    case let mail as AwaitMail: try await fetch(mail, in: state)
    case let read as ReadValue: try await play(read, in: state)
    case let wait as Wait: try await self.wait(wait.time, in: state)
    case let capture as CapturePicture: try await self.capture(capture.name, in: state)
    case let request as AskOperator:
      if try await !ask(request, in: state) { return }
    case let use as UsePart: try await play(use.part, in: state)
    case let either as Either:
      try await choose(either.branches, either.otherwise, in: state)
    default:
      try await attempt(action, in: state)
      return
    }
    try await expectAfterwards(state)
  }

  /// Sees what must follow an action that is not repeated.
  private func expectAfterwards(_ state: StepState) async throws(Stop) {
    guard let expectation = state.step.expectation else { return }
    let now = await clock.now()
    let start = max(now, state.device.lastActionEnd)
    if case .unmet(let unmet) = try await decide(expectation, after: start, in: state) {
      throw await convict(unmet, in: state)
    }
  }

  /// Does something with the hands, again within the step's attempts while it has no effect.
  private func attempt(_ action: any Action, in state: StepState) async throws(Stop) {
    var missed: Unmet?
    var attempts = state.step.attempts
    while true {
      let popUps = state.interruptions
      (state.aim, state.after) = (nil, nil)
      let unmet: Unmet
      switch try await act(action, in: state) {
      case .unmet(let reason): throw await convict(missed ?? reason, in: state)
      case .done(let end):
        state.device.lastActionEnd = end
        guard let expectation = state.step.expectation else {
          try await keepBefore(state)
          return
        }
        try await keepBefore(state)
        switch try await decide(expectation, after: end, in: state) {
        case .held: return
        case .unmet(let reason): unmet = reason
        }
      }
      // A pop-up that came in between may have taken the click: that try does not count. Nor does one
      // that went beside its target.
      let wasLost = state.interruptions > popUps
      let wentBeside = wasLost ? false : try await wentBeside(state)
      if attempts == state.attempt, wasLost || (wentBeside && attempts == state.step.attempts) {
        attempts += 1
      }
      guard state.attempt < attempts, limitReached(by: await clock.now()) == nil else {
        throw await convict(unmet, in: state)
      }
      missed = unmet
      state.attempt += 1
      try await note(
        .pointer, "no effect: the pointer is homed and the action tried anew", in: state)
      try await homeAnew(state)
    }
  }

  /// Whether the pointer is seen beside its target after a click there; says so.
  private func wentBeside(_ state: StepState) async throws(Stop) -> Bool {
    guard state.step.action is Click, let hand = state.device.hand, let aim = state.aim,
      let look = state.after,
      let seen = await hand.standing(in: look.frame, near: aim.point)
    else { return false }
    let area = aim.area ?? PixelRect(x: aim.point.x, y: aim.point.y, width: 1, height: 1)
    guard !area.insetBy(-6).contains(seen) else { return false }
    let places = state.isSensitive ? "" : ", at \(seen) instead of \(aim.point)"
    try await note(.pointer, "the pointer is seen beside its target\(places)", in: state)
    return true
  }

  private func keepBefore(_ state: StepState) async throws(Stop) {
    guard let before = state.before else { return }
    try await keep(before, as: .before, boxes: state.boxesBefore, in: state)
  }

  private func homeAnew(_ state: StepState) async throws(Stop) {
    guard let hand = state.device.hand else { return }
    await hand.forgetPosition()
    let deadline = await handDeadline()
    do throws(HandError) {
      try await hand.home(by: deadline)
    } catch {
      throw await convict(try unmet(error, doing: "homing the pointer"), in: state)
    }
  }

  private func act(_ action: any Action, in state: StepState) async throws(Stop) -> Deed {
    switch action {
    case let click as Click:
      return try await self.click(click.target, click.button, click.count, in: state)
    case let move as Move:
      return try await reach(move.target, in: state) { hand, place, deadline throws(HandError) in
        try await hand.move(to: place.point, inside: place.area, by: deadline)
        return nil
      }
    case let scroll as Scroll:
      return try await reach(scroll.target, in: state) { hand, place, deadline throws(HandError) in
        try await hand.scroll(
          at: place.point, inside: place.area, detents: scroll.detents, by: deadline
        ).endedAt
      }
    case let drag as Drag: return try await self.drag(drag.start, drag.end, in: state)
    case let typing as TypeText:
      return try await type(typing.text, into: typing.field, in: state)
    default: preconditionFailure("nothing plays \(action)")
    }
  }

  private func click(
    _ target: Target, _ button: Click.Button, _ count: Int, in state: StepState
  ) async throws(Stop) -> Deed {
    let buttons: MouseButtons = button == .right ? .right : .left
    return try await reach(target, in: state) { hand, place, deadline throws(HandError) in
      try await hand.click(
        at: place.point, inside: place.area, button: buttons, count: count, by: deadline
      ).endedAt
    }
  }

  private func drag(_ from: Target, _ to: Target, in state: StepState) async throws(Stop) -> Deed {
    let end: Place
    switch try await resolve(to, in: state) {
    case .unmet(let unmet): return .unmet(unmet)
    case .found(let place): end = place
    }
    return try await reach(from, in: state) { hand, place, deadline throws(HandError) in
      try await hand.drag(from: place.point, to: end.point, by: deadline).endedAt
    }
  }

  // MARK: - Reaching a place

  /// What came of looking for a target until it is there and at rest.
  private enum Resolution {
    case found(Place)
    case unmet(Unmet)
  }

  /// How long a target may take to come and to be at rest.
  private static let targetPatience = Duration.seconds(6)
  /// How often a target that went away while the pointer came may be looked for anew.
  private static let mostApproaches = 4

  /// Finds a target, brings the pointer there, makes sure that the target is still there, and acts.
  private func reach(
    _ target: Target, in state: StepState,
    _ act: (any Hand, Place, MonotonicInstant) async throws(HandError) -> MonotonicInstant?
  ) async throws(Stop) -> Deed {
    guard let hand = state.device.hand else {
      throw .errored(
        "the rig has no mouse, or no screen to see its pointer on, on "
          + state.device.name)
    }
    if let losses = state.device.lossesOfRestart {
      let words = losses.map { ", \(wording.words($0.length)) of \($0.words)" }.joined()
      try await note(
        .pointer, "the recorder has restarted\(words): the pointer is homed anew", in: state)
      try await homeAnew(state)
      state.device.lossesOfRestart = nil
    }
    var approaches = 0
    while true {
      approaches += 1
      let place: Place
      switch try await resolve(target, in: state) {
      case .unmet(let unmet): return .unmet(unmet)
      case .found(let found): place = found
      }
      let departure = await clock.now()
      do throws(HandError) {
        try await hand.move(to: place.point, inside: place.area, by: await handDeadline())
      } catch {
        return .unmet(try unmet(error, doing: "moving the pointer to \(place.point)"))
      }
      if approaches < Self.mostApproaches,
        try await !isStillThere(place, after: departure, in: state)
      {
        continue
      }
      let deadline = await handDeadline()
      let end: MonotonicInstant?
      do throws(HandError) {
        end = try await act(hand, place, deadline)
      } catch {
        return .unmet(try unmet(error, doing: "acting at \(place.point)"))
      }
      let now = await clock.now()
      state.aim = place
      try await acted(state, wording.does(state.step, isSensitive: state.isSensitive), at: place)
      return .done(at: end ?? now)
    }
  }

  /// Looks for a target until it is there once, and at rest on consecutive frames.
  private func resolve(_ target: Target, in state: StepState) async throws(Stop) -> Resolution {
    let start = max(await clock.now(), state.device.lastActionEnd)
    var watch = Watch(
      after: start, until: limited(start.advanced(by: patient(Self.targetPatience))))
    var (ambiguous, parked) = (0, false)
    var last: (look: Look, places: [Place])?
    var absence = Search.Absence()
    var lastLook: Look?
    while let glance = try await glance(&watch, in: state) {
      guard let look = glance.look else {
        last = nil
        continue
      }
      lastLook = look
      switch try await search(target, on: look, in: state) {
      case .here(let places):
        ambiguous = 0
        if let last, Self.areAtRest(places, last.places) {
          let place = draw(places, in: state)
          await settle(place, on: look, target, in: state)
          return .found(place)
        }
        last = (look, places)
        watch.hurry(from: glance.instant)
      case .ambiguous(let name, let a, let b):
        last = nil
        ambiguous += 1
        if ambiguous >= 3 { throw ambiguity(name, a, b, target) }
      case .absent(let nearest):
        last = nil
        absence = nearest
        if try await sendPopUpsAway(on: look, in: state) { continue }
        if !parked { parked = try await park(awayFrom: target, in: state) }
      }
    }
    return .unmet(try await notFound(target, absence, lastLook, in: state))
  }

  private func notFound(
    _ target: Target, _ absence: Search.Absence, _ look: Look?, in state: StepState
  ) async throws(Stop) -> Unmet {
    let words = absence.words ?? "nothing like it was seen"
    let limit = limitReached(by: await clock.now()).map { "\($0) while looking for " } ?? ""
    let reason =
      "\(limit)\(wording.words(target))\(limit.isEmpty ? " was not found" : ""): \(words)"
    let nearest = state.isSensitive ? nil : absence.nearest
    try await report(
      .judged(
        Judgement(
          step: state.number, expected: "find \(wording.words(target)), at rest", held: false,
          seen: redactor.written(words), frame: look?.frame.number,
          capturedAt: look?.frame.capturedAt, nearest: nearest)))
    if let look {
      try await keep(look, as: .last, boxes: nearest.map { [$0.box] } ?? [], in: state)
    }
    try await keepReferences(of: state)
    let kind: Stop.Kind = absence.unclear == nil ? .failed : .errored
    return Unmet(reason + (absence.unclear.map { " (\($0))" } ?? ""), ifHealthy: kind)
  }

  /// Remembers a target that was found, and that the recorder is there.
  private func settle(_ place: Place, on look: Look, _ target: Target, in state: StepState) async {
    noticeRecovery(Seen(target: target), on: state.device, at: look.frame.capturedAt)
    state.before = look
    state.ignoredBefore = await state.device.ignored()
    state.boxesBefore = place.box.map { [$0] } ?? []
  }

  /// Whether two frames show the same things in the same places, but for a pixel.
  private static func areAtRest(_ places: [Place], _ before: [Place]) -> Bool {
    places.count == before.count
      && zip(places, before).allSatisfy { now, then in
        now.sign == then.sign && now.point.distance(to: then.point) <= 1.5
      }
  }

  /// Draws one of several places by the run's seed.
  private func draw(_ places: [Place], in state: StepState) -> Place {
    draws += 1
    var stream = SeededStream(seed: request.start.seed, name: "target \(draws) \(state.path)")
    return places.randomElement(using: &stream) ?? places[0]
  }

  /// Looks once more at what the pointer now points at.
  ///
  /// A button may look different under the pointer; what counts is that nothing has come over it.
  ///
  /// - Parameters:
  ///   - place: what the pointer was brought to.
  ///   - departure: when the pointer set out; the hand ends its way with a picture of it at its
  ///     goal, which serves here.
  ///   - state: the step.
  /// - Returns: whether the target, or its surroundings, show what they showed before.
  /// - Throws: a verdict when the signal went without being asked to.
  private func isStillThere(
    _ place: Place, after departure: MonotonicInstant, in state: StepState
  ) async throws(Stop) -> Bool {
    guard let sign = place.sign, let box = place.box, let before = state.before else { return true }
    let look: Look
    if let frame = try screen(of: state).remembered.last, frame.capturedAt > departure {
      look = Look(frame, noInput: request.noInput)
      state.device.lastLook = look
    } else if let fresh = try await freshLook(after: await clock.now(), in: state) {
      look = fresh
    } else {
      return false
    }
    let ignored = await state.device.ignored() + state.ignoredBefore
    if look.frame.isStill(since: before.frame, in: box, ignoring: ignored) { return true }
    var near = sign
    near.region = box.insetBy(-8).intersection(look.frame.bounds)
    if case .here = try await search(near, on: look, in: state) { return true }
    state.device.lookedForPopUps = nil
    if try await sendPopUpsAway(on: look, in: state) { return false }
    // The same surroundings: it is the pointer that changed its look.
    let around = box.insetBy(-24).intersection(look.frame.bounds)
    return look.frame.isStill(
      since: before.frame, in: around, ignoring: ignored + [box.insetBy(-6)])
  }

  /// Moves the pointer off the place where something should be; at most once for a target.
  func park(awayFrom target: Target, in state: StepState) async throws(Stop) -> Bool {
    guard let hand = state.device.hand, let box = await hand.pointerBox else { return true }
    let region = try region(of: target) ?? PixelRect(model.screen)
    guard region.intersects(box) else { return true }
    do throws(HandError) {
      try await hand.park(
        awayFrom: region.size == model.screen ? [box] : [region], by: await handDeadline())
    } catch {
      throw await convict(
        try unmet(error, doing: "moving the pointer out of the way"), in: state)
    }
    return true
  }

  /// Where a target is looked for; nil for anywhere.
  func region(of target: Target) throws(Stop) -> PixelRect? {
    if let region = target.region { return try rect(region) }
    switch target.kind {
    case .image(let name): return model.images[name]?.region
    case .label(let key): return model.labels[key]?.region
    case .beside(_, let other, _): return try region(of: other)
    case .text, .point, .anyOf, .group: return nil
    }
  }

  // MARK: - Hands

  /// How long a hand may take.
  func handDeadline() async -> MonotonicInstant {
    limited(await clock.now().advanced(by: patient(.seconds(30))))
  }

  /// What a hand's error means before the witnesses are asked.
  ///
  /// - Throws: what needs no witness: a fault that is certain, or the end of the run.
  func unmet(_ error: HandError, doing what: String) throws(Stop) -> Unmet {
    switch error {
    case .bench(let error): throw Stop(error)
    case .signal(let state, _):
      return Unmet("the picture was lost while \(what) (\(state.rawValue))", ifHealthy: .errored)
    case .mouse(let bus):
      return Unmet(
        "the recorder did not take the mouse while \(what) (USB \(bus.rawValue))",
        ifHealthy: .errored)
    case .deliveryUnknown:
      throw .errored(RigFault(.mouse, "the fate of reports stayed unknown while \(what)"))
    case .pointerNotSeen(let search):
      return Unmet("no pointer was seen while \(what) (\(search))", ifHealthy: .errored)
    case .targetMissed(let target, let pointer):
      return Unmet(
        "the pointer could not be brought to \(target); it was last seen at \(pointer)",
        ifHealthy: .errored)
    case .outOfTime:
      return Unmet("time ran out while \(what)", ifHealthy: .errored)
    case .keyboardNotSeen:
      return Unmet("the on-screen keyboard was not seen while \(what)", ifHealthy: .failed)
    case .characterNotOnKeyboard:
      throw .errored("the model's keyboard has no key for a character of the text")
    case .pageNotShown(let page):
      return Unmet(
        "the keyboard did not show its page \(page) while \(what)", ifHealthy: .failed)
    }
  }
}
