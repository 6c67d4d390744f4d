import Frames
import Scenario

extension UsePart: SingleAction {
  /// Plays another scenario as a part, with values of its own.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    var given: [String: Value] = [:]
    for argument in part.arguments { given[argument.name] = try run.values.text(argument.value) }
    try await run.play(part.scenario, given: given, under: step)
  }
}

extension RunContext {
  /// Plays a scenario as a part, with values and a time of its own.
  func play(
    _ part: Scenario, given: [String: Value] = [:], under step: StepState
  ) async throws(Stop) {
    values.beginPart()
    time.beginPart(
      until: await time.now().advanced(by: part.timeout), "the time of the part \(part.name)")
    defer {
      values.endPart()
      time.endPart()
    }
    var stop: Stop?
    do throws(Stop) {
      try await values.admit(part, given: given)
      try await play(part.steps, under: step)
    } catch {
      stop = error
    }
    // A part leaves things as it promises, unless the whole run is being stopped.
    if stop?.kind != .aborted {
      do throws(Stop) {
        try await play(part.lastSteps(hasPast: false), under: step)
      } catch {
        stop = stop ?? error
      }
    }
    if let stop { throw stop }
  }
}
