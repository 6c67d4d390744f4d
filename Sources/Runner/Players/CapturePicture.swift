import Bench
import Frames
import RunJournal
import Scenario

extension CapturePicture: SingleAction {
  /// Keeps the present picture under a name.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    guard let look = try await run.observer.freshLook(after: await run.time.now(), in: step)
    else {
      throw await run.witnesses.convict(
        Unmet(.captureUnreachable, "there is no picture to keep"), in: step)
    }
    try await run.pictures.keep(look, as: .captured, name: name, in: step)
    try await run.log.acted(step, "kept the picture as \(name)")
  }
}
