import Bench
import Frames
import RunJournal
import Scenario

extension Either: SingleAction {
  /// Goes by what is seen first: branches are judged in declared order on the same frame.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = max(await run.time.now(), step.device.lastActionEnd)
    // What ends the rounds that it is a part of comes first.
    let end = step.parent?.roundsEnd
    let sought = [end].compactMap { $0 } + branches.map(\.expectation)
    let ends = sought.map { start.advanced(by: run.time.patient($0.within)) }
    let plan = ExpectationWatch(
      Watch(after: start, until: run.time.limited(ends.max() ?? start)), ends: ends,
      means: [.popUps, .pointer])
    switch try await run.expectations.look(for: sought.map(\.predicate), by: plan, in: step) {
    case .held(let index, let last):
      try await run.expectations.held(sought[index], last, in: step)
      run.stepBook.take(run.wording.words(sought[index]), in: step)
      if end != nil, index == 0 {
        step.parent?.haveRoundsEnded = true
        return
      }
      let branch = branches[index - (end == nil ? 0 : 1)]
      if let way = branch.way { try await run.takes(way, seeing: branch.expectation, in: step) }
      try await run.play(branch.steps, under: step)
    case .missed(let last, let unwatched):
      guard let otherwise else { throw await conviction(sought, last, unwatched, in: step, run) }
      let seen = last.compactMap { $0?.sighting.words }.joined(separator: "; ")
      try await run.log.note(.other, "none of it was seen (\(seen)): otherwise", in: step)
      try await run.pictures.keepReferences(of: step)
      run.stepBook.take("otherwise", in: step)
      try await run.play(otherwise, under: step)
    }
    if step.waysOwner === step { try await run.checkWays(of: branches, in: step) }
  }

  /// What is said where nothing was seen that should be.
  private func conviction(
    _ sought: [Expectation], _ last: [Expectations.LastSighting?], _ unwatched: Duration?,
    in step: StepState,
    _ run: RunContext
  ) async -> Stop {
    var reasons: [String] = []
    var (look, code): (Look?, FaultCode) = (nil, .expectationUnmet)
    do throws(Stop) {
      for (expectation, last) in zip(sought, last) {
        let unmet = try await run.expectations.missed(
          expectation, last, unwatched: unwatched, in: step)
        reasons.append(unmet.reason)
        look = unmet.look ?? look
        if unmet.ifHealthy != .expectationUnmet { code = unmet.ifHealthy }
      }
    } catch {
      return error
    }
    return await run.witnesses.convict(
      Unmet(code, reasons.joined(separator: "; "), look: look), in: step)
  }
}
