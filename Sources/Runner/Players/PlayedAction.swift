import Frames
import RecorderModel
import RunJournal
import Scenario

/// An action as the runner plays it: one file each.
protocol PlayedAction: Action {
  /// Plays the action and sees what must follow.
  ///
  /// - Parameters:
  ///   - step: the step whose action it is.
  ///   - run: what a player may use.
  /// - Throws: why the run goes no further.
  func play(in step: StepState, of run: RunContext) async throws(Stop)

  /// Whether it handles something that must not be written, by the values that hold now.
  func isSensitive(_ values: ValueStore, on model: RecorderModel) -> Bool
}

extension PlayedAction {
  func isSensitive(_ values: ValueStore, on model: RecorderModel) -> Bool { false }
}

/// An action that is done once, and after which something may have to be seen.
protocol SingleAction: PlayedAction {
  /// Does it.
  func perform(in step: StepState, of run: RunContext) async throws(Stop)
}

extension SingleAction {
  func play(in step: StepState, of run: RunContext) async throws(Stop) {
    try await perform(in: step, of: run)
    try await run.expectations.expectAfterwards(in: step)
  }
}

/// An action of the hands, done again within the step's attempts while it has no effect.
protocol RepeatedAction: PlayedAction {
  /// Does it once.
  ///
  /// - Returns: when it ended, on the capture clock.
  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant>

  /// Whether the pointer rests on the target when it is done, so that it can be seen beside it.
  var endsOnTarget: Bool { get }
}

extension RepeatedAction {
  var endsOnTarget: Bool { false }

  func play(in step: StepState, of run: RunContext) async throws(Stop) {
    let expectation = step.step.expectation
    var attempts = Attempts(allowed: step.step.attempts, mustFollow: expectation != nil)
    var popUps = step.interruptions
    while true {
      switch attempts.next {
      case .act:
        try run.holds.check()
        popUps = step.interruptions
        (step.aim, step.press, step.after) = (nil, nil, nil)
        switch try await act(in: step, of: run) {
        case .unmet(let unmet): attempts.take(.couldNotAct(unmet))
        case .done(let end):
          step.device.lastActionEnd = end
          step.device.lastPress = step.press
          try await run.keepBefore(step)
          attempts.take(.acted)
        }
      case .expect:
        guard let expectation else { return }
        let end = step.device.lastActionEnd
        switch try await run.expectations.decide(
          expectation, after: end, asEffect: !step.step.isAlreadyAllowed, in: step)
        {
        case .done: attempts.take(.held)
        case .unmet(let unmet):
          attempts.take(.missed(unmet, popUpCame: step.interruptions > popUps))
        }
      case .lookBeside:
        var wentBeside = false
        if endsOnTarget { wentBeside = try await run.pointing.wentBeside(in: step) }
        attempts.take(.wentBeside(wentBeside))
      case .checkTime:
        attempts.take(.timeIsLeft(run.time.limitReached(by: await run.time.now()) == nil))
      case .home:
        step.attempt = attempts.number
        try await run.log.note(
          .pointer, "no effect: the pointer is homed and the action tried anew", in: step)
        try await run.pointing.home(in: step)
        attempts.take(.homed)
      case .end: return
      case .convict(let unmet): throw await run.witnesses.convict(unmet, in: step)
      }
    }
  }
}

extension RunContext {
  /// Keeps the picture from before an action.
  fileprivate func keepBefore(_ step: StepState) async throws(Stop) {
    guard let before = step.before else { return }
    try await pictures.keep(before, as: .before, boxes: step.boxesBefore, in: step)
  }
}
