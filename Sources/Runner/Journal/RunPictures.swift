import Digests
import FrameVision
import Frames
import RecorderModel
import RunJournal

/// Keeps pictures of steps, with what may show a secret made black.
final class RunPictures {
  private let model: RecorderModel
  private let shelf: ReferenceShelf
  private let log: RunLog
  private let secrecy: Secrecy
  private let trace: SearchTrace
  /// The frame of each device that decided last, where nothing was done since.
  private var decided: [String: KeptFrame] = [:]

  /// A frame that was kept.
  private struct KeptFrame {
    var file: String
    var number: Int
    var capturedAt: MonotonicInstant
    var blanked: [PixelRect]
  }

  /// A frame that decided so short a time before an action, with no other action in between, shows what
  /// there was before it.
  private static let shortly = Duration.seconds(1)

  init(
    model: RecorderModel, shelf: ReferenceShelf, log: RunLog, secrecy: Secrecy,
    trace: SearchTrace
  ) {
    self.model = model
    self.shelf = shelf
    self.log = log
    self.secrecy = secrecy
    self.trace = trace
  }

  /// Keeps a picture of a step.
  func keep(
    _ look: Look, as role: KeptPicture.Role, name: String? = nil, boxes: [PixelRect] = [],
    in step: StepState
  ) async throws(Stop) {
    if log.isBroken { return }
    if role == .last { step.hasLastPicture = true }
    if role == .before {
      if step.keptBefore == look.frame.number { return }
      step.keptBefore = look.frame.number
    }
    let blanked = blanks(for: look, in: step)
    if let why = doubt(about: look, blanked, in: step) {
      return try await log.note(
        .other,
        "picture \(look.frame.number) (\(role.rawValue)) is not kept, since a secret may be seen in it "
          + "where nothing is made black: \(why); its SHA-256 is \(look.frame.digest)", in: step)
    }
    let frame: KeptFrame
    let device = step.device.name
    let known = decided.removeValue(forKey: device)
    if role == .before, step.interruptions == 0, let known, known.blanked == blanked,
      known.capturedAt.duration(to: look.frame.capturedAt) <= Self.shortly
    {
      frame = known
    } else {
      let file = try await log.store(
        PictureToKeep(
          .frame(look.frame), step: step.journalled, role: role, name: name, blanked: blanked))
      frame = KeptFrame(
        file: file, number: look.frame.number, capturedAt: look.frame.capturedAt, blanked: blanked)
      if role == .deciding { decided[device] = frame }
    }
    try await log.report(
      .pictureKept(
        KeptPicture(
          step: step.journalled, role: role, file: frame.file, frame: frame.number,
          boxes: step.isSensitive ? [] : boxes, blanked: blanked)))
  }

  /// Keeps the last picture that was seen of a step's device, where the step has kept none that
  /// decides: whatever ended it is told beside what the screen showed.
  func keepLast(of step: StepState) async throws(Stop) {
    guard !step.hasLastPicture, let look = step.device.lastLook else { return }
    try await keep(look, as: .last, in: step)
  }

  /// Keeps the reference pictures that a step looked for.
  func keepReferences(of step: StepState) async throws(Stop) {
    for name in step.references {
      guard let reference = model.images[name], !log.isBroken else { continue }
      let file = try await log.store(
        PictureToKeep(
          .reference(reference.picture), step: step.journalled, role: .template, name: name))
      try await log.report(
        .pictureKept(
          KeptPicture(
            step: step.journalled, role: .template, file: file, frame: nil, name: name, boxes: [],
            blanked: [])))
    }
    step.references = []
  }

  /// What must be black in a picture; nil where that may miss a secret.
  func surelyBlanked(_ look: Look, in step: StepState) -> [PixelRect]? {
    let blanked = blanks(for: look, in: step)
    return doubt(about: look, blanked, in: step) == nil ? blanked : nil
  }

  /// Why what is made black may miss a secret; nil where no secret can be seen, or surely none after
  /// it.
  private func doubt(
    about look: Look, _ blanked: [PixelRect], in step: StepState
  ) -> String? {
    if blanked == [look.frame.bounds] { return nil }
    let mayShowSecret =
      !secrecy.veil.isEmpty || secrecy.hidesKeyboard || step.isSensitive
      || step.typedField != nil || step.typedKeyboard != nil
    guard mayShowSecret else { return nil }
    if !model.fits(look) { return model.sizeComplaint(look) }
    if secrecy.typed.hasUnseen { return "what was typed was not seen" }
    return look.condition == .garbled ? "it is garbled" : nil
  }

  /// What must be black in a kept picture.
  private func blanks(for look: Look, in step: StepState) -> [PixelRect] {
    var blanks = secrecy.veil + secrecy.typed.places(in: look.searchable)
    if let field = step.typedField { blanks.append(field.veiled) }
    if let keyboard = step.typedKeyboard { blanks.append(keyboard) }
    if secrecy.hidesKeyboard || step.isSensitive, let keyboard = keyboardBounds(in: look) {
      blanks.append(keyboard)
    }
    if step.isSensitive && blanks.isEmpty { return [look.frame.bounds] }
    var distinct: [PixelRect] = []
    for blank in blanks.map({ $0.intersection(look.frame.bounds) })
    where !blank.isEmpty && !distinct.contains(blank) { distinct.append(blank) }
    return distinct
  }

  /// Where the keyboard is in a picture; nil when it is not seen.
  private func keyboardBounds(in look: Look) -> PixelRect? {
    guard let keyboard = model.keyboard, model.fits(look),
      let template = try? shelf.template(keyboard.anchor)
    else { return nil }
    let region = model.images[keyboard.anchor]?.region
    let answer = TemplateFinder().find(template, in: look.searchable, region: region)
    trace.lookedFor(image: keyboard.anchor, in: region, of: look.frame, answer)
    return answer.match.map { keyboard.bounds.offset(byX: $0.rect.x, y: $0.rect.y) }
  }
}

extension PixelRect {
  /// The rectangle with the margin that a secret's blank has.
  var veiled: PixelRect { insetBy(-8) }
}

extension Frame {
  /// SHA-256 over the samples of the planes, luma first, in hex.
  fileprivate var digest: String {
    SHA256Digest.hex([luma, cb, cr].map(\.samples).joined())
  }
}
