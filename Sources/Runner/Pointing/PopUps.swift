import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario

/// Sends away pop-ups that come unasked.
final class PopUps {
  /// How long somebody may go without looking for pop-ups while something is not seen.
  private static let pause = Duration.milliseconds(700)
  /// How long after an action the pointer may lie where a pop-up may be.
  private static let patienceWithPointer = Duration.milliseconds(1500)
  /// How long after a pop-up went a click has to show what it did.
  private static let patienceWithPress = Duration.milliseconds(1200)
  /// How long after a click what it did, and a pop-up that it met, shows at the latest.
  private static let longestWay = Duration.milliseconds(700)
  /// How many pop-ups a step sends away before it gives up.
  private static let mostInterruptions = 6

  private let model: RecorderModel
  private let time: RunTime
  private let log: RunLog
  private let observer: Observer
  private let finder: TargetFinder
  private let witnesses: Witnesses

  init(
    model: RecorderModel, time: RunTime, log: RunLog, observer: Observer, finder: TargetFinder,
    witnesses: Witnesses
  ) {
    self.model = model
    self.time = time
    self.log = log
    self.observer = observer
    self.finder = finder
    self.witnesses = witnesses
  }

  /// Sends a pop-up of the model away, if one is there.
  ///
  /// Looked for only now and then, and only while something expected is missing.
  ///
  /// A pop-up may have taken the click before it: where nothing changes around what was clicked, the
  /// click is made again.
  ///
  /// - Returns: whether anything was done; the picture is an old one then.
  func sendAway(on look: Look, in step: StepState) async throws(Stop) -> Bool {
    guard !model.interruptions.isEmpty, model.fits(look),
      step.interruptions < Self.mostInterruptions, let hand = step.device.hand
    else { return false }
    if let last = step.device.lookedForPopUps,
      last.duration(to: look.frame.capturedAt) < Self.pause
    {
      return false
    }
    step.device.lookedForPopUps = look.frame.capturedAt
    let references = step.references
    defer { step.references = references }
    var isClear = true
    for interruption in model.interruptions {
      let seen = target(interruption.seen, of: interruption, step)
      let sight = try await finder.search(seen, on: look, in: step)
      let region = try finder.region(of: seen)
      isClear = isClear && sight.kind == .absent && region != nil
      guard sight.holds else { continue }
      let button = try await finder.search(
        target(interruption.dismiss, of: interruption, step), on: look, in: step)
      guard button.holds, let place = button.places.first else { continue }
      step.interruptions += 1
      let end: MonotonicInstant
      do throws(HandError) {
        end = try await hand.click(
          at: place.point, inside: place.area, button: .left, count: 1, unlike: look.frame,
          by: await time.handDeadline()
        ).endedAt
      } catch {
        throw await witnesses.convict(
          try Unmet(error, doing: "sending the pop-up \(interruption.name) away"), in: step)
      }
      let isGone = try await goes(seen, after: end, in: step)
      try await log.note(
        .interruption,
        "the pop-up \(interruption.name) came unasked and was \(isGone ? "" : "not ")sent away",
        in: step)
      if step.device.lastPress?.wasTaken == false { step.device.lastPress?.doubtedSince = end }
      return true
    }
    if try await pressAgain(on: look, in: step) { return true }
    if isClear { try await noteTaken(on: look, in: step) }
    return try await uncoverOnce(on: look, in: step)
  }

  /// Takes note that no pop-up was there when a click was made, where a picture shows it that was
  /// captured after the click had long reached the recorder, with the pointer off their places.
  private func noteTaken(on look: Look, in step: StepState) async throws(Stop) {
    guard let press = step.device.lastPress, !press.wasTaken, press.doubtedSince == nil,
      step.device.lastActionEnd.duration(to: look.frame.capturedAt)
        >= time.patient(Self.longestWay)
    else { return }
    let pointer = await step.device.pointerBox
    let places = try popUpPlaces(in: step)
    if let pointer, places.contains(where: { $0.intersects(pointer) }) { return }
    step.device.lastPress?.wasTaken = true
  }

  /// Makes the last click again, where what is expected of it has not come for a while after a pop-up
  /// went that may have taken it, and nothing has changed around what was clicked.
  ///
  /// - Returns: whether it was made.
  private func pressAgain(on look: Look, in step: StepState) async throws(Stop) -> Bool {
    guard let press = step.device.lastPress, let since = press.doubtedSince, !press.wasRepeated,
      since.duration(to: look.frame.capturedAt) >= Self.patienceWithPress,
      let around = press.surroundings(on: look.frame.size), let hand = step.device.hand
    else { return false }
    let ignored = await press.ignored + step.device.ignored() + model.alive.map(\.region)
    guard look.frame.isStill(since: press.before.frame, in: around, ignoring: ignored) else {
      return false
    }
    let end: MonotonicInstant?
    do throws(HandError) {
      end = try await press.act(hand, press.place, await time.handDeadline())
    } catch {
      throw await witnesses.convict(
        try Unmet(error, doing: "clicking \(press.place.point) again"), in: step)
    }
    let now = await time.now()
    step.device.lastActionEnd = end ?? now
    var again = press
    (again.wasRepeated, again.doubtedSince) = (true, nil)
    step.device.lastPress = again
    try await log.note(
      .interruption,
      "nothing has changed around \(press.place.point): the pop-up took the click, which was made "
        + "again", in: step)
    return true
  }

  /// Moves the pointer, once in a step, off the places where a pop-up may be that is not seen for it.
  private func uncoverOnce(on look: Look, in step: StepState) async throws(Stop) -> Bool {
    let waited = step.device.lastActionEnd.duration(to: look.frame.capturedAt)
    guard !step.hasUncoveredPopUps, waited >= Self.patienceWithPointer else { return false }
    step.hasUncoveredPopUps = true
    return try await uncover(in: step)
  }

  /// Moves the pointer off the places where pop-ups show what they are.
  ///
  /// - Returns: whether it lay there.
  @discardableResult
  func uncover(in step: StepState) async throws(Stop) -> Bool {
    guard let hand = step.device.hand, let pointer = await step.device.pointerBox else {
      return false
    }
    let places = try popUpPlaces(in: step)
    guard places.contains(where: { $0.intersects(pointer) }) else { return false }
    do throws(HandError) {
      try await hand.park(awayFrom: places, by: await time.handDeadline())
    } catch {
      throw await witnesses.convict(
        try Unmet(error, doing: "moving the pointer out of the way"), in: step)
    }
    return true
  }

  /// The places where pop-ups show what they are.
  private func popUpPlaces(in step: StepState) throws(Stop) -> [PixelRect] {
    var places: [PixelRect] = []
    for interruption in model.interruptions {
      for sign in [interruption.seen, interruption.dismiss] {
        let target = target(sign, of: interruption, step)
        if let place = try finder.region(of: target) { places.append(place) }
      }
    }
    return places
  }

  private func goes(_ target: Target, after instant: MonotonicInstant, in step: StepState)
    async throws(Stop) -> Bool
  {
    var watch = Watch(
      after: instant, until: time.limited(instant.advanced(by: time.patient(.seconds(3)))),
      pausing: Watch.reaction)
    while let glance = try await observer.glance(&watch, in: step) {
      guard let look = glance.look else { continue }
      if try await finder.search(target, on: look, in: step).kind == .absent { return true }
    }
    return false
  }

  private func target(
    _ sign: Interruption.Sign, of popUp: Interruption, _ step: StepState
  ) -> Target {
    let location = step.step.location
    switch sign {
    case .member(let member):
      return Target(kind: member.kind(at: location), region: nil, location: location)
    case .words(let words):
      let region: Region? =
        switch popUp.place {
        case .region(let name): .named(ValueText(constant: name, at: location))
        case .rect(let rect): .rect(rect)
        case nil: nil
        }
      return Target(
        kind: .text(ValueText(constant: words, at: location)), region: region, location: location)
    }
  }
}
