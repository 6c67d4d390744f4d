import RecorderModel
import Scenario

extension Equal: FramelessPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let holds = try areEqual(judging)
    return .saying(holds ? "the texts are the same" : "the texts differ", holds: holds)
  }

  private func areEqual(_ judging: Judging) throws(Stop) -> Bool {
    let typed = try judging.values.typed([first, second], dates: judging.model.dateOrder)
    return typed[0] == typed[1]
  }

  func compare(_ judging: Judging) throws(Stop) -> Sighting {
    let (a, b) = (try judging.values.text(first), try judging.values.text(second))
    let holds = try areEqual(judging)
    return .saying(
      "“\(a.written)” and “\(b.written)”" + (holds ? "" : " differ"), holds: holds)
  }
}
