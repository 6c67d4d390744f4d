import Bench
import Frames
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Playing steps.
extension RunContext {
  /// Plays steps in order.
  func play(_ steps: [Step], under parent: StepState?) async throws(Stop) {
    for step in steps { try await play(step, under: parent) }
  }

  /// Plays a step.
  func play(_ step: Step, under parent: StepState?) async throws(Stop) {
    let state = try await begin(step, under: parent)
    let wasHidden = trace.hide(state.isSensitive)
    defer {
      _ = trace.hide(wasHidden)
      veilFilm(in: parent)
    }
    do throws(Stop) {
      if let condition = step.condition, try await !holds(condition, in: state) {
        stepBook.tested.inapplicable.append(state.path)
        try await end(state, .notApplicable, "its condition does not hold")
        return
      }
      if let option = step.option, try await !applies(option, in: state) {
        stepBook.tested.inapplicable.append(state.path)
        try await end(state, .notApplicable, "this recorder does not ask for it")
        return
      }
      try holds.check()
      try await knowledge.before(state)
      try await perform(state)
      try await observer.checkSignal(of: state)
      try await knowledge.after(state)
    } catch {
      var stop = knowledge.isPreparing ? error.ofPreparation : error
      if stop.step == nil {
        stop.step = state.path
        // What can't be kept does not change what was decided; a journal that breaks says so below.
        try? await pictures.keepLast(of: state)
      }
      try await end(state, stop.outcome, stop.reason, stop.cause)
      throw stop
    }
    if !stepBook.isSkipped(state.path) { try await end(state, .passed, nil) }
  }

  /// Books a step that is left out.
  func skip(_ step: Step, under parent: StepState?, reason: String) async throws(Stop) {
    try await leaveOut(try await begin(step, under: parent), reason: reason)
  }

  /// Books a step that has begun as left out.
  func leaveOut(_ state: StepState, reason: String) async throws(Stop) {
    stepBook.skip(state.path)
    try await end(state, .skipped, reason)
  }

  /// Does a step's action and sees what must follow.
  private func perform(_ state: StepState) async throws(Stop) {
    try await mailboxes.takeListings(before: state)
    guard let action = state.step.action else {
      try await expectations.expectAfterwards(in: state)
      return
    }
    try await player(of: action).play(in: state, of: self)
  }

  /// Who plays an action.
  ///
  /// - Throws: where nobody does: a test asks for every action of the language.
  private func player(of action: any Action) throws(Stop) -> any PlayedAction {
    guard let played = action as? any PlayedAction else {
      throw Stop(.scenarioInvalid, "nobody plays “\(action.summary)”")
    }
    return played
  }

  // MARK: - Beginning and end

  private func begin(_ step: Step, under parent: StepState?) async throws(Stop) -> StepState {
    let number = stepBook.next()
    let path = parent.map { "\($0.path) / \(step.name)" } ?? step.name
    let device: DeviceState
    do throws(Stop) {
      let name = try step.device.map { text throws(Stop) in try values.name(text) }
      device = try devices.device(name ?? parent?.device.name ?? Bench.defaultDevice)
    } catch {
      var stop = error
      stop.step = path
      throw stop
    }
    let state = StepState(
      number: number, parent: parent, path: path, step: step, device: device,
      isSensitive: isSensitive(step) || parent?.isSensitive ?? false)
    veilFilm(in: state)
    try await log.report(
      .stepStarted(
        StepStart(
          step: state.number, parent: parent?.number, path: state.path,
          does: wording.does(state),
          expects: step.expectation.map(wording.words), location: step.location.description,
          sensitive: state.isSensitive,
          within: step.expectation.map { time.patient($0.within).inSeconds }, measure: step.measure)
      ))
    return state
  }

  private func isSensitive(_ step: Step) -> Bool {
    if step.isSensitive { return true }
    return (step.action as? any PlayedAction)?.isSensitive(values, on: model) ?? false
  }

  private func end(
    _ state: StepState, _ outcome: StepEnd.Outcome, _ reason: String?, _ cause: Cause? = nil
  ) async throws(Stop) {
    try await log.report(
      .stepEnded(
        StepEnd(
          step: state.number, outcome: outcome, reason: reason, cause: cause?.journalled)))
  }

  // MARK: - Conditions

  /// Whether a step applies.
  private func holds(_ condition: Condition, in state: StepState) async throws(Stop) -> Bool {
    switch condition {
    case .equal(let first, let second):
      return try values.text(first).revealed() == values.text(second).revealed()
    case .modelRebootsByItself: return model.boot.rebootsByItself
    case .flow(let way): return try frequency(of: way) == .always
    case .not(let other): return try await !holds(other, in: state)
    case .seen(let expectation):
      let start = max(await time.now(), state.device.lastActionEnd)
      let watch = Watch(
        after: start, until: time.limited(start.advanced(by: time.patient(expectation.within))))
      let plan = ExpectationWatch(watch, ends: [watch.deadline], means: [])
      switch try await expectations.look(for: [expectation.predicate], by: plan, in: state) {
      case .held: return true
      case .missed: return false
      }
    }
  }
}

extension Wording {
  /// What a step does.
  func does(_ state: StepState) -> String { does(state.step, isSensitive: state.isSensitive) }
}

extension Stop {
  /// The same where it happened before a run began: it says nothing of the recorder.
  fileprivate var ofPreparation: Stop {
    guard kind == .failed else { return self }
    var stop = self
    stop.behind = cause.code
    stop.cause = Cause(code: .startUnmet)
    return stop
  }

  /// What becomes of the step that stopped.
  fileprivate var outcome: StepEnd.Outcome {
    switch kind {
    case .failed: .failed
    case .errored: .errored
    case .aborted: .aborted
    }
  }
}
