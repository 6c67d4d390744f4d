import Frames
import Hands
import Scenario

extension Scroll: RepeatedAction {
  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant> {
    let detents = detents
    return try await run.pointing.reach(target, in: step) {
      hand, place, deadline throws(HandError) in
      try await hand.scroll(
        at: place.point, inside: place.area, detents: detents, by: deadline
      ).endedAt
    }
  }
}
