import Bench
import Frames
import Scenario

extension Wait: SingleAction {
  /// Lets time pass, with a look at the screen now and then.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = await run.time.now()
    let end = start.advanced(by: time)
    let last = run.time.limited(end)
    try await run.observer.passTime(until: last, in: step)
    let now = await run.time.now()
    step.device.lastActionEnd = max(step.device.lastActionEnd, last)
    try await run.log.acted(step, "waited \(run.wording.words(start.duration(to: last)))")
    if last < end {
      throw await run.witnesses.convict(
        Unmet(
          .timeout, "\(run.time.limitReached(by: now) ?? "the time ran out") while waiting"),
        in: step)
    }
  }
}
