import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Looking at screens.
extension ScenarioRun {
  /// The screen of a step's device.
  func screen(of state: StepState) throws(Stop) -> WatchedScreen {
    guard let screen = state.device.screen else {
      throw .errored("the rig has no screen on \(state.device.name)")
    }
    return screen
  }

  /// The next glance of a watch; nil when nothing more can be seen in time.
  ///
  /// - Throws: a verdict when the signal went without being asked to.
  func glance(_ watch: inout Watch, in state: StepState) async throws(Stop) -> Glance? {
    if watch.isOver { return nil }
    let screen = try screen(of: state)
    // A deadline too close to the next frame would tell nothing; what comes late does not count.
    let patience = max(watch.deadline, watch.after).advanced(by: .seconds(1))
    let reading: ScreenReading
    do throws(BenchError) {
      reading = try await screen.reading(after: watch.after, by: patience)
    } catch {
      throw Stop(error)
    }
    watch.glanced(at: reading.instant)
    try await tellDiary(in: state)
    try await checkSignal(of: state)
    if reading.instant > watch.deadline { return nil }
    guard let frame = reading.frame else { return .nothing(at: reading.instant) }
    try await tellSize(of: frame, on: state.device)
    let look = Look(frame, noInput: request.noInput)
    state.device.lastLook = look
    return .picture(look)
  }

  /// Writes down, the first time, that pictures are judged at another size than that they have.
  private func tellSize(of frame: Frame, on device: DeviceState) async throws(Stop) {
    let size = frame.asCaptured.size
    guard size != frame.size, size != device.toldSize else { return }
    device.toldSize = size
    let which = device.name == Bench.defaultDevice ? "" : " of \(device.name)"
    try await note(
      .other, "pictures\(which) are captured at \(size) and judged at \(frame.size)", in: nil)
  }

  /// Writes down what drivers did about devices that failed.
  func tellDiary(in state: StepState) async throws(Stop) {
    for entry in request.bench.diary?.drain() ?? [] {
      try await note(.other, "\(entry.part.rawValue): \(entry.text)", in: state)
    }
  }

  /// One fresh picture, captured after an instant; nil when there is none.
  func freshLook(after instant: MonotonicInstant, in state: StepState) async throws(Stop) -> Look? {
    var watch = Watch(after: instant, until: instant.advanced(by: patient(.seconds(2))))
    while let glance = try await glance(&watch, in: state) {
      if let look = glance.look { return look }
    }
    return nil
  }

  /// Stops the run when the signal went, or went and came back, without being asked to.
  ///
  /// A loss that may be a restart is watched until the mouse's host has gone too, or long enough
  /// to be sure that it does not.
  func checkSignal(of state: StepState) async throws(Stop) {
    let device = state.device
    guard let screen = device.screen, !device.isCut, device.restartingSince == nil,
      !state.concernsSignalUpwards, let spell = screen.remembered.spells.last
    else { return }
    let isSure = spell.until != nil || spell.hostWasGone || spell.length > .seconds(4)
    if isSure {
      throw await convict(
        Unmet("the picture was lost", ifHealthy: .failed), in: state)
    }
  }

  /// Whether a frame can be compared with the model: the model's places are pixels of its size.
  func fits(_ look: Look) -> Bool { look.frame.size == model.screen }

  /// Says that the screen has another size than the model.
  func sizeComplaint(_ look: Look) -> String {
    "the screen shows \(look.frame.size), but the model \(model.name) is made for \(model.screen)"
  }

  // MARK: - Pictures for the run folder

  /// Keeps a picture of a step, with what may show a secret made black.
  func keep(
    _ look: Look, as role: KeptPicture.Role, name: String? = nil, boxes: [PixelRect] = [],
    in state: StepState
  ) async throws(Stop) {
    if journalIsBroken { return }
    let blanked = blanks(for: look, in: state)
    let file = try await stored(
      PictureToKeep(
        .frame(look.frame), step: state.journalled, role: role, name: name, blanked: blanked))
    try await report(
      .pictureKept(
        KeptPicture(
          step: state.journalled, role: role, file: file, frame: look.frame.number,
          boxes: state.isSensitive ? [] : boxes, blanked: blanked)))
  }

  /// Keeps the reference pictures that a step looked for.
  func keepReferences(of state: StepState) async throws(Stop) {
    for name in state.references {
      guard let reference = model.images[name], !journalIsBroken else { continue }
      let file = try await stored(
        PictureToKeep(
          .reference(reference.picture), step: state.journalled, role: .template, name: name)
      )
      try await report(
        .pictureKept(
          KeptPicture(
            step: state.journalled, role: .template, file: file, frame: nil, boxes: [], blanked: [])
        ))
    }
    state.references = []
  }

  private func stored(_ picture: PictureToKeep) async throws(Stop) -> String {
    do throws(JournalSinkError) {
      return try await sink.keep(picture)
    } catch {
      journalIsBroken = true
      throw .errored(RigFault(.host, "a picture can't be kept: \(error.reason)"))
    }
  }

  /// What must be black in a kept picture.
  private func blanks(for look: Look, in state: StepState) -> [PixelRect] {
    var blanks = veil
    if let field = state.typedField { blanks.append(field.veiled) }
    if let keyboard = state.typedKeyboard { blanks.append(keyboard) }
    if hasTypedSecrets || state.isSensitive, let keyboard = keyboardBounds(in: look) {
      blanks.append(keyboard)
    }
    if state.isSensitive && blanks.isEmpty { return [look.frame.bounds] }
    var distinct: [PixelRect] = []
    for blank in blanks.map({ $0.intersection(look.frame.bounds) })
    where !blank.isEmpty && !distinct.contains(blank) { distinct.append(blank) }
    return distinct
  }
}

extension StepState {
  /// Whether this step, or one that it is a part of, is about losing and regaining the picture.
  var concernsSignalUpwards: Bool { concernsSignal || parent?.concernsSignalUpwards ?? false }
}

extension PixelRect {
  /// The rectangle with the margin that a secret's blank has.
  var veiled: PixelRect { insetBy(-8) }
}
