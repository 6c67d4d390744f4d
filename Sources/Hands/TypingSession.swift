import Bench
import Frames
import RecorderModel

/// One use of a keyboard: where it is, which page is up, what was pressed.
struct TypingSession {
  let typist: KeyboardTypist
  let request: TypingRequest
  let deadline: MonotonicInstant
  let anchor: PixelPoint
  let framesBefore: Int
  /// The picture in which the keyboard was found, before the pointer set out for its keys: what
  /// looks like the pointer among them stands in it, too.
  let opening: Frame

  var page: String
  var keysPressed = 0
  var repeatedKeys = 0
  var pressesBeside = 0
  var corrections = 0
  /// The last picture seen, with the pointer off the field.
  var lastFrame: Frame?
  /// What the pointer covered in it.
  var lastCovered: [PixelRect] = []
  /// Whether a key had no effect however often it was pressed: something takes the clicks.
  var isDeaf = false

  var pilot: MousePilot { typist.pilot }
  var route: KeyRoute { KeyRoute(keyboard: typist.keyboard) }
  var keyboardBox: PixelRect {
    typist.keyboard.bounds.offset(byX: anchor.x, y: anchor.y)
  }

  /// Finds the keyboard, at rest, and the page that is up: the given one, or the first, where no
  /// image tells.
  static func open(
    typist: KeyboardTypist, request: TypingRequest, page: String? = nil,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> TypingSession {
    let before = await typist.pilot.framesSeen
    let limit = await min(deadline, typist.clock.now().advanced(by: typist.timing.keyboard))
    var last: PixelPoint?
    var after: MonotonicInstant?
    while true {
      let frame: Frame
      do throws(HandError) {
        frame = try await typist.pilot.freshFrame(after: after, by: limit)
      } catch .outOfTime {
        throw .keyboardNotSeen
      }
      let ignored = await typist.pilot.covered
      let anchor = await typist.eyes.anchor(in: frame, ignoring: ignored)
      // Half a pixel of shift lets the place swing between two pixels.
      if let anchor, let last, abs(anchor.x - last.x) <= 1, abs(anchor.y - last.y) <= 1 {
        var session = TypingSession(
          typist: typist, request: request, deadline: deadline, anchor: anchor,
          framesBefore: before, opening: frame,
          page: page ?? typist.keyboard.pages.first?.name ?? "")
        await session.recognisePage(in: frame, ignoring: ignored)
        return session
      }
      last = anchor
      after = frame.capturedAt.advanced(by: .milliseconds(60))
    }
  }

  private init(
    typist: KeyboardTypist, request: TypingRequest, deadline: MonotonicInstant,
    anchor: PixelPoint, framesBefore: Int, opening: Frame, page: String
  ) {
    self.typist = typist
    self.request = request
    self.deadline = deadline
    self.anchor = anchor
    self.framesBefore = framesBefore
    self.opening = opening
    self.page = page
  }

  /// Takes the page whose image is seen, if there is one.
  private mutating func recognisePage(in frame: Frame, ignoring ignored: [PixelRect]) async {
    for candidate in typist.keyboard.pages
    where await typist.eyes.shows(
      page: candidate.name, in: frame, keyboard: keyboardBox, ignoring: ignored) == true
    {
      page = candidate.name
      return
    }
  }

  // MARK: - The whole of it

  /// Empties the field, types, checks, corrects.
  mutating func run() async throws(HandError) -> TypingResult {
    try await returnToFirstPage()
    try await approachFirstKey()
    try await emptyField()
    try await type(request.text[...])
    var outcome = try await check()
    while outcome != .matched, outcome != .unchecked, !isDeaf,
      corrections < typist.timing.corrections
    {
      corrections += 1
      try await correct(outcome)
      let previous = outcome
      outcome = try await check()
      // The same reading after typing anew: the keys or the reading are at fault, not a press.
      if outcome == previous, corrections >= 2 { break }
      if outcome.isUnclear, previous.isUnclear { break }
    }
    return TypingResult(
      outcome: withoutSecret(outcome), keysPressed: keysPressed, repeatedKeys: repeatedKeys,
      pressesBeside: pressesBeside, corrections: corrections,
      frames: await pilot.framesSeen - framesBefore)
  }

  mutating func pressEnter() async throws(HandError) -> ClickRecord {
    guard let presses = route.presses(from: page, to: { $0 == .enter }), let last = presses.last
    else { throw .characterNotOnKeyboard }
    for press in presses.dropLast() { try await turn(press) }
    return try await click(last.key)
  }

  private func withoutSecret(_ outcome: TypingOutcome) -> TypingOutcome {
    switch outcome {
    case .showsSomethingElse where request.isSecret: .showsSomethingElse(shown: nil)
    case .unclear where request.isSecret: .unclear(read: nil)
    default: outcome
    }
  }

  /// Goes back to the keyboard's first page where another one was left up: it may be up for one key
  /// only, which nothing shows.
  private mutating func returnToFirstPage() async throws(HandError) {
    guard let first = typist.keyboard.pages.first?.name, page != first,
      let key = typist.keyboard.page(page)?.keys.first(where: { $0.role == .page(first) })
    else { return }
    try await turn(KeyRoute.Press(key: key, page: first, returnsTo: nil))
  }

  /// Takes the page that is up, where the last picture shows another one than it should.
  private mutating func confirmPage() async throws(HandError) {
    guard let lastFrame, await shows(page, in: lastFrame) == false else { return }
    let frame = try await look(after: nil)
    await recognisePage(in: frame, ignoring: lastCovered)
  }

  /// Moves onto the first key that will be pressed, so that the field is seen without the pointer.
  private mutating func approachFirstKey() async throws(HandError) {
    let wanted = request.text.first
    let first = wanted.flatMap { character in
      route.presses(from: page) { $0 == .character(character) }?.first
    }
    if let first {
      let box = place(of: first.key)
      try await pilot.move(to: box.center, inside: box, unlike: opening, by: deadline)
    } else if let field = request.field {
      try await pilot.park(awayFrom: [field.box], by: deadline)
    }
    _ = try await look(after: nil)
  }

  /// Types characters, each seen to have an effect before the next.
  mutating func type(_ text: Substring) async throws(HandError) {
    for character in text {
      guard try await type(character) else { return }
    }
  }

  /// Types a character; what a press beside its key has typed is removed, and it is typed anew:
  /// dots would not tell one character from another.
  ///
  /// - Returns: whether it was typed.
  mutating func type(_ character: Character) async throws(HandError) -> Bool {
    for attempt in 1...Self.mostPressesBeside {
      try await confirmPage()
      guard let presses = route.presses(from: page, to: { $0 == .character(character) }),
        let last = presses.last
      else { throw .characterNotOnKeyboard }
      for press in presses.dropLast() { try await turn(press) }
      switch try await pressWithEffect(last) {
      case .seen: return true
      case .none: return false
      case .beside(let hasTyped):
        // Again and again: it is rather the sight of the pointer that is wrong.
        if attempt == Self.mostPressesBeside { return hasTyped }
        if let lastFrame { await recognisePage(in: lastFrame, ignoring: lastCovered) }
        if hasTyped, try await !remove(1) { return false }
      }
    }
    return false
  }

  /// How often a character is tried when the pointer is seen beside its key.
  private static let mostPressesBeside = 3

  // MARK: - Keys

  func place(of key: Key) -> PixelRect { key.box.offset(byX: anchor.x, y: anchor.y) }

  @discardableResult
  private mutating func click(_ key: Key) async throws(HandError) -> ClickRecord {
    let box = place(of: key)
    keysPressed += 1
    return try await pilot.click(
      at: box.center, inside: box, unlike: lastFrame ?? opening, by: deadline)
  }

  /// What a press of a key that changes the field did.
  enum PressEffect: Equatable {
    /// The field changed.
    case seen
    /// Nothing, however often it was pressed.
    case none
    /// The pointer is seen beside the key: another key may have been pressed, and whether the field
    /// changed.
    case beside(hasTyped: Bool)
  }

  /// Presses a key that changes the field, again if it had no effect.
  mutating func pressWithEffect(_ press: KeyRoute.Press) async throws(HandError) -> PressEffect {
    guard let field = request.field else {
      try await click(press.key)
      try await settle(on: press)
      return .seen
    }
    let watch = FieldWatch(field.box, of: try await frameToCompare())
    for attempt in 0..<max(1, typist.timing.presses) {
      if attempt > 0 { repeatedKeys += 1 }
      let record = try await click(press.key)
      let isEffective = try await isEffective(on: watch, since: record.endedAt)
      if let lastFrame, let seen = await pilot.standing(in: lastFrame, near: record.point),
        !place(of: press.key).contains(seen)
      {
        pressesBeside += 1
        await pilot.correct(seen)
        return .beside(hasTyped: isEffective)
      }
      if isEffective {
        try await settle(on: press)
        return .seen
      }
    }
    isDeaf = true
    return .none
  }

  /// Whether the field changes in time.
  private mutating func isEffective(on watch: FieldWatch, since start: MonotonicInstant)
    async throws(HandError) -> Bool
  {
    let limit = start.advanced(by: typist.timing.effect)
    // What shows the effect need not be as late as what would rule it out.
    var frame = try await look(at: start.advanced(by: await pilot.soon))
    var narrow = 0
    while true {
      switch watch.change(in: frame, ignoring: lastCovered) {
      case .clear:
        return true
      case .narrow:
        narrow += 1
        if narrow >= 4 { return true }
      case .none:
        narrow = 0
      }
      if frame.capturedAt >= limit && narrow == 0 { return false }
      // A caret blinks with half periods of half a second or less: three more looks meet it gone.
      frame = try await look(
        after: frame.capturedAt.advanced(by: .milliseconds(narrow > 0 ? 230 : 90)))
    }
  }

  /// Waits for the page that follows a key.
  private mutating func settle(on press: KeyRoute.Press) async throws(HandError) {
    guard press.page != page else { return }
    page = press.page
    if let lastFrame, await shows(press.page, in: lastFrame) != false { return }
    _ = try await pageComes(press.page, before: nil)
  }

  private func shows(_ page: String, in frame: Frame) async -> Bool? {
    await typist.eyes.shows(
      page: page, in: frame, keyboard: keyboardBox, ignoring: await pilot.covered)
  }

  /// Presses a key that brings another page, and sees it come.
  private mutating func turn(_ press: KeyRoute.Press) async throws(HandError) {
    let before = try await frameToCompare()
    // Where pages have images the picture before is not needed.
    let hasImages = await shows(press.page, in: before) != nil
    let watch = hasImages ? nil : FieldWatch(keyboardBox, of: before)
    for attempt in 0..<max(1, typist.timing.presses) {
      if attempt > 0 { repeatedKeys += 1 }
      try await click(press.key)
      if try await pageComes(press.page, before: watch) {
        page = press.page
        return
      }
    }
    throw .pageNotShown(page: press.page)
  }

  /// The last picture, or a new one.
  private mutating func frameToCompare() async throws(HandError) -> Frame {
    if let lastFrame { return lastFrame }
    return try await look(after: nil)
  }

  /// A new picture that surely shows what the last report did, kept to compare later ones with.
  private mutating func look(after instant: MonotonicInstant?) async throws(HandError) -> Frame {
    await taken(try await pilot.freshFrame(after: instant, by: deadline))
  }

  /// A picture from an instant on that need not show yet what the last report did, kept likewise.
  private mutating func look(at instant: MonotonicInstant) async throws(HandError) -> Frame {
    await taken(try await pilot.picture(after: instant, by: deadline))
  }

  private mutating func taken(_ frame: Frame) async -> Frame {
    lastFrame = frame
    lastCovered = await pilot.covered
    return frame
  }

  /// Whether a page comes up in time: by its image, or by the keyboard having changed.
  private mutating func pageComes(_ page: String, before: FieldWatch?) async throws(HandError)
    -> Bool
  {
    let limit = await typist.clock.now().advanced(by: typist.timing.page)
    let coveredBefore = lastCovered
    var after: MonotonicInstant?
    while true {
      let frame = try await look(after: after)
      if let isShown = await shows(page, in: frame) {
        if isShown { return true }
      } else if let before {
        // Pages differ in many keys; a pressed key alone changes less.
        if before.share(in: frame, ignoring: coveredBefore + lastCovered) > 0.004 { return true }
      } else {
        return true
      }
      if frame.capturedAt >= limit { return false }
      after = frame.capturedAt.advanced(by: .milliseconds(60))
    }
  }
}

extension TypingOutcome {
  /// Whether nobody can tell what the field shows.
  fileprivate var isUnclear: Bool {
    if case .unclear = self { true } else { false }
  }
}
