import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Typing on the recorder's on-screen keyboard.
extension ScenarioRun {
  /// How often a field is clicked until its keyboard comes.
  private static let mostFieldClicks = 3

  /// Clicks into a field and types a text there.
  func type(_ text: ValueText, into reference: LocatedText, in state: StepState)
    async throws(Stop) -> Deed
  {
    guard let field = model.fields[reference.text] else {
      throw .errored("\(reference.location): the model has no field named \(reference.text)")
    }
    guard let keyboard = model.keyboard, let typist = state.device.typist else {
      throw .errored("\(reference.location): there is no on-screen keyboard, or no hand to type")
    }
    let value = try values.text(text)
    if state.isSensitive {
      await conceal(Secret(value.revealed()))
      hasTypedSecrets = true
      // Dots tell nothing once the step is over; characters stay until nobody knows when.
      if field.display == .text { veil.append(field.box.veiled) }
      state.typedField = field.box
    }
    if case .unmet(let unmet) = try await open(keyboard, of: field, reference.text, in: state) {
      return .unmet(unmet)
    }
    let request = TypingRequest(
      text: value.revealed(), field: field, alphabet: alphabet(for: value, in: field),
      isSecret: state.isSensitive)
    for _ in 0..<2 {
      let deadline = await typingDeadline(request.text)
      let result: TypingResult?
      var unmet = Unmet("", ifHealthy: .failed)
      do throws(HandError) {
        result = try await typist.type(request, by: deadline)
      } catch {
        result = nil
        unmet = try self.unmet(error, doing: "typing into the field \(reference.text)")
      }
      if let result, result.isAsMeant {
        let end = await clock.now()
        try await acted(state, wording.does(state.step, isSensitive: state.isSensitive))
        return .done(at: end)
      }
      if let result {
        unmet.reason = "the field \(reference.text) shows \(words(result.outcome))"
      }
      // A pop-up over the keyboard takes the keys; with it gone, all is typed anew. The pointer,
      // which is on a key, may hide its words.
      try await uncoverPopUps(in: state)
      guard let look = try await freshLook(after: await clock.now(), in: state) else {
        return .unmet(unmet)
      }
      state.device.lookedForPopUps = nil
      if try await !sendPopUpsAway(on: look, in: state) {
        try await keep(look, as: .last, boxes: [field.box], in: state)
        return .unmet(unmet)
      }
    }
    return .unmet(Unmet("pop-ups keep the keyboard from typing", ifHealthy: .failed))
  }

  private func typingDeadline(_ text: String) async -> MonotonicInstant {
    limited(await clock.now().advanced(by: patient(.seconds(60 + 12 * text.count))))
  }

  /// The characters that the field can hold, where it is known to take codes only.
  private func alphabet(for value: Value, in field: TextField) -> String? {
    guard field.display == .text, let code = model.code else { return nil }
    let text = value.revealed()
    let isCode = text.count == code.length && text.allSatisfy { code.alphabet.contains($0) }
    return isCode ? code.alphabet : nil
  }

  private func words(_ outcome: TypingOutcome) -> String {
    switch outcome {
    case .matched, .unchecked: return "what was typed"
    case .showsSomethingElse(let shown):
      return shown.map { "“\(redactor.written($0))” instead of what was typed" }
        ?? "something else than what was typed"
    case .countDiffers(let expected, let shown):
      return "\(shown.map(String.init) ?? "no countable number of") characters instead of the "
        + "\(expected) typed"
    }
  }

  // MARK: - Field and keyboard

  /// Clicks into a field until its keyboard is there, at rest.
  private func open(
    _ keyboard: Keyboard, of field: TextField, _ name: String, in state: StepState
  ) async throws(Stop) -> Deed {
    guard let hand = state.device.hand else { throw .errored("the rig has no mouse to type with") }
    for _ in 0..<Self.mostFieldClicks {
      guard let look = try await freshLook(after: await clock.now(), in: state) else {
        return .unmet(Unmet("no picture came", ifHealthy: .errored))
      }
      guard fits(look) else { throw .errored(sizeComplaint(look)) }
      if try await sendPopUpsAway(on: look, in: state) { continue }
      if state.before == nil {
        state.before = look
        try await keep(look, as: .before, boxes: [field.box], in: state)
      }
      let end: MonotonicInstant
      do throws(HandError) {
        end = try await hand.click(
          at: field.box.center, inside: field.box, button: .left, count: 1,
          by: await handDeadline()
        ).endedAt
      } catch {
        return .unmet(try unmet(error, doing: "clicking into the field \(name)"))
      }
      if let bounds = try await awaitKeyboard(keyboard, after: end, in: state) {
        if state.isSensitive { state.typedKeyboard = bounds.veiled }
        return .done(at: end)
      }
    }
    let look = state.device.lastLook
    if let look { try await keep(look, as: .last, boxes: [field.box], in: state) }
    try await keepReferences(of: state)
    return .unmet(
      Unmet("the on-screen keyboard did not come for the field \(name)", ifHealthy: .failed))
  }

  /// Waits for the keyboard to be there, at rest; nil when it does not come.
  private func awaitKeyboard(
    _ keyboard: Keyboard, after instant: MonotonicInstant, in state: StepState
  ) async throws(Stop) -> PixelRect? {
    let sign = Sign(
      kind: .image(keyboard.anchor), region: model.images[keyboard.anchor]?.region)
    var watch = Watch(after: instant, until: limited(instant.advanced(by: patient(.seconds(4)))))
    var last: PixelRect?
    while let glance = try await glance(&watch, in: state) {
      guard let look = glance.look else { continue }
      switch try await search(sign, on: look, in: state) {
      case .here(let places):
        let box = places.first?.box
        // Half a pixel of shift lets the place swing between two pixels.
        if let box, let last, abs(box.x - last.x) <= 1, abs(box.y - last.y) <= 1 {
          return keyboard.bounds.offset(byX: box.x, y: box.y)
        }
        last = box
        watch.hurry(from: glance.instant)
      case .absent, .ambiguous:
        last = nil
        if try await sendPopUpsAway(on: look, in: state) { return nil }
      }
    }
    return nil
  }
}
