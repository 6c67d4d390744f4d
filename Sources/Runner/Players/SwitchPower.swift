import Bench
import Frames
import RunJournal
import Scenario

extension SwitchPower: SingleAction {
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    guard step.device.power != nil else {
      throw Stop(.rigIncomplete, "the rig has no power switch on \(step.device.name)")
    }
    if let look = step.device.supply.isCut ? nil : try await glanceOnce(in: step, run) {
      step.before = look
      try await run.pictures.keep(look, as: .before, in: step)
    }
    switch self {
    case .off:
      try await run.plug.cut(in: step)
    case .cycle(let minimum):
      try await run.plug.cut(in: step)
      try await run.plug.switchOn(minimum: minimum ?? .zero, in: step)
    case .on, .restore:
      if step.device.supply.isCut {
        try await run.plug.switchOn(minimum: .zero, in: step)
      } else if try await run.witnesses.readBack(of: step.device) == false {
        try await run.log.note(
          .power, "the supply is off, nobody knows since when: a full cut anew", in: step)
        try await run.plug.cut(in: step)
        try await run.plug.switchOn(minimum: .zero, in: step)
      } else {
        try await run.log.acted(step, "the power is on: nothing to do")
      }
    }
  }

  /// One picture, if there is a screen that has one.
  private func glanceOnce(in step: StepState, _ run: RunContext) async throws(Stop) -> Look? {
    if step.device.screen == nil { return nil }
    return try await run.observer.freshLook(after: await run.time.now(), in: step)
  }
}
