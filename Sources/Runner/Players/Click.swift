import Bench
import Frames
import Hands
import Scenario

extension Click: RepeatedAction {
  var endsOnTarget: Bool { true }

  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant> {
    let buttons: MouseButtons = button == .right ? .right : .left
    let count = count
    return try await run.pointing.reach(target, in: step) {
      hand, place, deadline throws(HandError) in
      try await hand.click(
        at: place.point, inside: place.area, button: buttons, count: count, unlike: nil,
        by: deadline
      ).endedAt
    }
  }
}
