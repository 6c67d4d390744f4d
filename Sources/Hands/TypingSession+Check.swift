import Bench
import Frames
import RecorderModel

/// Emptying the field, reading it, correcting it.
extension TypingSession {
  /// What a field shows: dots counted or text read.
  private enum Shown: Equatable {
    case dots(Int?)
    case text(String)

    /// How many characters; nil where it could not be told.
    var count: Int? {
      switch self {
      case .dots(let count): count
      case .text(let text): text.count
      }
    }
  }

  private var alphabet: String {
    if let alphabet = request.alphabet { return alphabet }
    var characters: [Character] = []
    for page in typist.keyboard.pages {
      for key in page.keys {
        if case .character(let character) = key.role, !characters.contains(character) {
          characters.append(character)
        }
      }
    }
    return String(characters.filter { $0 != " " })
  }

  private func shown(in field: TextField, of frame: Frame) async -> Shown {
    switch field.display {
    case .dots: .dots(await typist.eyes.dots(in: field.box, of: frame))
    case .text:
      .text(
        await typist.eyes.text(in: field.box, of: frame, alphabet: alphabet)
          .filter { !$0.isWhitespace })
    }
  }

  private func frameToRead() async throws(HandError) -> Frame {
    if let lastFrame { return lastFrame }
    return try await pilot.freshFrame(after: nil, by: deadline)
  }

  /// Compares what the field shows with what was to be typed.
  func check() async throws(HandError) -> TypingOutcome {
    guard let field = request.field else { return .unchecked }
    let wanted = request.text.filter { !$0.isWhitespace }
    var outcome = TypingOutcome.unchecked
    // A picture may be taken in the middle of a change: a second one must say the same.
    for attempt in 0..<2 {
      let frame =
        attempt == 0
        ? try await frameToRead() : try await pilot.freshFrame(after: nil, by: deadline)
      switch await shown(in: field, of: frame) {
      case .dots(let count):
        outcome =
          count == request.text.count
          ? .matched : .countDiffers(expected: request.text.count, shown: count)
      case .text(let text):
        outcome =
          ReadBack.shows(text, typed: wanted) ? .matched : .showsSomethingElse(shown: text)
      }
      if outcome == .matched { return outcome }
    }
    return outcome
  }

  /// Empties the field if it shows anything. A field that shows the same whatever is removed
  /// shows a hint, not a text.
  mutating func emptyField() async throws(HandError) {
    guard let field = request.field else { return }
    let frame = try await frameToRead()
    let shown = await shown(in: field, of: frame)
    guard shown.count != 0 else { return }
    if let presses = route.presses(from: page, to: { $0 == .clear }), presses.count == 1 {
      _ = try await pressWithEffect(presses[0])
    } else {
      // A reading may have missed some: there are more to remove than it says.
      try await remove(max(shown.count ?? 64, request.text.count) + 2)
    }
    // What can't be removed is a hint and goes away by itself.
    isDeaf = false
  }

  /// Presses backspace a number of times, or until it has no effect.
  ///
  /// - Returns: whether it had an effect each time.
  @discardableResult
  mutating func remove(_ count: Int) async throws(HandError) -> Bool {
    guard let presses = route.presses(from: page, to: { $0 == .backspace }), presses.count == 1
    else { return false }
    for _ in 0..<count {
      if try await pressWithEffect(presses[0]) == .none { return false }
    }
    return true
  }

  /// Removes what is wrong and types it anew: from the first difference on where each character
  /// shown stands for one typed, all of it otherwise.
  mutating func correct(_ outcome: TypingOutcome) async throws(HandError) {
    if case .showsSomethingElse(let shown?) = outcome, shown.count == request.text.count,
      !request.text.contains(where: \.isWhitespace)
    {
      let common = zip(shown, request.text).prefix { $0 == $1 }.count
      try await remove(shown.count - common)
      try await type(request.text.dropFirst(common))
    } else {
      try await emptyField()
      try await type(request.text[...])
    }
  }
}
