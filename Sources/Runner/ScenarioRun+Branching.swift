import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Parts, branches and conditions.
extension ScenarioRun {
  /// Plays another scenario as a part, with values of its own.
  func play(_ part: Part, in state: StepState) async throws(Stop) {
    var given: [String: Value] = [:]
    for argument in part.arguments { given[argument.name] = try values.text(argument.value) }
    let outer = values
    values = Values(model: model.values, firmware: request.start.firmware)
    limits.append(
      TimeLimit(
        instant: limited(await clock.now().advanced(by: part.scenario.timeout)),
        what: "the time of the part \(part.scenario.name)"))
    defer {
      values = outer
      limits.removeLast()
    }
    var stop: Stop?
    do throws(Stop) {
      try await admitValues(of: part.scenario, given: given)
      try await play(part.scenario.steps, under: state)
    } catch {
      stop = error
    }
    // A part leaves things as it promises, unless the whole run is being stopped.
    if stop?.kind != .aborted {
      do throws(Stop) {
        try await play(part.scenario.finally, under: state)
      } catch {
        stop = stop ?? error
      }
    }
    if let stop { throw stop }
  }

  /// Goes by what is seen first: branches are judged in declared order on the same frame.
  func choose(_ branches: [Branch], _ otherwise: [Step]?, in state: StepState)
    async throws(Stop)
  {
    let start = max(await clock.now(), state.device.lastActionEnd)
    let ends = branches.map { start.advanced(by: patient($0.expectation.within)) }
    var watch = Watch(after: start, until: limited(ends.max() ?? start))
    let memories = branches.map { _ in ExpectationMemory() }
    var last: [(glance: Glance, sight: Sight)?] = branches.map { _ in nil }
    while let glance = try await glance(&watch, in: state) {
      for (index, branch) in branches.enumerated() where glance.instant <= ends[index] {
        memories[index].isLastGlance = watch.isOver || watch.after > ends[index]
        let sight = try await judge(
          branch.expectation.predicate, on: glance, memories[index], in: state)
        if sight.held {
          try await decided(branch.expectation, held: true, glance, sight, in: state)
          try await play(branch.steps, under: state)
          return
        }
        last[index] = (glance, sight)
      }
      if let look = glance.look { _ = try await sendPopUpsAway(on: look, in: state) }
    }
    if let otherwise {
      let seen = last.compactMap { $0?.sight.words }.joined(separator: "; ")
      try await note(.other, "none of it was seen (\(seen)): otherwise", in: state)
      try await keepReferences(of: state)
      try await play(otherwise, under: state)
      return
    }
    var reasons: [String] = []
    var (look, isUnclear): (Look?, Bool) = (nil, false)
    for (index, branch) in branches.enumerated() {
      let unmet = try await missed(branch.expectation, last[index], in: state)
      reasons.append(unmet.reason)
      look = unmet.look ?? look
      isUnclear = isUnclear || unmet.ifHealthy == .errored
    }
    throw await convict(
      Unmet(
        reasons.joined(separator: "; "), ifHealthy: isUnclear ? .errored : .failed, look: look),
      in: state)
  }

  /// Whether a step applies.
  func holds(_ condition: Condition, in state: StepState) async throws(Stop) -> Bool {
    switch condition {
    case .equal(let first, let second):
      return try values.text(first).revealed() == values.text(second).revealed()
    case .modelRebootsByItself: return model.boot.rebootsByItself
    case .not(let other): return try await !holds(other, in: state)
    case .seen(let expectation):
      let start = max(await clock.now(), state.device.lastActionEnd)
      var watch = Watch(
        after: start, until: limited(start.advanced(by: patient(expectation.within))))
      let memory = ExpectationMemory()
      while let glance = try await glance(&watch, in: state) {
        memory.isLastGlance = watch.isOver
        let sight = try await judge(expectation.predicate, on: glance, memory, in: state)
        if sight.held { return true }
      }
      return false
    }
  }
}
