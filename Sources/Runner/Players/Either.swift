import Bench
import Frames
import RunJournal
import Scenario

extension Either: SingleAction {
  /// Goes by what is seen first: branches are judged in declared order on the same frame.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = max(await run.time.now(), step.device.lastActionEnd)
    let ends = branches.map { start.advanced(by: run.time.patient($0.expectation.within)) }
    let plan = ExpectationWatch(
      Watch(after: start, until: run.time.limited(ends.max() ?? start)), ends: ends,
      means: .popUps)
    let predicates = branches.map(\.expectation.predicate)
    switch try await run.expectations.look(for: predicates, by: plan, in: step) {
    case .held(let index, let last):
      try await run.expectations.held(branches[index].expectation, last, in: step)
      run.stepBook.take(run.wording.words(branches[index].expectation), in: step)
      try await run.play(branches[index].steps, under: step)
    case .missed(let last, let unwatched):
      guard let otherwise else { throw await conviction(last, unwatched, in: step, run) }
      let seen = last.compactMap { $0?.sighting.words }.joined(separator: "; ")
      try await run.log.note(.other, "none of it was seen (\(seen)): otherwise", in: step)
      try await run.pictures.keepReferences(of: step)
      run.stepBook.take("otherwise", in: step)
      try await run.play(otherwise, under: step)
    }
  }

  /// What is said where nothing was seen that should be.
  private func conviction(
    _ last: [Expectations.LastSighting?], _ unwatched: Duration?, in step: StepState,
    _ run: RunContext
  ) async -> Stop {
    var reasons: [String] = []
    var (look, code): (Look?, FaultCode) = (nil, .expectationUnmet)
    do throws(Stop) {
      for (branch, last) in zip(branches, last) {
        let unmet = try await run.expectations.missed(
          branch.expectation, last, unwatched: unwatched, in: step)
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
