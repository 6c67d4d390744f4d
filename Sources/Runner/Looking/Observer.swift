import Bench
import FrameVision
import Frames
import RecorderModel
import RunJournal

/// Looks at the screens of a bench, and notices when a signal goes that should not.
final class Observer {
  private let model: RecorderModel
  private let noInput: NoInputPicture?
  private let diary: RigDiary?
  private let time: RunTime
  private let log: RunLog
  private let witnesses: Witnesses
  private let holds: HoldWatch
  /// The states of signals that were told of, by device, where they are not live.
  private var toldSignals: [String: String] = [:]
  /// The sizes of captured pictures that were told of, by device.
  private var toldSizes: [String: PixelSize] = [:]

  init(
    _ request: RunRequest, time: RunTime, log: RunLog, witnesses: Witnesses, holds: HoldWatch
  ) {
    model = request.model
    noInput = request.noInput
    diary = request.bench.diary
    self.time = time
    self.log = log
    self.witnesses = witnesses
    self.holds = holds
  }

  /// The screen of a step's device.
  func screen(of step: StepState) throws(Stop) -> WatchedScreen {
    guard let screen = step.device.screen else {
      throw Stop(.rigIncomplete, "the rig has no screen on \(step.device.name)")
    }
    return screen
  }

  /// The next glance of a watch; nil when nothing more can be seen in time.
  ///
  /// - Throws: a verdict when the signal went without being asked to; an end where somebody holds the
  ///   recorder back.
  func glance(_ watch: inout Watch, in step: StepState) async throws(Stop) -> Glance? {
    if watch.isOver { return nil }
    try holds.check()
    let screen = try screen(of: step)
    // A deadline too close to the next frame would tell nothing; what comes late does not count.
    let after = watch.after
    let patience = max(watch.deadline, after).advanced(by: .seconds(1))
    let reading = try await asking { () throws(BenchError) in
      try await screen.reading(after: after, by: patience)
    }
    watch.glanced(at: reading.instant)
    try await tellDiary(in: step)
    try await tellSignal(of: screen, in: step)
    try await checkSignal(of: step)
    if reading.instant > watch.deadline { return nil }
    guard let frame = reading.frame else {
      step.device.lastHeld = nil
      return .nothing(at: reading.instant)
    }
    try await tellSize(of: frame, on: step.device)
    let look = look(at: frame, on: step.device)
    try checkSize(of: look, in: step)
    return .picture(look)
  }

  /// Takes a picture of a device that somebody else asked its screen for.
  func look(at frame: Frame, on device: DeviceState) -> Look {
    let look = Look(frame, noInput: noInput, photometry: device.photometry)
    device.lastLook = look
    return look
  }

  /// One fresh picture, captured after an instant; nil when there is none.
  func freshLook(after instant: MonotonicInstant, in step: StepState) async throws(Stop) -> Look? {
    var watch = Watch(after: instant, until: instant.advanced(by: time.patient(.seconds(2))))
    while let glance = try await glance(&watch, in: step) {
      if let look = glance.look { return look }
    }
    return nil
  }

  /// Lets time pass with an eye on the screen, at its end too: what goes wrong meanwhile is not left
  /// for later.
  ///
  /// A second apart is close enough to meet a capture device that goes and comes back; in long
  /// waits looking costs too much for that.
  func passTime(until end: MonotonicInstant, in step: StepState) async throws(Stop) {
    var now = await time.now()
    let pause = max(.seconds(1), now.duration(to: end) / 240)
    while now < end {
      try holds.check()
      try await time.sleep(until: min(end, now.advanced(by: pause)))
      now = await time.now()
      if step.device.screen != nil && !step.device.supply.isCut {
        var watch = Watch(after: now, until: now.advanced(by: .seconds(1)))
        _ = try await glance(&watch, in: step)
        now = await time.now()
      }
    }
  }

  /// Stops the run when the signal went, or went and came back, without being asked to.
  ///
  /// A loss that may be a restart is watched until the mouse's host has gone too, or long enough
  /// to be sure that it does not.
  func checkSignal(of step: StepState) async throws(Stop) {
    let device = step.device
    guard let screen = device.screen, !device.supply.isCut, device.restartingSince == nil,
      !step.concernsSignalUpwards, let spell = screen.remembered.spells.last
    else { return }
    let isSure = spell.until != nil || spell.hostWasGone || spell.length > .seconds(4)
    if isSure {
      throw await witnesses.convict(
        Unmet(.expectationUnmet, "the picture was lost"), in: step)
    }
  }

  /// Writes down what drivers did about devices that failed.
  func tellDiary(in step: StepState) async throws(Stop) {
    for entry in diary?.drain() ?? [] {
      try await log.note(.other, "\(entry.part.rawValue): \(entry.text)", in: step)
    }
  }

  /// Writes down that a signal went, or is back.
  private func tellSignal(of screen: WatchedScreen, in step: StepState) async throws(Stop) {
    let device = step.device.name
    let spell = screen.remembered.openSpell
    let words = spell.flatMap { $0.states.last?.rawValue }
    guard words != toldSignals[device] else { return }
    toldSignals[device] = words
    let which = device == Bench.defaultDevice ? "" : " of \(device)"
    try await log.note(
      .signal, "the signal\(which) \(words.map { "is gone: \($0)" } ?? ActionWords.signalBack)",
      in: step)
  }

  /// Stops the run where pictures have a size that the model is not made for: nothing is found in
  /// them. A recorder that starts may have other modes at first.
  private func checkSize(of look: Look, in step: StepState) throws(Stop) {
    guard !model.fits(look), look.condition == .picture, step.device.restartingSince == nil,
      !step.concernsSignalUpwards
    else { return }
    throw Stop(RigFault(.screen, .captureSize, model.sizeComplaint(look)))
  }

  /// Writes down, the first time, that pictures are judged at another size than that they have.
  private func tellSize(of frame: Frame, on device: DeviceState) async throws(Stop) {
    let size = frame.asCaptured.size
    guard size != frame.size, size != toldSizes[device.name] else { return }
    toldSizes[device.name] = size
    let which = device.name == Bench.defaultDevice ? "" : " of \(device.name)"
    try await log.note(
      .other, "pictures\(which) are captured at \(size) and judged at \(frame.size)", in: nil)
  }
}
