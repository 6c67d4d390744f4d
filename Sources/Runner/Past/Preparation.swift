import Bench
import Frames
import RecorderModel
import RecorderPast
import RunJournal
import Scenario
import SourceYAML

/// Brings a recorder with a past to where a scenario begins, by stock parts: whatever fails says
/// nothing of the recorder.
struct Preparation {
  let context: RunContext
  let scenario: Scenario
  /// Whether the rig can cut the supply.
  let hasSwitch: Bool
  /// The firmware that must be on the recorder; nil where nobody says.
  let firmware: String?
  /// How long the recorder may be writing a firmware, in which its supply must stay; nil where it is
  /// not.
  let updateMayTake: Duration?

  /// How many things may lie open above each other.
  private static let mostOpen = 6

  /// Brings about what a scenario asks for.
  ///
  /// - Throws: why it can't be.
  func bringAbout(_ state: StartState) async throws(Stop) {
    guard context.knowledge.record != nil else { return }
    // What was seen on the way is no part of what the run tests.
    let tested = context.stepBook.tested
    defer { context.stepBook.tested = tested }
    try await context.knowledge.preparing { () async throws(Stop) in
      for requirement in StartState.Requirement.allCases
      where state.requirements.contains(requirement) {
        try await play(Stage(requirement: requirement), named: requirement.title)
      }
    }
  }

  /// Leaves the recorder as the next run would like to find it, as far as that can be done.
  func bringBack(in step: StepState) async throws(Stop) {
    let tested = context.stepBook.tested
    defer { context.stepBook.tested = tested }
    try await context.knowledge.preparing { () async throws(Stop) in
      let isLeft = try await leaveAll(in: step)
      guard mustReturnPassword, !context.knowledge.hasGivenUpReturning else { return }
      guard isLeft else { throw Stop(.startUnmet, "something is open that can't be left") }
      try await logIn(in: step)
      try await returnPassword(in: step)
    }
  }

  private func play(_ action: any Action, named name: String) async throws(Stop) {
    try await context.play(
      Step(
        name: name, action: action, expectation: nil, attempts: 1, isSensitive: false,
        condition: nil, device: nil, location: scenario.start?.location ?? scenario.location),
      under: nil)
  }

  // MARK: - The live view

  func bringLive(in step: StepState) async throws(Stop) {
    if try await leavesForLive(in: step) { return }
    if let updateMayTake {
      try await context.play(StockParts.awaitingUpdate(takes: updateMayTake), under: step)
      if try await leavesForLive(in: step) { return }
    }
    guard hasSwitch else {
      throw Stop(
        .startUnmet, "the live view can't be reached, and nothing can restart the recorder")
    }
    try await context.log.note(
      .other, "what is open can't be left: the recorder is restarted by its plug", in: step)
    try await restart(in: step)
    guard try await leaveAll(in: step) else {
      throw Stop(.startUnmet, "something is open on the screen that can't be left")
    }
    try await context.play(context.seeingLive, under: step)
  }

  /// Leaves all that is open, and sees the live view; once more where something in front of it shows
  /// only then, which the pointer lay on.
  private func leavesForLive(in step: StepState) async throws(Stop) -> Bool {
    for _ in 0..<2 {
      guard try await leaveAll(in: step) else { return false }
      if try await seesLive(in: step) { return true }
    }
    return false
  }

  /// Leaves all that is open.
  ///
  /// - Returns: whether nothing is open any more, as far as the model knows it.
  @discardableResult
  private func leaveAll(in step: StepState) async throws(Stop) -> Bool {
    let part = context.leaving
    for _ in 0..<Self.mostOpen {
      let before = context.stepBook.tested.inapplicable.count
      do throws(Stop) {
        try await context.play(part, under: step)
      } catch {
        // What does not go away is left by a restart.
        guard error.cause.code == .startUnmet else { throw error }
        return false
      }
      let idle = context.stepBook.tested.inapplicable.count - before
      if idle == part.steps.count(where: { $0.condition != nil }) { return true }
    }
    return false
  }

  private func seesLive(in step: StepState) async throws(Stop) -> Bool {
    do throws(Stop) {
      try await context.play(context.seeingLive, under: step)
      return true
    } catch {
      guard error.cause.code == .startUnmet else { throw error }
      return false
    }
  }

  private func restart(in step: StepState) async throws(Stop) {
    try await context.play(StockParts.restarting, under: step)
    if context.model.lockout.restartFrees { try await context.knowledge.take(.triesForgotten) }
  }

  // MARK: - Locks

  /// Sets back what was tried, where that can be done and matters.
  fileprivate func unlock(in step: StepState) async throws(Stop) {
    let lockout = context.model.lockout
    let wanted: [(KeyPath<RecorderRecord, SpentTries>, LockoutRules.Limit?, String)] = [
      (\.logIn, lockout.logIn, "log-in"), (\.code, lockout.code, "secure code"),
    ]
    let spent = wanted.filter {
      (context.knowledge.record?[keyPath: $0.0].count ?? 0) > 0 && $0.1 != nil
    }
    if spent.isEmpty { return }
    if lockout.restartFrees, hasSwitch {
      try await context.log.note(
        .other, "tries are spent from runs before: the recorder is restarted, which sets them back",
        in: step)
      return try await restart(in: step)
    }
    for (tries, limit, what) in spent {
      if case .lockedUntil(let end) = await context.knowledge.budget(of: tries, limit: limit) {
        try await context.knowledge.waitOut(end, what: what, in: step)
        try await context.knowledge.take(.triesForgotten)
      }
    }
  }

  // MARK: - The password

  /// Finds out which password holds, and logs out again. Where it is not the lab's own, since the run
  /// before could not bring that back or has died, the run begins with that.
  fileprivate func findPassword(in step: StepState) async throws(Stop) {
    try await logIn(in: step)
    if mustReturnPassword {
      do throws(Stop) {
        try await returnPassword(in: step)
      } catch {
        if error.endsWhateverPlays { throw error }
        context.knowledge.hasGivenUpReturning = true
        try await context.log.note(
          .other, "the password could not be brought back: \(error.reason)", in: step)
        // Where another one was handed in, that may hold now, or none that is known.
        if context.knowledge.record?.passwords.first?.certainty != .proven {
          try await bringLive(in: step)
          try await logIn(in: step)
        }
      }
    }
    try await bringLive(in: step)
  }

  /// Logs in with what may hold.
  ///
  /// - Throws: where nothing of it lets anybody in.
  func logIn(in step: StepState) async throws(Stop) {
    let candidates = self.candidates
    // One that held and is refused once may have been mistyped.
    if try await tries(candidates, in: step) { return }
    if try await tries(self.candidates.filter(candidates.contains), in: step) { return }
    throw Stop(
      .passwordUnknown,
      candidates.isEmpty
        ? "no password is known that may hold: tell it with gantry recorder RIG set"
        : "the recorder refuses what may hold (\(candidates.count) tried): tell the right password "
          + "with gantry recorder RIG set")
  }

  /// Tries passwords one after the other.
  ///
  /// - Returns: whether one of them let somebody in, who is in now.
  private func tries(_ candidates: [String], in step: StepState) async throws(Stop) -> Bool {
    for password in candidates {
      switch await context.knowledge.budget(of: \.logIn, limit: context.model.lockout.logIn) {
      case .free: break
      case .lockedUntil(let end):
        try await context.knowledge.waitOut(end, what: "log-in", in: step)
      case .last:
        guard context.model.lockout.restartFrees, hasSwitch else {
          throw Stop(
            .lockoutNear,
            "one more password that is wrong may lock the recorder: tell the right one with gantry "
              + "recorder RIG set, and gantry recorder RIG forget tries once somebody got in")
        }
        try await context.log.note(
          .other, "one more wrong try may lock the recorder: it is restarted, which sets them back",
          in: step)
        try await restart(in: step)
        try await bringLive(in: step)
      }
      try await enter(password, in: step)
      if context.knowledge.record?.passwords.first.map({
        $0.text == password && $0.certainty == .proven
      }) == true {
        return true
      }
      try await context.log.note(.other, "a password that may have held is refused", in: step)
      try await bringLive(in: step)
    }
    return false
  }

  /// Hands a password in at the log-in prompt. Whoever logged in before may still be in, though no
  /// menu is open: then there is no prompt until somebody logs out.
  private func enter(_ password: String, in step: StepState) async throws(Stop) {
    let given = [StockParts.password: Value.secret(Secret(password))]
    let spent = context.knowledge.record?.logIn.count
    do throws(Stop) {
      try await context.play(StockParts.loggingIn, given: given, under: step)
    } catch {
      guard error.cause.code == .startUnmet, context.knowledge.record?.logIn.count == spent,
        context.model.labels["logOut"] != nil
      else { throw error }
      try await context.log.note(
        .other, "no log-in prompt came: somebody may still be logged in", in: step)
      try await bringLive(in: step)
      try await context.play(StockParts.loggingOut, under: step)
      try await bringLive(in: step)
      try await context.play(StockParts.loggingIn, given: given, under: step)
    }
  }

  /// The passwords to try: those believed in, and the lab's and the model's own where they were not
  /// refused.
  private var candidates: [String] {
    let record = context.knowledge.record
    var candidates = (record?.candidates ?? []).map(\.text)
    for own in [context.knowledge.labPassword, context.model.values["password"]] {
      guard let own, !candidates.contains(own),
        record?.passwords.contains(where: { $0.text == own }) != true
      else { continue }
      candidates.append(own)
    }
    return candidates
  }

  // MARK: - The firmware

  fileprivate func checkFirmware(in step: StepState) async throws(Stop) {
    guard let firmware else {
      throw Stop(.valueMissing, "nobody says which firmware is under test: run with --firmware")
    }
    try await logIn(in: step)
    context.values.beginPart()
    defer { context.values.endPart() }
    try await context.play(StockParts.readingFirmware.steps, under: step)
    let shown = try context.values.text(
      ValueText(
        segments: [.reference(StockParts.version)], location: scenario.location)
    ).revealed()
    try await context.knowledge.take(.firmwareRead(shown))
    try await bringLive(in: step)
    let version = firmware.prefix { $0 != "@" }
    guard shown == version else {
      throw Stop(
        .firmwareUnexpected, "the screen shows firmware \(shown), under test is \(version)")
    }
  }
}

/// One thing that must hold, brought about as a step.
private struct Stage: SingleAction {
  let requirement: StartState.Requirement

  var summary: String { requirement.title }
  var needs: Needs { Needs(equipment: [], supply: .indifferent) }

  func words(_ wording: Wording, isSensitive: Bool) -> String { requirement.words }

  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let preparation = run.preparation
    switch requirement {
    case .live: try await preparation.bringLive(in: step)
    case .unlocked: try await preparation.unlock(in: step)
    case .knownPassword: try await preparation.findPassword(in: step)
    case .expectedFirmware: try await preparation.checkFirmware(in: step)
    }
  }
}

extension StartState.Requirement {
  fileprivate var title: String {
    switch self {
    case .live: "Start at the live view"
    case .unlocked: "Start with no tries spent"
    case .knownPassword: "Start with the password known"
    case .expectedFirmware: ActionWords.firmwareSeen
    }
  }

  fileprivate var words: String {
    switch self {
    case .live: "leave what is open"
    case .unlocked: "set back what was tried"
    case .knownPassword: "log in with what may hold"
    case .expectedFirmware: "read the firmware"
    }
  }
}
