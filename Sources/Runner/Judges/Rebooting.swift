import Bench
import FrameVision
import Scenario

extension Rebooting: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    guard step.device.mouse != nil else {
      throw Stop(
        .rigIncomplete,
        "no mouse is wired to \(step.device.name) to tell a restart from a lost cable")
    }
    // Without an input some grabbers make up a picture of their own.
    if let look = glance.look, look.condition != .noInput {
      return .saying("a live picture", holds: false)
    }
    let bus = try await judging.witnesses.bus(of: step.device)
    if try await judging.witnesses.supply(of: step.device).isOn == false {
      return .saying("no signal, but the recorder has no power either", holds: false)
    }
    return .saying(
      "no signal, USB \(bus?.rawValue ?? "unknown")",
      holds: bus == .notConfigured || bus == .notAttached)
  }
}
