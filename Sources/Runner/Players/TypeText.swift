import Bench
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

extension TypeText: RepeatedAction {
  /// How often a field is clicked until its keyboard comes.
  private static var mostFieldClicks: Int { 3 }

  func isSensitive(_ values: ValueStore, on model: RecorderModel) -> Bool {
    let name = try? values.name(field)
    return name.flatMap { model.fields[$0] }?.display == .dots || values.isSecret(text)
  }

  /// Clicks into the field and types the text there.
  func act(in step: StepState, of run: RunContext) async throws(Stop) -> Outcome<MonotonicInstant> {
    let name = try run.values.name(field)
    guard let keyboard = run.model.keyboard, let typist = step.device.typist else {
      throw Stop(
        .rigIncomplete, "\(field.location): there is no on-screen keyboard, or no hand to type")
    }
    let label: PixelRect?
    var target: TextField
    switch try await place(of: name, in: step, run) {
    case .unmet(let unmet): return .unmet(unmet)
    case .done(let found): (target, label) = found
    }
    let value = try run.values.text(text)
    if step.isSensitive {
      await run.secrecy.conceal(Secret(value.revealed()))
      veil(target, in: step, run)
    }
    if case .unmet(let unmet) = try await open(keyboard, of: target, in: step, run) {
      return .unmet(unmet)
    }
    if let label {
      let before = target.box
      target.box = try await box(of: name, from: before, beside: label, in: step, run)
      if step.isSensitive, target.box != before { veil(target, in: step, run) }
    }
    let request = TypingRequest(
      text: value.revealed(), field: target,
      alphabet: alphabet(for: value, in: target, run.model), isSecret: step.isSensitive)
    for _ in 0..<2 {
      let unmet: Unmet
      let outcome = try await type(request, with: typist, run)
      if step.isSensitive, target.display == .text {
        run.secrecy.remember(
          try await run.observer.freshLook(after: await run.time.now(), in: step), of: target.box)
      }
      switch outcome {
      case .done:
        let end = await run.time.now()
        try await run.log.acted(step, run.wording.does(step))
        return .done(end)
      case .unmet(let why): unmet = why
      }
      // A pop-up over the keyboard takes the keys; with it gone, all is typed anew. The pointer,
      // which is on a key, may hide its words.
      try await run.popUps.uncover(in: step)
      guard let look = try await run.observer.freshLook(after: await run.time.now(), in: step)
      else { return .unmet(unmet) }
      step.device.lookedForPopUps = nil
      if try await !run.popUps.sendAway(on: look, in: step) {
        try await run.pictures.keep(look, as: .last, boxes: [target.box], in: step)
        return .unmet(unmet)
      }
      // The click that sent it away may have put the keyboard away as well.
      let now = await run.time.now()
      if try await awaitKeyboard(keyboard, after: now, in: step, run) == nil,
        case .unmet(let unmet) = try await open(keyboard, of: target, in: step, run)
      {
        return .unmet(unmet)
      }
    }
    return .unmet(Unmet(.keyboardFails, "pop-ups keep the keyboard from typing"))
  }

  /// Keeps what is typed into a field out of all that is shown.
  private func veil(_ field: TextField, in step: StepState, _ run: RunContext) {
    // Dots tell nothing once the step is over; characters stay until nobody knows when.
    run.secrecy.hide(typedInto: field.display == .text ? field.box : nil)
    step.typedField = field.box
    run.veilFilm(in: step)
  }

  /// Types once; unmet where the field does not show what was typed.
  private func type(_ request: TypingRequest, with typist: any Typist, _ run: RunContext)
    async throws(Stop) -> Outcome<Void>
  {
    let longest = run.time.patient(.seconds(60 + 12 * request.text.count))
    let deadline = run.time.limited(await run.time.now().advanced(by: longest))
    let result: TypingResult
    do throws(HandError) {
      result = try await typist.type(request, by: deadline)
    } catch {
      return .unmet(try Unmet(error, doing: "typing into the field \(fieldName(in: run))"))
    }
    if result.isAsMeant { return .done(()) }
    let shown = words(result.outcome, run.secrecy)
    if case .unclear = result.outcome {
      return .unmet(
        Unmet(.readingUnclear, "the field \(fieldName(in: run)) can't be read for sure: \(shown)"))
    }
    // What can't be counted says nothing against the recorder.
    if case .countDiffers(_, shown: nil) = result.outcome {
      return .unmet(
        Unmet(
          .readingUnclear,
          "the field \(fieldName(in: run)) shows \(shown), so that nobody can tell what was typed"))
    }
    return .unmet(Unmet(.keyboardFails, "the field \(fieldName(in: run)) shows \(shown)"))
  }

  /// The field's name, where a run knows it.
  private func fieldName(in run: RunContext) -> String {
    (try? run.values.name(field)) ?? field.asWritten
  }

  /// The characters that the field can hold, where it is known to take codes only.
  private func alphabet(for value: Value, in field: TextField, _ model: RecorderModel) -> String? {
    guard field.display == .text, let code = model.code else { return nil }
    let text = value.revealed()
    let isCode = text.count == code.length && text.allSatisfy { code.alphabet.contains($0) }
    return isCode ? code.alphabet : nil
  }

  private func words(_ outcome: TypingOutcome, _ secrecy: Secrecy) -> String {
    switch outcome {
    case .matched, .unchecked: return "what was typed"
    case .showsSomethingElse(let shown):
      return shown.map { "“\(secrecy.written($0))” instead of what was typed" }
        ?? "something else than what was typed"
    case .unclear(let read):
      return read.map { "it may show “\(secrecy.written($0))” or what was typed" }
        ?? "it may show what was typed or something else"
    case .countDiffers(let expected, let shown):
      return "\(shown.map(String.init) ?? "no countable number of") characters instead of the "
        + "\(expected) typed"
    }
  }

  // MARK: - Field and keyboard

  /// How often the box beside a label is looked for.
  private static var mostLooks: Int { 4 }

  /// Where the field lies now that its keyboard is there: forms move to make room for one, and their
  /// labels with them. Where the label is not to be seen, it lies where it lay. One that was seen while
  /// its page faded in may have ended where what lies behind does: it may be larger.
  private func box(
    of name: String, from box: PixelRect, beside label: PixelRect, in step: StepState,
    _ run: RunContext
  ) async throws(Stop) -> PixelRect {
    let target = try run.fields.label(of: name, at: field.location)
    let description = try run.fields.description(of: name, at: field.location)
    var last = label
    var lastLook: Look?
    for _ in 1...Self.mostLooks {
      guard let look = try await run.observer.freshLook(after: await run.time.now(), in: step),
        case let sighting = try await run.finder.search(target, on: look, in: step), sighting.holds,
        let now = sighting.places.first?.box
      else { return box }
      let isAtRest = abs(now.x - last.x) <= 1 && abs(now.y - last.y) <= 1
      last = now
      lastLook = look
      if isAtRest { break }
    }
    let moved = box.offset(byX: last.x - label.x, y: last.y - label.y)
    if let lastLook,
      let drawn = run.fields.drawnBox(of: description, label: last, on: lastLook),
      drawn.width > moved.width, drawn.contains(moved.center)
    {
      return drawn
    }
    return moved
  }

  /// Where the field lies, and its label: always in one place, or beside its label, once that is there
  /// and at rest.
  private func place(
    of name: String, in step: StepState, _ run: RunContext
  ) async throws(Stop) -> Outcome<(field: TextField, label: PixelRect?)> {
    let fields = run.fields
    let description = try fields.description(of: name, at: field.location)
    if case .box(let box) = description.place {
      return .done((TextField(box: box, display: description.display), nil))
    }
    let label = try fields.label(of: name, at: field.location)
    for _ in 1...Self.mostLooks {
      let place: Place
      switch try await run.pointing.resolve(label, in: step) {
      case .unmet(let unmet): return .unmet(unmet)
      case .done(let found): place = found
      }
      guard let before = step.before, let box = place.box else { continue }
      switch fields.box(
        of: description, label: box, on: before, pointer: await step.device.pointerBox)
      {
      case .here(let inside):
        return .done((TextField(box: inside, display: description.display), box))
      case .hidden(let part):
        var around = label
        around.region = .rect(part)
        _ = try await run.pointing.park(awayFrom: around, in: step)
      case .absent: break
      }
    }
    return .unmet(
      Unmet(
        .pictureUnclear,
        "no box of the field \(name) is drawn beside \(run.wording.words(label)); "
          + FieldFinder.wayOut, look: step.before))
  }

  /// Clicks into a field until its keyboard is there, at rest.
  private func open(
    _ keyboard: Keyboard, of target: TextField, in step: StepState, _ run: RunContext
  ) async throws(Stop) -> Outcome<MonotonicInstant> {
    guard let hand = step.device.hand else {
      throw Stop(.rigIncomplete, "the rig has no mouse to type with")
    }
    for _ in 0..<Self.mostFieldClicks {
      guard let look = try await run.observer.freshLook(after: await run.time.now(), in: step)
      else { return .unmet(Unmet(.captureUnreachable, "no picture came")) }
      guard run.model.fits(look) else { throw Stop(.captureSize, run.model.sizeComplaint(look)) }
      if try await run.popUps.sendAway(on: look, in: step) { continue }
      if step.before == nil {
        step.before = look
        try await run.pictures.keep(look, as: .before, boxes: [target.box], in: step)
      }
      let end: MonotonicInstant
      do throws(HandError) {
        end = try await hand.click(
          at: target.box.center, inside: target.box, button: .left, count: 1,
          unlike: look.frame, by: await run.time.handDeadline()
        ).endedAt
      } catch {
        return .unmet(try Unmet(error, doing: "clicking into the field \(fieldName(in: run))"))
      }
      if let bounds = try await awaitKeyboard(keyboard, after: end, in: step, run) {
        if step.isSensitive {
          step.typedKeyboard = bounds.veiled
          run.veilFilm(in: step)
        }
        return .done(end)
      }
    }
    if let look = step.device.lastLook {
      try await run.pictures.keep(look, as: .last, boxes: [target.box], in: step)
    }
    try await run.pictures.keepReferences(of: step)
    return .unmet(
      Unmet(
        .keyboardFails, "the on-screen keyboard did not come for the field \(fieldName(in: run))"))
  }

  /// Waits for the keyboard to be there, at rest; nil when it does not come.
  private func awaitKeyboard(
    _ keyboard: Keyboard, after instant: MonotonicInstant, in step: StepState, _ run: RunContext
  ) async throws(Stop) -> PixelRect? {
    let sign = Sign(
      kind: .image(keyboard.anchor), region: run.model.images[keyboard.anchor]?.region,
      hangs: run.model.images[keyboard.anchor]?.hangs)
    let end = run.time.limited(instant.advanced(by: run.time.patient(.seconds(4))))
    var watch = Watch(after: instant, until: end)
    var last: PixelRect?
    while let glance = try await run.observer.glance(&watch, in: step) {
      guard let look = glance.look else { continue }
      let sighting = try await run.finder.search(sign, on: look, in: step)
      switch sighting.kind {
      case .here:
        let box = sighting.places.first?.box
        // Half a pixel of shift lets the place swing between two pixels.
        if let box, let last, abs(box.x - last.x) <= 1, abs(box.y - last.y) <= 1 {
          return keyboard.bounds.offset(byX: box.x, y: box.y)
        }
        last = box
        watch.hurry(from: glance.instant)
      case .absent, .ambiguous:
        last = nil
        if try await run.popUps.sendAway(on: look, in: step) { return nil }
      }
    }
    return nil
  }
}
