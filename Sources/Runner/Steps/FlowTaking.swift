import Bench
import Frames
import RecorderModel
import Scenario

/// Holding the ways that a recorder leads against what its model declares.
extension RunContext {
  /// Looks whether a step that only some recorders ask for is asked for by this one.
  func applies(_ option: StepOption, in step: StepState) async throws(Stop) -> Bool {
    let start = max(await time.now(), step.device.lastActionEnd)
    let watch = Watch(
      after: start, until: time.limited(start.advanced(by: time.patient(option.sight.within))))
    let plan = ExpectationWatch(watch, ends: [watch.deadline], means: [.popUps, .pointer])
    switch try await expectations.look(for: [option.sight.predicate], by: plan, in: step) {
    case .held(_, let last):
      try await expectations.held(option.sight, last, in: step)
      try await takes(option.way, seeing: option.sight, in: step)
      return true
    case .missed(let last, let unwatched):
      guard try frequency(of: option.way) == .always else { return false }
      let unmet = try await expectations.missed(
        option.sight, last[0], unwatched: unwatched, in: step)
      throw await witnesses.convict(differing(unmet, option.way), in: step)
    }
  }

  /// Takes note that the recorder leads a way.
  ///
  /// - Throws: where its model says that it never does.
  func takes(_ way: FlowWay, seeing sight: Expectation, in step: StepState) async throws(Stop) {
    step.waysOwner.waysTaken.insert(way.summary)
    guard try frequency(of: way) == .never else { return }
    let words = sight.predicate.words(wording)
    throw await witnesses.convict(
      Unmet(
        .flowDiffers, "could \(words), and \(statement(of: way))", look: step.device.lastLook),
      in: step)
  }

  /// Sees to it that the recorder has led every way that its model says it always leads.
  ///
  /// - Parameters:
  ///   - branches: the branches of all that was to be seen.
  ///   - step: the step that they belong to.
  /// - Throws: where one was not seen.
  func checkWays(of branches: [Branch], in step: StepState) async throws(Stop) {
    for branch in branches {
      guard let way = branch.way, !step.waysTaken.contains(way.summary),
        try frequency(of: way) == .always
      else { continue }
      let words = branch.expectation.predicate.words(wording)
      // What was clicked last has had its effect: something else was seen after it.
      step.device.lastPress = nil
      throw await witnesses.convict(
        Unmet(
          .flowDiffers, "could not \(words), and \(statement(of: way))",
          look: step.device.lastLook), in: step)
    }
  }

  /// How often the model's flow says that a way is led.
  ///
  /// - Throws: where it does not say.
  func frequency(of way: FlowWay) throws(Stop) -> VendorFlow.Frequency {
    guard let frequency = model.flow.frequency(of: way.name, way.answers) else {
      throw Stop(
        .modelIncomplete, "\(way.location): the model's flow does not say of \(way.name) how often")
    }
    return frequency
  }

  private func statement(of way: FlowWay) -> String {
    "the flow of \(model.name) says \(model.flow.statement(of: way.name))"
  }

  /// What is said where a declared way was not seen, unless nobody could have seen it.
  private func differing(_ unmet: Unmet, _ way: FlowWay) -> Unmet {
    guard unmet.ifHealthy == .expectationUnmet else { return unmet }
    return Unmet(.flowDiffers, "\(unmet.reason); \(statement(of: way))", look: unmet.look)
  }
}

extension StepState {
  /// The step that the ways of this one belong to: the rounds that it is a part of, or itself.
  var waysOwner: StepState {
    if let parent, parent.step.action is Repeat { return parent }
    return self
  }
}
