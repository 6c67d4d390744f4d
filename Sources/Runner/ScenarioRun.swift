import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// One run of one scenario on one bench.
///
/// The run is one task: whatever happens, happens in the order of its code, and a virtual clock
/// moves only inside its calls into the bench.
actor ScenarioRun {
  let request: RunRequest
  let model: RecorderModel
  let clock: any BenchClock
  let sink: any JournalSink
  let reader: any WordReader
  let limbs: any LimbMaker
  let wording: Wording
  let shelf: ReferenceShelf
  let mailPlan: MailPlan

  /// The values that the steps now played can refer to; a part has its own.
  var values: Values
  /// Every secret met so far.
  var redactor = Redactor()
  /// Places of the screen that may show a secret from now on.
  var veil: [PixelRect] = []
  /// Whether a secret was typed, so that the keyboard is never shown again.
  var hasTypedSecrets = false
  /// The devices used so far.
  var devices: [String: DeviceState] = [:]
  /// What lay in mailboxes just before the actions that ask for mail.
  var mailListings = MailListings()
  /// The instants by which the run, and the parts now played, must end.
  var limits: [TimeLimit] = []
  /// How many steps have begun.
  var stepCount = 0
  /// The paths of the steps that were left out.
  var skipped: [String] = []
  /// Set when the journal can't be written any more: nothing else is written then.
  var journalIsBroken = false
  /// How many random draws were made.
  var draws = 0
  /// When the run began.
  var startedAt = MonotonicInstant.zero

  /// An instant by which something must end.
  struct TimeLimit {
    var instant: MonotonicInstant
    /// What must end then, for people.
    var what: String
  }

  init(
    _ request: RunRequest, sink: any JournalSink, reader: any WordReader, limbs: any LimbMaker,
    shelf: ReferenceShelf
  ) {
    self.request = request
    model = request.model
    clock = request.bench.clock
    self.sink = sink
    self.reader = reader
    self.limbs = limbs
    wording = Wording(labels: request.model.labels.mapValues(\.text))
    self.shelf = shelf
    mailPlan = MailPlan(request.scenario)
    values = Values(model: request.model.values, firmware: request.start.firmware)
  }

  // MARK: - The whole run

  /// Plays the steps of the scenario.
  ///
  /// - Returns: why the run went no further; nil when everything was done and seen.
  func playSteps() async -> Stop? {
    let scenario = request.scenario
    do throws(Stop) {
      startedAt = await clock.now()
      limits = [
        TimeLimit(
          instant: startedAt.advanced(by: scenario.timeout),
          what: "the run's time of \(wording.words(scenario.timeout))")
      ]
      var start = request.start
      start.plan = Runner.plan(of: scenario)
      try await report(.runStarted(start))
      try await admitValues(of: scenario, arguments: request.arguments)
      try await undoForgottenCut()
      try await play(scenario.steps, under: nil)
      try await askWitnessesLast()
      return nil
    } catch {
      return error
    }
  }

  /// Plays the scenario's last steps, however the others ended.
  ///
  /// - Parameter isStopped: whether somebody stopped the run: only the plug is looked after then.
  /// - Returns: why they went no further; nil when all was done and seen.
  func playFinally(isStopped: Bool) async -> Stop? {
    var first: Stop?
    let now = await clock.now()
    limits = [
      TimeLimit(
        instant: now.advanced(by: request.scenario.timeout), what: "the time of the last steps")
    ]
    for step in request.scenario.finally {
      do throws(Stop) {
        if isStopped && !step.isAboutPower {
          try await skip(step, under: nil, reason: "the run was stopped")
        } else {
          try await play(step, under: nil)
        }
      } catch {
        first = first ?? error
      }
    }
    return first
  }

  // MARK: - Steps

  /// Plays steps in order.
  func play(_ steps: [Step], under parent: StepState?) async throws(Stop) {
    for step in steps { try await play(step, under: parent) }
  }

  private func play(_ step: Step, under parent: StepState?) async throws(Stop) {
    let state = try begin(step, under: parent)
    try await report(
      .stepStarted(
        StepStart(
          step: state.number, parent: parent?.number, path: state.path,
          does: wording.does(step, isSensitive: state.isSensitive),
          expects: step.expectation.map(wording.words), location: step.location.description,
          sensitive: state.isSensitive)))
    do throws(Stop) {
      if let condition = step.condition, try await !holds(condition, in: state) {
        try await end(state, .notApplicable, "its condition does not hold")
        return
      }
      try await perform(state)
      try await checkSignal(of: state)
    } catch {
      var stop = error
      if stop.step == nil { stop.step = state.path }
      try await end(state, stop.outcome, stop.reason)
      throw stop
    }
    if !skipped.contains(state.path) { try await end(state, .passed, nil) }
  }

  /// Books a step that is left out.
  func skip(_ step: Step, under parent: StepState?, reason: String) async throws(Stop) {
    let state = try begin(step, under: parent)
    try await report(
      .stepStarted(
        StepStart(
          step: state.number, parent: parent?.number, path: state.path,
          does: wording.does(step, isSensitive: state.isSensitive),
          expects: step.expectation.map(wording.words), location: step.location.description,
          sensitive: state.isSensitive)))
    try await leaveOut(state, reason: reason)
  }

  /// Books a step that has begun as left out.
  func leaveOut(_ state: StepState, reason: String) async throws(Stop) {
    skipped.append(state.path)
    try await end(state, .skipped, reason)
  }

  private func begin(_ step: Step, under parent: StepState?) throws(Stop) -> StepState {
    stepCount += 1
    let path = parent.map { "\($0.path) / \(step.name)" } ?? step.name
    let device: DeviceState
    do throws(Stop) {
      device = try self.device(step.device ?? parent?.device.name ?? Bench.defaultDevice)
    } catch {
      var stop = error
      stop.step = path
      throw stop
    }
    return StepState(
      number: stepCount, parent: parent, path: path, step: step, device: device,
      isSensitive: isSensitive(step) || parent?.isSensitive ?? false)
  }

  private func end(_ state: StepState, _ outcome: StepEnd.Outcome, _ reason: String?)
    async throws(Stop)
  {
    try await report(.stepEnded(StepEnd(step: state.number, outcome: outcome, reason: reason)))
  }

  /// The device of a name.
  func device(_ name: String) throws(Stop) -> DeviceState {
    if let known = devices[name] { return known }
    guard let device = request.bench.devices[name] else {
      throw .errored("the rig has no device named \(name)")
    }
    let state = DeviceState(
      name: name, device: device, model: model, limbs: limbs, clock: clock)
    devices[name] = state
    return state
  }

  // MARK: - The journal

  /// Writes down what happened, at the present instant.
  func report(_ event: RunEvent) async throws(Stop) {
    if journalIsBroken { return }
    do throws(JournalSinkError) {
      try await sink.append(JournalEntry(at: await clock.now(), event: event))
    } catch {
      journalIsBroken = true
      throw .errored(RigFault(.host, "the journal can't be written: \(error.reason)"))
    }
  }

  /// Writes down something worth telling.
  func note(_ kind: Note.Kind, _ text: String, in state: StepState?) async throws(Stop) {
    try await report(
      .noted(Note(step: state?.journalled, kind: kind, text: redactor.written(text))))
  }

  /// Writes down something done; where, unless the step keeps it back.
  func acted(_ state: StepState, _ what: String, at place: Place? = nil) async throws(Stop) {
    guard state.journalled != nil else {
      try await note(.power, what, in: nil)
      return
    }
    let shown = state.isSensitive ? nil : place
    try await report(
      .acted(
        ActionRecord(
          step: state.number, attempt: state.attempt, what: what, place: shown?.point,
          box: shown?.box, score: shown?.score)))
  }

  // MARK: - Time

  /// How long a wait of the scenario's lasts on this rig.
  func patient(_ within: Duration) -> Duration { within * request.start.patience }

  /// An instant moved into the time that is left for the run and the parts now played.
  func limited(_ instant: MonotonicInstant) -> MonotonicInstant {
    limits.reduce(instant) { min($0, $1.instant) }
  }

  /// Says which limit of the run cut a wait short; nil when none did.
  func limitReached(by now: MonotonicInstant) -> String? {
    limits.first { now.advanced(by: .milliseconds(100)) >= $0.instant }
      .map { "\($0.what) ran out" }
  }
}

extension Stop {
  /// What becomes of the step that stopped.
  fileprivate var outcome: StepEnd.Outcome {
    switch kind {
    case .failed: .failed
    case .errored: .errored
    case .aborted: .aborted
    }
  }
}

extension Step {
  /// Whether it does nothing but look after the plug.
  fileprivate var isAboutPower: Bool {
    switch action?.needs.supply {
    case .cut, .restored: true
    case .indifferent, .needed, nil: false
    }
  }
}
