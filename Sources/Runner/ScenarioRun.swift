import Bench
import Frames
import RunJournal
import Scenario
import SourceYAML

/// One run of one scenario on one bench.
///
/// The run is one task: whatever happens, happens in the order of its code, and a virtual clock
/// moves only inside its calls into the bench. Here is only what comes first and last; a step's
/// action is played by its file in `Players`, what must be seen is judged by its file in `Judges`,
/// and what they share is in the parts of a ``RunContext``.
actor ScenarioRun {
  private let request: RunRequest
  private let context: RunContext
  /// When the run began.
  private var startedAt = MonotonicInstant.zero

  init(
    _ request: RunRequest, sink: any JournalSink, reader: any WordReader, limbs: any LimbMaker,
    shelf: ReferenceShelf, trace: SearchTrace
  ) {
    self.request = request
    context = RunContext(
      request, sink: sink, reader: reader, limbs: limbs, shelf: shelf, trace: trace)
  }

  /// Plays the steps of the scenario.
  ///
  /// - Returns: why the run went no further; nil when everything was done and seen.
  func playSteps() async -> Stop? {
    let scenario = request.scenario
    do throws(Stop) {
      startedAt = await context.time.now()
      let length = context.wording.words(scenario.timeout)
      let limit = "the run's time of \(length)"
      beginLimit(limit, at: startedAt)
      var start = request.start
      start.plan = Runner.plan(of: scenario, hasPast: hasPast)
      try await context.log.report(.runStarted(start))
      let device = try context.devices.device(Bench.defaultDevice)
      try await context.plug.undoForgottenCut(in: outside(device))
      if hasPast, let state = scenario.start {
        beginLimit("the time to bring about the start", at: startedAt, Self.preparationTime)
        try await context.preparation.bringAbout(state)
        beginLimit(limit, at: await context.time.now())
      }
      // What a secret of the recorder's is, may have been found out only now.
      try await context.values.admit(scenario, arguments: request.arguments)
      try await context.play(scenario.steps, under: nil)
      try await askWitnessesLast()
      return nil
    } catch {
      return error
    }
  }

  /// Asks all witnesses a last time before a run is called passed.
  private func askWitnessesLast() async throws(Stop) {
    for device in context.devices.used {
      let state = outside(device)
      try await context.plug.awaitReturn(in: state)
      try await context.witnesses.convictAtEnd(in: state)
    }
  }

  /// Plays what is played however a run ends, and says how it did.
  func finish(after stop: Stop?, since wallStart: ContinuousClock.Instant) async -> RunEnd {
    context.holds.isHeeded = false
    let last = await playFinally(after: stop)
    let power = await leavePowered()
    await context.stopFilming()
    let decisive = stop ?? last ?? power ?? nothingTested
    request.causeBehind?.take(decisive?.behind)
    var end = RunEnd(
      verdict: decisive?.verdict ?? .passed, step: decisive?.step, reason: decisive?.reason,
      cause: decisive?.cause.journalled,
      skipped: context.stepBook.skipped, tested: context.stepBook.tested,
      recorderSeconds: startedAt.duration(to: await context.time.now()).inSeconds,
      wallSeconds: (ContinuousClock.now - wallStart).inSeconds)
    if let power, decisive != power {
      try? await context.log.note(.power, power.reason, in: nil)
    }
    do throws(Stop) {
      try await context.log.report(.runEnded(end))
    } catch {
      // A run whose journal does not tell its end proves nothing.
      if end.verdict == .passed || end.verdict == .failed {
        end.verdict = .errored
        (end.reason, end.cause) = (error.reason, error.cause.journalled)
      }
    }
    return end
  }

  /// Why a run in which all went well says nothing of the recorder all the same; nil where something
  /// was tested.
  private var nothingTested: Stop? {
    guard request.mustTest, context.stepBook.tested.isNothing else { return nil }
    return Stop(
      .nothingTested, "nothing was tested: no expectation was judged, and nobody confirmed anything"
    )
  }

  /// Begins the scenario's time anew: by the bench's clock, and by the wall's where somebody looks.
  ///
  /// - Parameters:
  ///   - what: what has that time, in words.
  ///   - now: the present instant.
  ///   - length: how long that is; as long as the scenario may take if left out.
  private func beginLimit(
    _ what: String, at now: MonotonicInstant, _ length: Duration? = nil
  ) {
    let timeout = length ?? request.scenario.timeout
    context.time.begin(until: now.advanced(by: timeout), what)
    request.watchdog?.expect(what, within: timeout)
  }

  /// Plays the scenario's last steps, however the others ended.
  ///
  /// - Parameter stop: why the steps went no further: where somebody stopped the run, or holds the
  ///   recorder back, only the plug is looked after.
  /// - Returns: why they went no further; nil when all was done and seen.
  private func playFinally(after stop: Stop?) async -> Stop? {
    var first: Stop?
    beginLimit(Self.lastLimit, at: await context.time.now())
    for step in request.scenario.lastSteps(hasPast: hasPast) {
      let isReturn = step.action is BringBack
      if isReturn {
        beginLimit(
          "the time to bring the recorder back", at: await context.time.now(),
          Self.preparationTime)
      }
      do throws(Stop) {
        if let reason = reasonToLeaveOut(step, after: stop) {
          try await context.skip(step, under: nil, reason: reason)
        } else {
          context.holds.isHeeded = isReturn
          defer { context.holds.isHeeded = false }
          try await context.play(step, under: nil)
        }
      } catch {
        first = first ?? error
      }
      if isReturn { beginLimit(Self.lastLimit, at: await context.time.now()) }
    }
    return first
  }

  /// Why one of the last steps is not played; nil where it is.
  private func reasonToLeaveOut(_ step: Step, after stop: Stop?) -> String? {
    if stop?.kind == .aborted, step.action?.needs.switchesSupply != true {
      return "the run was stopped"
    }
    let power = step.action as? SwitchPower
    return power == .on || power == .restore ? nil : context.holds.reason
  }

  /// Leaves every device supplied and every button released, however the run ended.
  ///
  /// - Returns: why a device could not be supplied; nil when all are.
  private func leavePowered() async -> Stop? {
    var first: Stop?
    for device in context.devices.used {
      if device.supply.isCut {
        do throws(Stop) {
          try await context.plug.switchOn(minimum: .zero, in: outside(device))
        } catch {
          first = first ?? error
        }
      }
      let deadline = await context.time.now().advanced(by: .seconds(1))
      try? await device.hand?.releaseAll(by: deadline)
    }
    return first
  }

  private static let lastLimit = "the time of the last steps"
  /// How long a recorder may take to be brought to where a scenario begins, or back, locks waited out.
  private static let preparationTime = Duration.seconds(90 * 60)

  /// Whether anything is believed of the recorder from before the run.
  private var hasPast: Bool { request.past != nil }

  /// A stand-in for a step, for what happens outside of steps.
  private func outside(_ device: DeviceState) -> StepState {
    StepState(outsideOn: device, location: request.scenario.location)
  }
}

extension Stop {
  /// What the run says of the recorder.
  fileprivate var verdict: Verdict {
    switch kind {
    case .failed: .failed
    case .errored: .errored
    case .aborted: .aborted
    }
  }
}
