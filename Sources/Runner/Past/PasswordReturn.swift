import Bench
import RecorderModel
import RecorderPast
import RunJournal
import Scenario

extension Preparation {
  /// Whether another password than the lab's own holds, as far as is known, or nobody knows; false
  /// where the rig names none.
  var mustReturnPassword: Bool {
    guard let own = context.knowledge.labPassword, let record = context.knowledge.record else {
      return false
    }
    let first = record.passwords.first
    return first?.text != own || first?.certainty != .proven
  }

  /// Gives the recorder the lab's own password, and shows that it lets somebody in; somebody is logged
  /// in with the one that holds. The live view stands in the end.
  ///
  /// - Throws: why it can't be, or could not.
  func returnPassword(in step: StepState) async throws(Stop) {
    guard let own = context.knowledge.labPassword, mustReturnPassword,
      let held = context.knowledge.record?.password
    else { return try await bringLive(in: step) }
    guard let way = context.passwordWay else {
      throw Stop(
        .startUnmet,
        "another password than the lab's own holds, and the model knows no way to change it")
    }
    try await context.log.note(
      .other, "another password than the lab's own holds: it is changed back", in: step)
    let wanted = Value.secret(Secret(own))
    switch way {
    case .menu(let part):
      let given = [PasswordWay.held: Value.secret(Secret(held)), PasswordWay.wanted: wanted]
      try await context.play(part, given: given, under: step)
    case .reset(let part):
      try await bringLive(in: step)
      try await context.play(part, given: [PasswordWay.wanted: wanted], under: step)
    }
    try await bringLive(in: step)
    try await logIn(in: step)
    let isBack = !mustReturnPassword
    try await bringLive(in: step)
    guard isBack else {
      throw Stop(.startUnmet, "the recorder took the lab's own password, and refuses it")
    }
    try await context.log.note(.other, "the lab's own password holds again", in: step)
  }
}
