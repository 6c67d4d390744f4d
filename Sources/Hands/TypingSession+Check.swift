import Bench
import FrameVision
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
  mutating func check() async throws(HandError) -> TypingOutcome {
    // In a field in which nothing was typed words may stand that are no text.
    guard let field = request.field, !request.text.isEmpty else { return .unchecked }
    switch field.display {
    case .dots: return try await checkDots(in: field)
    case .text: return try await checkText(in: field)
    }
  }

  private func checkDots(in field: TextField) async throws(HandError) -> TypingOutcome {
    // A picture may be taken in the middle of a change, and many fields show the last character for a
    // while before it becomes a dot.
    var count: Int?
    var frame = try await frameToRead()
    for look in 0..<Self.mostDotLooks {
      if look > 0 {
        frame = try await pilot.freshFrame(
          after: frame.capturedAt.advanced(by: Self.lookPause), by: deadline)
      }
      count = await typist.eyes.dots(in: field.box, of: frame)
      if count == request.text.count { return .matched }
    }
    return .countDiffers(expected: request.text.count, shown: count)
  }

  /// How often a field is looked at before anything is said against what it shows, and how long after
  /// each other: a caret that blinks with half periods of half a second or less is met gone, twice.
  private static let (mostLooks, lookPause) = (5, Duration.milliseconds(230))
  /// How often dots are counted before anything is said of them: for some three seconds.
  private static let mostDotLooks = 13

  private mutating func checkText(in field: TextField) async throws(HandError) -> TypingOutcome {
    var answer = try await answer(in: field)
    if answer.verdict == .unclear, let proven = try await prove(answer.doubts, in: field) {
      answer.verdict = proven
    }
    switch answer.verdict {
    case .same: return .matched
    case .other: return .showsSomethingElse(shown: answer.read)
    case .unclear: return .unclear(read: answer.read)
    }
  }

  /// Looks at the field with the caret away, until it is sure to show a text; what it shows instead
  /// must be seen twice.
  private mutating func answer(before proof: String = "", in field: TextField)
    async throws(HandError) -> FieldTextAnswer
  {
    var looks: [(frame: Frame, answer: FieldTextAnswer)] = []
    var frame = try await frameToRead()
    // A caret may stand for a last letter that is but a bar.
    let mayEndInCaret = (request.text + proof).last.map { "1lI|i!".contains($0) } ?? true
    while true {
      let answer = await typist.eyes.answer(
        to: request.text, before: proof, in: field.box, of: frame, alphabet: alphabet)
      if answer.verdict == .same, !mayEndInCaret { return answer }
      looks.append((frame, answer))
      if looks.count == Self.mostLooks { break }
      frame = try await pilot.freshFrame(
        after: frame.capturedAt.advanced(by: Self.lookPause), by: deadline)
    }
    let calm = looks.filter { look in
      let watch = FieldWatch(field.box, of: look.frame)
      return !looks.contains { watch.hasBar(unlike: $0.frame) }
    }.map(\.answer)
    guard var answer = calm.first(where: { $0.verdict == .unclear }) ?? calm.last else {
      return FieldTextAnswer(.unclear, read: "")
    }
    let verdicts = Set(calm.map(\.verdict))
    if verdicts == [.other] {
      answer.verdict = calm.count > 1 ? .other : .unclear
    } else if verdicts.contains(.same), !verdicts.contains(.other) {
      answer.verdict = .same
    } else {
      answer.verdict = .unclear
    }
    return answer
  }

  /// The most characters that are typed to tell others by.
  private static let longestProof = 6

  /// Types characters that nobody can tell from each other behind the text, looks at the text beside
  /// them, and removes them: in one line and one font, keys that type different characters show it.
  ///
  /// - Returns: what the text is seen to be then; nil where they can't be typed, or not be removed.
  private mutating func prove(_ doubts: [FieldTextAnswer.Doubt], in field: TextField)
    async throws(HandError) -> FieldTextAnswer.Verdict?
  {
    var proof = ""
    for character in doubts.flatMap({ [$0.wanted, $0.rival] })
    where !proof.contains(character) && typist.canType(String(character)) {
      proof.append(character)
    }
    proof = String(proof.prefix(Self.longestProof))
    guard proof.count > 1, !isDeaf else { return nil }
    let watch = FieldWatch(field.box, of: try await frameToRead())
    var (typed, verdict) = (0, FieldTextAnswer.Verdict?.none)
    for character in proof {
      guard try await type(character) else { break }
      typed += 1
    }
    if typed == proof.count {
      verdict = try await answer(before: proof, in: field).verdict
    }
    // A field that is full takes no more; that says nothing of its keys.
    isDeaf = false
    guard try await remove(typed) else { return nil }
    let isBack = try await watch.change(in: frameToRead(), ignoring: lastCovered) != .clear
    return isBack ? verdict : nil
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
