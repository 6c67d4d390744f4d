import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Pop-ups that come unasked.
extension ScenarioRun {
  /// How long somebody may go without looking for pop-ups while something is not seen.
  private static let popUpPause = Duration.milliseconds(700)
  /// How many pop-ups a step sends away before it gives up.
  private static let mostInterruptions = 6

  /// Sends a pop-up of the model away, if one is there.
  ///
  /// Looked for only now and then, and only while something expected is missing.
  ///
  /// - Returns: whether one was there; the picture is an old one then.
  func sendPopUpsAway(on look: Look, in state: StepState) async throws(Stop) -> Bool {
    guard !model.interruptions.isEmpty, fits(look),
      state.interruptions < Self.mostInterruptions, let hand = state.device.hand
    else { return false }
    if let last = state.device.lookedForPopUps,
      last.duration(to: look.frame.capturedAt) < Self.popUpPause
    {
      return false
    }
    state.device.lookedForPopUps = look.frame.capturedAt
    let references = state.references
    defer { state.references = references }
    for interruption in model.interruptions {
      guard case .here = try await search(target(interruption.seen, state), on: look, in: state),
        case .here(let places) = try await search(
          target(interruption.dismiss, state), on: look, in: state), let place = places.first
      else { continue }
      state.interruptions += 1
      let end: MonotonicInstant
      do throws(HandError) {
        end = try await hand.click(
          at: place.point, inside: place.area, button: .left, count: 1, by: await handDeadline()
        ).endedAt
      } catch {
        throw await convict(
          try unmet(error, doing: "sending the pop-up \(interruption.name) away"), in: state)
      }
      let isGone = try await goes(target(interruption.seen, state), after: end, in: state)
      try await note(
        .interruption,
        "the pop-up \(interruption.name) came unasked and was \(isGone ? "" : "not ")sent away",
        in: state)
      return true
    }
    return false
  }

  /// Moves the pointer off the places where pop-ups show what they are.
  func uncoverPopUps(in state: StepState) async throws(Stop) {
    guard let hand = state.device.hand, let pointer = await hand.pointerBox else { return }
    var places: [PixelRect] = []
    for interruption in model.interruptions {
      for member in [interruption.seen, interruption.dismiss] {
        if let place = try region(of: target(member, state)) { places.append(place) }
      }
    }
    guard places.contains(where: { $0.intersects(pointer) }) else { return }
    do throws(HandError) {
      try await hand.park(awayFrom: places, by: await handDeadline())
    } catch {
      throw await convict(
        try unmet(error, doing: "moving the pointer out of the way"), in: state)
    }
  }

  private func goes(_ target: Target, after instant: MonotonicInstant, in state: StepState)
    async throws(Stop) -> Bool
  {
    var watch = Watch(
      after: instant, until: limited(instant.advanced(by: patient(.seconds(3)))),
      pausing: Watch.reaction)
    while let glance = try await glance(&watch, in: state) {
      guard let look = glance.look else { continue }
      if case .absent = try await search(target, on: look, in: state) { return true }
    }
    return false
  }

  private func target(_ member: GroupMember, _ state: StepState) -> Target {
    Target(kind: member.kind, region: nil, location: state.step.location)
  }
}
