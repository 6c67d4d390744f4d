import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal
import Scenario

/// Cuts the supply of devices and switches it on again.
final class Plug {
  /// How long a switch may take to act, and to read back what it did.
  private static let switchPatience = Duration.seconds(5)
  /// How long a picture may stay after the supply was cut.
  private static let lossPatience = Duration.seconds(15)

  private let request: RunRequest
  private let wording: Wording
  private let time: RunTime
  private let log: RunLog
  private let observer: Observer
  private let finder: TargetFinder
  private let witnesses: Witnesses
  private let holds: HoldWatch

  init(
    _ request: RunRequest, wording: Wording, time: RunTime, log: RunLog, observer: Observer,
    finder: TargetFinder, witnesses: Witnesses, holds: HoldWatch
  ) {
    self.request = request
    self.wording = wording
    self.time = time
    self.log = log
    self.observer = observer
    self.finder = finder
    self.witnesses = witnesses
    self.holds = holds
  }

  // MARK: - Off

  /// Cuts the supply and confirms that it is cut.
  func cut(in step: StepState) async throws(Stop) {
    let device = step.device
    guard let power = device.power, !device.supply.isCut else { return }
    try await letRestartFinish(in: step)
    try holds.check()
    let start = await time.now()
    try await remember { () async throws(PlugMemoryError) in
      try await request.plugMemory.remember(cutAt: start)
    }
    device.supply.cut()
    try await asking { () throws(BenchError) in
      try await power.setPower(on: false, by: start.advanced(by: Self.switchPatience))
    }
    try await log.acted(step, ActionWords.powerCut)
    guard try await reads(on: false, device) else {
      throw Stop(
        RigFault(.power, .supplyStuckOn, "the switch reads back on after it was switched off"))
    }
    try await tellReadBack(of: device, in: step)
    let confirmed = try await confirmLoss(since: start, in: step)
    device.supply.confirm(at: confirmed)
    device.forgetPictures()
    await device.hand?.forgetPosition()
    try await log.note(
      .power, "the cut was confirmed after \(wording.words(start.duration(to: confirmed)))",
      in: step)
  }

  /// Whether the switch reads back what it should, or can't read back, within its time.
  private func reads(on wanted: Bool, _ device: DeviceState)
    async throws(Stop) -> Bool
  {
    let deadline = await time.now().advanced(by: Self.switchPatience)
    while true {
      let readBack = try await witnesses.readBack(of: device)
      if readBack ?? wanted == wanted { return true }
      let now = await time.now()
      if now >= deadline { return false }
      try await time.sleep(until: now.advanced(by: .milliseconds(200)))
    }
  }

  /// Writes down what the switch reads back.
  private func tellReadBack(of device: DeviceState, in step: StepState) async throws(Stop) {
    switch try await witnesses.readBack(of: device) {
    case true?: try await log.note(.power, "the switch reads back on", in: step)
    case false?: try await log.note(.power, "the switch reads back off", in: step)
    case nil: try await log.note(.power, "the switch can't be read back", in: step)
    }
  }

  /// When the loss of the picture confirmed a cut; where no screen is wired, the present.
  private func confirmLoss(since start: MonotonicInstant, in step: StepState)
    async throws(Stop) -> MonotonicInstant
  {
    guard step.device.screen != nil else { return await time.now() }
    var watch = Watch(after: await time.now(), until: start.advanced(by: Self.lossPatience))
    while let glance = try await observer.glance(&watch, in: step) {
      guard let look = glance.look else { return glance.instant }
      // Some capture devices go on sending a picture of their own when the signal goes.
      if look.condition != .picture { return glance.instant }
    }
    let stays = "the picture stays \(wording.words(Self.lossPatience)) after the cut"
    // What is sensed behind the switch knows better.
    if try await witnesses.supply(of: step.device).sensed == false {
      throw Stop(
        RigFault(
          .screen, .captureNoInput,
          "\(stays), though the supply is sensed off: it is the capture device's own"))
    }
    throw Stop(
      RigFault(
        .power, .supplyStuckOn, "\(stays): the switch does not cut the recorder's supply"))
  }

  /// Waits until a restart of the recorder's own is over: it must not be cut meanwhile.
  private func letRestartFinish(in step: StepState) async throws(Stop) {
    let device = step.device
    guard device.screen != nil, device.mouse != nil else { return }
    var watch = await bootWatch()
    var waited = false
    while let glance = try await observer.glance(&watch, in: step) {
      if let look = glance.look {
        guard try await forbidsPowerOff(look, in: step) else { break }
      } else {
        let bus = try await witnesses.bus(of: device)
        guard bus == .notConfigured || bus == .notAttached,
          try await witnesses.supply(of: device).isOn != false
        else { break }
      }
      waited = true
    }
    if waited {
      try await log.note(
        .power, "waited for the recorder's own restart before cutting", in: step)
    }
  }

  /// Whether the screen asks not to cut the power, where the model knows how it says so.
  private func forbidsPowerOff(_ look: Look, in step: StepState) async throws(Stop) -> Bool {
    guard request.model.labels["doNotPowerOff"] != nil else { return false }
    let target = Target(
      kind: GroupMember.label("doNotPowerOff").kind(at: step.step.location), region: nil,
      location: step.step.location)
    return try await finder.search(target, on: look, in: step).holds
  }

  // MARK: - On

  /// Switches the supply on again, once it was cut for long enough.
  func switchOn(minimum: Duration, in step: StepState) async throws(Stop) {
    let device = step.device
    guard let power = device.power else { return }
    let since: MonotonicInstant
    if let confirmed = device.supply.confirmedAt {
      since = confirmed
    } else {
      since = await time.now()
    }
    let end = Supply.end(ofCutSince: since, wanted: minimum, minimum: request.minimumOff)
    // The rig's own time is kept however long a run has; what a step wants beyond that is not.
    let least = Supply.end(ofCutSince: since, wanted: .zero, minimum: request.minimumOff)
    let limited = max(least, time.limited(end))
    try await time.sleep(until: limited)
    if limited < end, let limit = time.limitReached(by: limited) {
      throw Stop(.timeout, "\(limit): the supply was to stay cut for \(wording.words(minimum))")
    }
    let now = await time.now()
    try await asking { () throws(BenchError) in
      try await power.setPower(on: true, by: now.advanced(by: Self.switchPatience))
    }
    guard try await reads(on: true, device) else {
      throw Stop(
        RigFault(.power, .supplyStuckOff, "the switch reads back off after it was switched on"))
    }
    try await tellReadBack(of: device, in: step)
    try await observer.tellDiary(in: step)
    try await remember { () async throws(PlugMemoryError) in
      try await request.plugMemory.forget()
    }
    device.supply.restore()
    device.noteSwitchedOn(at: await time.now())
    try await log.acted(
      step, "\(ActionWords.powerOn) after \(wording.words(since.duration(to: now)))")
  }

  private func remember(_ write: () async throws(PlugMemoryError) -> Void) async throws(Stop) {
    do throws(PlugMemoryError) {
      try await write()
    } catch {
      throw Stop(RigFault(.host, .hostFails, "the state of the plug can't be kept: \(error)"))
    }
  }

  // MARK: - Before everything

  /// Makes a full cut anew where a run before this one died during a cut, or the supply is off.
  func undoForgottenCut(in step: StepState) async throws(Stop) {
    let device = step.device
    guard device.power != nil else { return }
    let forgotten: PlugCut?
    do throws(PlugMemoryError) {
      forgotten = try await request.plugMemory.cut()
    } catch {
      throw Stop(RigFault(.host, .hostFails, "the state of the plug can't be read: \(error)"))
    }
    let isOff = try await witnesses.readBack(of: device) == false
    guard forgotten != nil || isOff else { return }
    try await log.note(
      .power,
      forgotten != nil
        ? "a run before this one ended during a cut: a full cut anew"
        : "the supply is off, nobody knows since when: a full cut anew", in: step)
    try await cut(in: step)
    try await switchOn(minimum: .zero, in: step)
    guard device.screen != nil else { return }
    var watch = await bootWatch()
    while let glance = try await observer.glance(&watch, in: step) {
      if let look = glance.look, look.condition == .picture, try await isUp(device) { return }
    }
  }

  private func isUp(_ device: DeviceState) async throws(Stop) -> Bool {
    try await witnesses.bus(of: device)?.isHosted ?? true
  }

  /// A watch for as long as the recorder may take to start.
  private func bootWatch() async -> Watch {
    let start = await time.now()
    return Watch(after: start, until: time.limited(start.advanced(by: request.model.boot.longest)))
  }

  // MARK: - After everything

  /// Waits for a recorder that restarts to show a picture again, as long as it may take.
  func awaitReturn(in step: StepState) async throws(Stop) {
    guard step.device.restartingSince != nil, step.device.screen != nil else { return }
    var watch = await bootWatch()
    while let glance = try await observer.glance(&watch, in: step) {
      if let look = glance.look, look.condition == .picture { return }
    }
  }
}
