import Frames
import Scenario

extension UsePart: SingleAction {
  /// Plays another scenario as a part, with values of its own.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let scenario = part.scenario
    var given: [String: Value] = [:]
    for argument in part.arguments { given[argument.name] = try run.values.text(argument.value) }
    run.values.beginPart()
    run.time.beginPart(
      until: await run.time.now().advanced(by: scenario.timeout),
      "the time of the part \(scenario.name)")
    defer {
      run.values.endPart()
      run.time.endPart()
    }
    var stop: Stop?
    do throws(Stop) {
      try await run.values.admit(scenario, given: given)
      try await run.play(scenario.steps, under: step)
    } catch {
      stop = error
    }
    // A part leaves things as it promises, unless the whole run is being stopped.
    if stop?.kind != .aborted {
      do throws(Stop) {
        try await run.play(scenario.lastSteps(hasPast: false), under: step)
      } catch {
        stop = stop ?? error
      }
    }
    if let stop { throw stop }
  }
}
