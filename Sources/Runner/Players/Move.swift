import Frames
import Hands
import Scenario

extension Move: RepeatedAction {
  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant> {
    try await run.pointing.reach(target, in: step) { hand, place, deadline throws(HandError) in
      try await hand.move(to: place.point, inside: place.area, unlike: nil, by: deadline)
      return nil
    }
  }
}
