import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SeededRandom

/// Brings the pointer to targets and acts there: what is pointed at is found, once, at rest, and
/// still there when the pointer has come.
final class Pointing {
  /// What a hand does at a place, by when; when it ended, if the hand knows.
  typealias Act = (any Hand, Place, MonotonicInstant) async throws(HandError) -> MonotonicInstant?

  /// How often a target that went away while the pointer came may be looked for anew.
  private static let mostApproaches = 4

  private let request: RunRequest
  private let wording: Wording
  private let time: RunTime
  private let log: RunLog
  private let pictures: RunPictures
  private let secrecy: Secrecy
  private let lots: Lots
  private let observer: Observer
  private let finder: TargetFinder
  private let witnesses: Witnesses
  private let popUps: PopUps
  private let texts: TextsRead

  init(
    _ request: RunRequest, wording: Wording, time: RunTime, log: RunLog, pictures: RunPictures,
    secrecy: Secrecy, lots: Lots, observer: Observer, finder: TargetFinder, witnesses: Witnesses,
    popUps: PopUps, texts: TextsRead
  ) {
    self.request = request
    self.wording = wording
    self.time = time
    self.log = log
    self.pictures = pictures
    self.secrecy = secrecy
    self.lots = lots
    self.observer = observer
    self.finder = finder
    self.witnesses = witnesses
    self.popUps = popUps
    self.texts = texts
  }

  /// Finds a target, brings the pointer there, makes sure that the target is still there, and acts.
  ///
  /// - Returns: when the action ended, on the capture clock.
  func reach(_ target: Target, in step: StepState, _ act: @escaping Act)
    async throws(Stop) -> Outcome<MonotonicInstant>
  {
    guard let hand = step.device.hand else {
      throw Stop(
        .rigIncomplete,
        "the rig has no mouse, or no screen to see its pointer on, on "
          + step.device.name)
    }
    try await homeAfterRestart(step)
    var approaches = 0
    var onTheWay = Duration.zero
    while true {
      approaches += 1
      let place: Place
      switch try await resolve(target, in: step) {
      case .unmet(let unmet): return .unmet(came(after: onTheWay, unmet))
      case .done(let found): place = found
      }
      let departure = await time.now()
      do throws(HandError) {
        try await hand.move(
          to: place.point, inside: place.area, unlike: step.before?.frame,
          by: await time.handDeadline())
      } catch {
        return .unmet(try Unmet(error, doing: "moving the pointer to \(place.point)"))
      }
      onTheWay += departure.duration(to: await time.now())
      if approaches < Self.mostApproaches,
        try await !isStillThere(place, after: departure, in: step)
      {
        continue
      }
      let deadline = await time.handDeadline()
      let end: MonotonicInstant?
      do throws(HandError) {
        end = try await act(hand, place, deadline)
      } catch {
        return .unmet(try Unmet(error, doing: "acting at \(place.point)"))
      }
      let now = await time.now()
      step.aim = place
      step.press = step.before.map {
        Press(place: place, before: $0, ignored: step.ignoredBefore, act: act)
      }
      try await log.acted(step, wording.does(step), at: place)
      return .done(end ?? now)
    }
  }

  /// What it says of whom that a target is missing that was there before the hand set out: menus may
  /// hide by themselves, and a hand that took longer than a target may take to come is to blame.
  private func came(after onTheWay: Duration, _ unmet: Unmet) -> Unmet {
    guard unmet.ifHealthy == .targetMissing, onTheWay >= time.patient(Approach.targetPatience)
    else { return unmet }
    return Unmet(
      .mouseAstray,
      "the target went while the pointer took \(wording.words(onTheWay)) to come; \(unmet.reason)")
  }

  // MARK: - Finding

  /// Looks for a target until it is there once, and at rest on consecutive frames.
  func resolve(_ target: Target, in step: StepState) async throws(Stop) -> Outcome<Place> {
    if let name = try finder.never(target) {
      throw Stop(
        .modelIncomplete,
        "\(target.location): \(request.model.name) never shows \(name), so that it can't be acted on"
      )
    }
    let start = max(await time.now(), step.device.lastActionEnd)
    var approach = Approach(
      Watch(
        after: start,
        until: time.limited(start.advanced(by: time.patient(Approach.targetPatience)))))
    var lastLook: Look?
    var parked = false
    while let glance = try await observer.glance(&approach.watch, in: step) {
      guard let look = glance.look else {
        approach.sawNothing()
        continue
      }
      lastLook = look
      step.searches = []
      var sighting = try await finder.search(target, on: look, in: step)
      sighting.searches = step.searches
      switch approach.saw(sighting, at: glance.instant) {
      case .atRest(let places):
        let place = draw(places, in: step)
        await settle(place, on: look, in: step)
        return .done(place)
      case .ambiguous: throw sighting.ambiguity(of: target)
      case .lookAgain: break
      case .missing:
        if try await popUps.sendAway(on: look, in: step) { continue }
        if !parked { parked = try await park(awayFrom: target, in: step) }
      }
    }
    return .unmet(
      try await notFound(
        target, approach.nearest, lastLook, unwatched: approach.watch.unwatched, in: step))
  }

  private func notFound(
    _ target: Target, _ nearest: Sighting, _ look: Look?, unwatched: Duration?,
    in step: StepState
  ) async throws(Stop) -> Unmet {
    var sighting = nearest
    let words = nearest.words ?? "nothing like it was seen"
    sighting.words = words
    let limit =
      time.limitReached(by: await time.now()).map { "\($0) while looking for " } ?? ""
    let reason =
      "\(limit)\(wording.words(target))\(limit.isEmpty ? " was not found" : ""): \(words)"
    var read: [Judgement.TextRead] = []
    if let look { read = try await texts.read(at: [target], on: look, in: step) }
    try await log.judged(
      step, expected: "find \(wording.words(target)), at rest", held: false, sighting,
      read: read,
      frame: look?.frame.number, at: look?.frame.capturedAt)
    if let look {
      let boxes = step.isSensitive ? [] : nearest.nearest.map { [$0.box] } ?? []
      try await pictures.keep(look, as: .last, boxes: boxes, in: step)
    }
    try await pictures.keepReferences(of: step)
    if let unwatched { return Unmet(unwatched: unwatched, reason, wording, look: look) }
    guard let unclear = nearest.unclear else { return Unmet(.targetMissing, reason) }
    return Unmet(.pictureUnclear, "\(reason) (\(unclear))")
  }

  /// Remembers a target that was found, and that the recorder is there.
  private func settle(_ place: Place, on look: Look, in step: StepState) async {
    if step.device.noteRecovery() { secrecy.lift() }
    step.before = look
    step.ignoredBefore = await step.device.ignored()
    step.boxesBefore = place.box.map { [$0] } ?? []
  }

  /// Draws one of several places by the run's seed.
  private func draw(_ places: [Place], in step: StepState) -> Place {
    var stream = lots.stream(seed: request.start.seed, for: "target", step.path)
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
  ///   - step: the step.
  /// - Returns: whether the target, or its surroundings, show what they showed before.
  /// - Throws: a verdict when the signal went without being asked to.
  private func isStillThere(
    _ place: Place, after departure: MonotonicInstant, in step: StepState
  ) async throws(Stop) -> Bool {
    guard let sign = place.sign, let box = place.box, let before = step.before else { return true }
    let look: Look
    if let frame = try observer.screen(of: step).remembered.last, frame.capturedAt > departure {
      look = observer.look(at: frame, on: step.device)
    } else if let fresh = try await observer.freshLook(after: await time.now(), in: step) {
      look = fresh
    } else {
      return false
    }
    let ignored = await step.device.ignored() + step.ignoredBefore
    if look.frame.isStill(since: before.frame, in: box, ignoring: ignored) { return true }
    var near = sign
    near.region = box.insetBy(-8).intersection(look.frame.bounds)
    (near.hangs, near.choice) = (nil, nil)
    if try await finder.search(near, on: look, in: step).holds { return true }
    step.device.lookedForPopUps = nil
    if try await popUps.sendAway(on: look, in: step) { return false }
    // Much may have happened on a long way, and leave the surroundings as they were.
    let way = departure.duration(to: look.frame.capturedAt)
    if way >= time.patient(Approach.targetPatience) { return false }
    // The same surroundings: it is the pointer that changed its look.
    let around = box.insetBy(-24).intersection(look.frame.bounds)
    return look.frame.isStill(
      since: before.frame, in: around, ignoring: ignored + [box.insetBy(-6)])
  }

  // MARK: - The pointer alone

  /// Moves the pointer off the place where something should be; at most once for a target.
  func park(awayFrom target: Target, in step: StepState) async throws(Stop) -> Bool {
    try await park(awayFrom: [target], in: step)
  }

  /// Moves the pointer off the places where several things should be.
  func park(awayFrom targets: [Target], in step: StepState) async throws(Stop) -> Bool {
    guard let hand = step.device.hand, let box = await step.device.pointerBox else { return true }
    let screen = PixelRect(request.model.screen)
    var regions: [PixelRect] = []
    for target in targets {
      let region = try finder.region(of: target) ?? screen
      // Where the words are is not known: as far as most labels are wide.
      regions.append(region == screen ? box.insetBy(-screen.width / 8) : region)
    }
    guard regions.contains(where: { $0.intersects(box) }) else { return true }
    do throws(HandError) {
      try await hand.park(
        awayFrom: regions, by: await time.handDeadline())
    } catch {
      throw await witnesses.convict(
        try Unmet(error, doing: "moving the pointer out of the way"), in: step)
    }
    return true
  }

  /// Brings the pointer into a corner, where it is known to be.
  func home(in step: StepState) async throws(Stop) {
    guard let hand = step.device.hand else { return }
    await hand.forgetPosition()
    let deadline = await time.handDeadline()
    do throws(HandError) {
      try await hand.home(by: deadline)
    } catch {
      throw await witnesses.convict(try Unmet(error, doing: "homing the pointer"), in: step)
    }
  }

  private func homeAfterRestart(_ step: StepState) async throws(Stop) {
    guard let losses = step.device.lossesOfRestart else { return }
    let words = losses.map { ", \(wording.words($0.length)) of \($0.words)" }.joined()
    try await log.note(
      .pointer, "the recorder has restarted\(words): the pointer is homed anew", in: step)
    try await home(in: step)
    step.device.notePointerHomed()
  }

  /// Whether the pointer is seen beside its target after a click there; says so.
  func wentBeside(in step: StepState) async throws(Stop) -> Bool {
    guard let hand = step.device.hand, let aim = step.aim, let look = step.after,
      let seen = await hand.standing(in: look.frame, near: aim.point)
    else { return false }
    let area = aim.area ?? PixelRect(x: aim.point.x, y: aim.point.y, width: 1, height: 1)
    guard !area.insetBy(-6).contains(seen) else { return false }
    let places = step.isSensitive ? "" : ", at \(seen) instead of \(aim.point)"
    try await log.note(.pointer, "the pointer is seen beside its target\(places)", in: step)
    return true
  }
}
