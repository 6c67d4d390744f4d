import Scenario

extension SignalLost: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let isLost = glance.look == nil
    return .saying(isLost ? "no signal" : "a live picture", holds: isLost)
  }
}
