public import FrameVision
public import RunJournal
public import Scenario

/// Plays scenarios.
public enum Runner {
  /// Plays a scenario and says what it tells of the recorder.
  ///
  /// Whatever happens is reported to the sink before the next thing happens. However the run ends,
  /// also when the calling task is cancelled, the scenario's `finally` is played (of a cancelled
  /// run, its power steps), every device is left supplied, and the end is reported.
  ///
  /// - Parameters:
  ///   - request: what is played, and on what.
  ///   - sink: where what happens is written.
  ///   - reader: who reads text in pictures.
  /// - Returns: the end of the run, as reported last.
  public static func play(
    _ request: RunRequest, into sink: any JournalSink, reading reader: TextReader
  ) async -> RunEnd {
    let shelf = ReferenceShelf(request.model)
    let trace = SearchTrace(request.log)
    return await play(
      request, into: sink, reader: reader,
      limbs: RealLimbs(
        model: request.model, shelf: shelf, reader: reader, trace: trace,
        patience: request.start.patience),
      shelf: shelf, trace: trace)
  }

  static func play(
    _ request: RunRequest, into sink: any JournalSink, reader: any WordReader,
    limbs: any LimbMaker, shelf: ReferenceShelf, trace: SearchTrace
  ) async -> RunEnd {
    let run = ScenarioRun(
      request, sink: sink, reader: reader, limbs: limbs, shelf: shelf, trace: trace)
    let wallStart = ContinuousClock.now
    // What is done about the plug must not be cut short: it gets a task that nobody cancels. The
    // steps get one that ends with the caller's.
    let steps = Task { await run.playSteps() }
    let stop = await withTaskCancellationHandler {
      await steps.value
    } onCancel: {
      steps.cancel()
    }
    return await Task { await run.finish(after: stop, since: wallStart) }.value
  }

  /// The name paths of a scenario's steps in order, parts included; steps of branches, of which
  /// only some are played, are not.
  ///
  /// - Parameters:
  ///   - scenario: the scenario.
  ///   - hasPast: whether the recorder has one, so that it is brought back in the end.
  /// - Returns: the paths.
  public static func plan(of scenario: Scenario, hasPast: Bool) -> [String] {
    paths(of: scenario.steps + scenario.lastSteps(hasPast: hasPast), under: "")
  }

  private static func paths(of steps: [Step], under prefix: String) -> [String] {
    steps.flatMap { step in
      let path = prefix + step.name
      guard case .part(let part)? = step.action?.needs.plays else { return [path] }
      return [path]
        + paths(
          of: part.scenario.steps + part.scenario.lastSteps(hasPast: false), under: path + " / ")
    }
  }
}

extension Scenario {
  /// What is played however the steps ended: a recorder that is born with the run is not brought back,
  /// nor is one at the end of a part.
  func lastSteps(hasPast: Bool) -> [Step] {
    hasPast ? finally : finally.filter { !($0.action is BringBack) }
  }
}
