import Scenario

extension Equal: FramelessPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let holds = try judging.values.text(first).revealed() == judging.values.text(second).revealed()
    return .saying(holds ? "the texts are the same" : "the texts differ", holds: holds)
  }

  func compare(_ judging: Judging) throws(Stop) -> Sighting {
    let (a, b) = (try judging.values.text(first), try judging.values.text(second))
    let holds = a.revealed() == b.revealed()
    return .saying(
      "“\(a.written)” and “\(b.written)”" + (holds ? "" : " differ"), holds: holds)
  }
}
