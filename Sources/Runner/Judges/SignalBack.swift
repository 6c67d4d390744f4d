import Scenario

extension SignalBack: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let isBack = glance.look != nil
    return .saying(isBack ? "a live picture" : "no signal", holds: isBack)
  }
}
