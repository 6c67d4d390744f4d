import Bench
import Frames

/// Asking the pointer whether recorder and mouse are alive.
extension MousePilot {
  /// Looks for the pointer where it was last seen; in a corner little of some pointers shows, so
  /// that one that is not seen is looked for again a way out of the corner.
  private func lookInOrOutOfCorner(by deadline: MonotonicInstant) async throws(HandError) -> Look? {
    if let look = try await look(near: position, radius: 48, by: deadline) { return look }
    try await runHome(by: deadline)
    try await leaveCorner(by: deadline)
    return try await look(near: nil, radius: 0, by: deadline)
  }

  /// Moves the mouse and says what the pointer did; one that does not answer may not be the pointer,
  /// so it is learnt anew.
  func probing(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    let wasLearnt = hand != nil
    let answer = try await probe(by: deadline)
    guard wasLearnt, answer == .unseen || answer == .still else { return answer }
    let before = hand
    (hand, position) = (nil, nil)
    do throws(HandError) {
      return try await probe(by: deadline)
    } catch {
      if hand == nil { hand = before }
      guard case .outOfTime = error else { throw error }
      return answer
    }
  }

  private func probe(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    let state = try await busState()
    guard state.isHosted else { return .noHost }
    do {
      if hand == nil {
        try await learnHand(by: deadline)
        return .answered
      }
      try await jiggle(by: deadline)
      guard let before = try await lookInOrOutOfCorner(by: deadline) else { return .unseen }
      let towardsRight = before.hotSpot.x < 200
      let run = [StepGains.Run(size: 6, reports: 6)]
      try await sendRuns(
        x: run, towardsRight: towardsRight, y: [], towardsBottom: true, by: deadline)
      let way = Int(hand?.gains.distance(of: run) ?? 0)
      let expected = before.hotSpot.offset(byX: towardsRight ? way : -way, y: way)
      guard let after = try await look(near: expected, radius: 48 + way, by: deadline) else {
        return .unseen
      }
      let moved = after.hotSpot.x - before.hotSpot.x
      return (towardsRight ? moved : -moved) > 3 ? .answered : .still
    } catch .pointerNotSeen {
      return .unseen
    } catch .mouse {
      return .noHost
    } catch {
      throw error
    }
  }
}
