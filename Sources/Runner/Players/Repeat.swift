import Scenario

extension Repeat: SingleAction {
  /// Plays rounds until what ends them is seen.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    for round in 1...mostRounds {
      var isOver = try await play(round, in: step, run)
      if !isOver { isOver = try await hasEnded(after: round, in: step, run) }
      if isOver {
        try await run.checkWays(of: branches, in: step)
        return
      }
    }
  }

  /// Plays the steps of a round.
  ///
  /// - Returns: whether what ends the rounds was seen meanwhile.
  private func play(_ round: Int, in step: StepState, _ run: RunContext) async throws(Stop) -> Bool
  {
    for (index, inner) in steps.enumerated() {
      step.roundsEnd = index == 0 && round > 1 ? until : nil
      try await run.play(inner, under: step)
      if step.haveRoundsEnded { return true }
    }
    return false
  }

  /// Whether what ends the rounds is seen after one of them.
  ///
  /// - Throws: where it is not after the last one.
  private func hasEnded(after round: Int, in step: StepState, _ run: RunContext)
    async throws(Stop) -> Bool
  {
    // What a round brought about may be gone soon: a recorder that says that it is done restarts.
    if try await run.expectations.holdsToo(until, in: step) { return true }
    let isLast = round == mostRounds
    // The next round looks for it, beside what else it may see.
    if !isLast, let first = steps.first, first.action is Either, first.condition == nil {
      return false
    }
    let start = max(await run.time.now(), step.device.lastActionEnd)
    switch try await run.expectations.decide(until, after: start, in: step) {
    case .done: return true
    case .unmet(var unmet):
      guard isLast else { return false }
      unmet.reason += ", after \(mostRounds) rounds"
      throw await run.witnesses.convict(unmet, in: step)
    }
  }

  /// The branches of a round that are looked for in its own steps.
  private var branches: [Branch] {
    steps.flatMap { ($0.action as? Either)?.branches ?? [] }
  }
}
