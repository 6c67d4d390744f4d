import Frames
import Hands
import Scenario

extension Drag: RepeatedAction {
  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant> {
    let goal: PixelPoint
    switch try await run.pointing.resolve(end, in: step) {
    case .unmet(let unmet): return .unmet(unmet)
    case .done(let place): goal = place.point
    }
    return try await run.pointing.reach(start, in: step) {
      hand, place, deadline throws(HandError) in
      try await hand.drag(from: place.point, to: goal, by: deadline).endedAt
    }
  }
}
