import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// The plug.
extension ScenarioRun {
  /// How long a switch may take to act, and to read back what it did.
  private static let switchPatience = Duration.seconds(5)
  /// How long a picture may stay after the supply was cut.
  private static let lossPatience = Duration.seconds(15)

  /// Does what a step says with the supply.
  func play(_ action: SwitchPower, in state: StepState) async throws(Stop) {
    guard state.device.power != nil else {
      throw .errored("the rig has no power switch on \(state.device.name)")
    }
    if let look = state.device.isCut ? nil : try await glanceOnce(in: state) {
      state.before = look
      try await keep(look, as: .before, in: state)
    }
    switch action {
    case .off:
      try await cut(in: state)
    case .cycle(let minimum):
      try await cut(in: state)
      try await switchOn(minimum: minimum ?? .zero, in: state)
    case .on, .restore:
      if state.device.isCut {
        try await switchOn(minimum: .zero, in: state)
      } else if try await supply(of: state.device) == .off {
        try await note(
          .power, "the supply is off, nobody knows since when: a full cut anew", in: state)
        try await cut(in: state)
        try await switchOn(minimum: .zero, in: state)
      } else {
        try await acted(state, "the power is on: nothing to do")
      }
    }
  }

  /// One picture, if there is a screen that has one.
  private func glanceOnce(in state: StepState) async throws(Stop) -> Look? {
    state.device.screen == nil ? nil : try await freshLook(after: await clock.now(), in: state)
  }

  /// What the switch of a device reads back.
  func supply(of device: DeviceState) async throws(Stop) -> WitnessStatement.Supply {
    guard let power = device.power else { return .unknown }
    switch try await asking({ () throws(BenchError) in try await power.readBack() }) {
    case true?: return .on
    case false?: return .off
    case nil: return .unknown
    }
  }

  /// Runs a call into the bench.
  func asking<Answer>(_ call: () async throws(BenchError) -> Answer) async throws(Stop) -> Answer {
    do throws(BenchError) {
      return try await call()
    } catch {
      throw Stop(error)
    }
  }

  // MARK: - Off

  /// Cuts the supply and confirms that it is cut.
  private func cut(in state: StepState) async throws(Stop) {
    let device = state.device
    guard let power = device.power, !device.isCut else { return }
    try await letRestartFinish(in: state)
    let start = await clock.now()
    try await remember { () async throws(PlugMemoryError) in
      try await request.plugMemory.remember(cutAt: start)
    }
    device.isCut = true
    device.cutConfirmedAt = nil
    try await asking { () throws(BenchError) in
      try await power.setPower(on: false, by: start.advanced(by: Self.switchPatience))
    }
    try await acted(state, "cut the power")
    guard try await reads(.off, device) else {
      throw .errored(
        RigFault(.power, "the switch reads back on after it was switched off"))
    }
    try await tellReadBack(of: device, in: state)
    device.cutConfirmedAt = try await confirmLoss(since: start, in: state)
    device.lastLook = nil
    device.readings = [:]
    await device.hand?.forgetPosition()
    let confirmed = device.cutConfirmedAt ?? start
    try await note(
      .power, "the cut was confirmed after \(wording.words(start.duration(to: confirmed)))",
      in: state)
  }

  /// Whether the switch reads back what it should, or can't read back, within its time.
  private func reads(_ wanted: WitnessStatement.Supply, _ device: DeviceState)
    async throws(Stop) -> Bool
  {
    let deadline = await clock.now().advanced(by: Self.switchPatience)
    while true {
      let supply = try await supply(of: device)
      if supply == wanted || supply == .unknown { return true }
      let now = await clock.now()
      if now >= deadline { return false }
      try await sleep(until: now.advanced(by: .milliseconds(200)))
    }
  }

  /// Writes down what the switch reads back.
  private func tellReadBack(of device: DeviceState, in state: StepState) async throws(Stop) {
    switch try await supply(of: device) {
    case .on: try await note(.power, "the switch reads back on", in: state)
    case .off: try await note(.power, "the switch reads back off", in: state)
    case .unknown: try await note(.power, "the switch can't be read back", in: state)
    }
  }

  /// When the loss of the picture confirmed a cut; where no screen is wired, the present.
  private func confirmLoss(since start: MonotonicInstant, in state: StepState)
    async throws(Stop) -> MonotonicInstant
  {
    guard state.device.screen != nil else { return await clock.now() }
    var watch = Watch(after: await clock.now(), until: start.advanced(by: Self.lossPatience))
    while let glance = try await glance(&watch, in: state) {
      guard let look = glance.look else { return glance.instant }
      // Some capture devices go on sending a picture of their own when the signal goes.
      if look.condition != .picture { return glance.instant }
    }
    throw .errored(
      RigFault(
        .power,
        "the picture stays \(wording.words(Self.lossPatience)) after the cut: the switch does not "
          + "cut the recorder's supply"))
  }

  /// Waits until a restart of the recorder's own is over: it must not be cut meanwhile.
  private func letRestartFinish(in state: StepState) async throws(Stop) {
    let device = state.device
    guard device.screen != nil, let mouse = device.mouse else { return }
    let start = await clock.now()
    var watch = Watch(after: start, until: limited(start.advanced(by: model.boot.longest)))
    var waited = false
    while let glance = try await glance(&watch, in: state) {
      if let look = glance.look {
        guard try await forbidsPowerOff(look, in: state) else { break }
      } else {
        let bus = try await asking { () throws(BenchError) in try await mouse.busState() }
        guard bus == .notConfigured || bus == .notAttached,
          try await supply(of: device) != .off
        else { break }
      }
      waited = true
    }
    if waited {
      try await note(.power, "waited for the recorder's own restart before cutting", in: state)
    }
  }

  /// Whether the screen asks not to cut the power, where the model knows how it says so.
  private func forbidsPowerOff(_ look: Look, in state: StepState) async throws(Stop) -> Bool {
    guard model.labels["doNotPowerOff"] != nil else { return false }
    let target = Target(
      kind: .label("doNotPowerOff"), region: nil, location: state.step.location)
    if case .here = try await search(target, on: look, in: state) { return true }
    return false
  }

  // MARK: - On

  /// Switches the supply on again, once it was cut for long enough.
  private func switchOn(minimum: Duration, in state: StepState) async throws(Stop) {
    let device = state.device
    guard let power = device.power else { return }
    // An unconfirmed cut may have begun only now.
    let since: MonotonicInstant
    if let confirmed = device.cutConfirmedAt {
      since = confirmed
    } else {
      since = await clock.now()
    }
    let length = max(minimum, request.minimumOff)
    try await sleep(until: since.advanced(by: length))
    let now = await clock.now()
    try await asking { () throws(BenchError) in
      try await power.setPower(on: true, by: now.advanced(by: Self.switchPatience))
    }
    guard try await reads(.on, device) else {
      throw .errored(
        RigFault(.power, "the switch reads back off after it was switched on"))
    }
    try await tellReadBack(of: device, in: state)
    try await tellDiary(in: state)
    try await remember { () async throws(PlugMemoryError) in
      try await request.plugMemory.forget()
    }
    device.isCut = false
    device.cutConfirmedAt = nil
    device.restartingSince = await clock.now()
    device.lastActionEnd = await clock.now()
    device.screen?.explainLosses()
    try await acted(
      state, "switched the power on after \(wording.words(since.duration(to: now)))")
  }

  private func remember(_ write: () async throws(PlugMemoryError) -> Void) async throws(Stop) {
    do throws(PlugMemoryError) {
      try await write()
    } catch {
      throw .errored(RigFault(.host, "the state of the plug can't be kept: \(error)"))
    }
  }

  /// Waits on the bench's clock.
  func sleep(until instant: MonotonicInstant) async throws(Stop) {
    try await asking { () throws(BenchError) in try await clock.sleep(until: instant) }
  }

  // MARK: - Before and after everything

  /// Makes a full cut anew where a run before this one died during a cut, or the supply is off.
  func undoForgottenCut() async throws(Stop) {
    let device = try device(Bench.defaultDevice)
    guard device.power != nil else { return }
    let state = outside(device)
    let forgotten: PlugCut?
    do throws(PlugMemoryError) {
      forgotten = try await request.plugMemory.cut()
    } catch {
      throw .errored(RigFault(.host, "the state of the plug can't be read: \(error)"))
    }
    let isOff = try await supply(of: device) == .off
    guard forgotten != nil || isOff else { return }
    try await note(
      .power,
      forgotten != nil
        ? "a run before this one ended during a cut: a full cut anew"
        : "the supply is off, nobody knows since when: a full cut anew", in: state)
    try await cut(in: state)
    try await switchOn(minimum: .zero, in: state)
    guard device.screen != nil else { return }
    let start = await clock.now()
    var watch = Watch(after: start, until: limited(start.advanced(by: model.boot.longest)))
    while let glance = try await glance(&watch, in: state) {
      if let look = glance.look, look.condition == .picture, try await isUp(device) { return }
    }
  }

  private func isUp(_ device: DeviceState) async throws(Stop) -> Bool {
    guard let mouse = device.mouse else { return true }
    let bus = try await asking { () throws(BenchError) in try await mouse.busState() }
    return bus.isHosted
  }

  /// Leaves every device supplied and every button released, however the run ended.
  ///
  /// - Returns: why a device could not be supplied; nil when all are.
  func leavePowered() async -> Stop? {
    var first: Stop?
    for name in devices.keys.sorted() {
      guard let device = devices[name] else { continue }
      if device.isCut {
        do throws(Stop) {
          try await switchOn(minimum: .zero, in: outside(device))
        } catch {
          first = first ?? error
        }
      }
      let deadline = await clock.now().advanced(by: .seconds(1))
      try? await device.hand?.releaseAll(by: deadline)
    }
    return first
  }

  /// Stands for what happens outside of steps.
  func outside(_ device: DeviceState) -> StepState {
    let step = Step(
      name: "", action: SwitchPower.restore, expectation: nil, attempts: 1, isSensitive: false,
      condition: nil, device: nil, location: request.scenario.location)
    return StepState(
      number: 0, parent: nil, path: "", step: step, device: device, isSensitive: false)
  }
}
