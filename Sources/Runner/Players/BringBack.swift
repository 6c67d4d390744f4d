import Bench
import RunJournal
import Scenario

extension BringBack: SingleAction {
  /// Brings the recorder back; what can't be done is noted and decides nothing: the next run begins
  /// with it.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    guard run.knowledge.record != nil else { return }
    do throws(Stop) {
      try await run.preparation.bringBack(in: step)
    } catch {
      if error.kind == .aborted { throw error }
      try await run.log.note(
        .other, "the recorder could not be brought back: \(error.reason)", in: step)
    }
  }
}
