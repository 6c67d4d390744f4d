import Bench
import Frames
import RunJournal
import Scenario

extension AskOperator: PlayedAction {
  /// Asks a person to do something; the step is left out where nobody is there.
  func play(in step: StepState, of run: RunContext) async throws(Stop) {
    guard let attendant = run.attendant else {
      try await run.leaveOut(step, reason: "only a person can do this, and nobody attends the run")
      return
    }
    let text = run.secrecy.written(try run.values.text(ask).written)
    let now = await run.time.now()
    let end = run.time.limited(now.advanced(by: within))
    let answer: Bool?
    do throws(CancellationError) {
      answer = try await attendant.ask(text, within: now.duration(to: end))
    } catch {
      throw .aborted
    }
    switch answer {
    case true?:
      run.stepBook.tested.confirmed += 1
      try await run.log.acted(step, "the operator confirmed")
    case false?: throw Stop(.operatorRefused, "the operator says that it did not work")
    case nil:
      let limit = run.time.limitReached(by: end).map { "\($0): " } ?? ""
      throw Stop(
        .operatorSilent, "\(limit)the operator did not answer within \(run.wording.words(within))")
    }
    try await run.expectations.expectAfterwards(in: step)
  }
}
