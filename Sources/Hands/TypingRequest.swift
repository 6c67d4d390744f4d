public import RecorderModel

/// What to type and where it shows.
public struct TypingRequest: Sendable {
  /// The characters.
  public var text: String
  /// The field that shows them; without one nothing is checked but that keys are pressed.
  public var field: TextField?
  /// The characters that the field can hold; nil means all on the keyboard. Reading is surer with
  /// fewer.
  public var alphabet: String?
  /// Whether the text is to be kept out of results.
  public var isSecret: Bool

  /// Creates a request.
  public init(text: String, field: TextField?, alphabet: String? = nil, isSecret: Bool) {
    self.text = text
    self.field = field
    self.alphabet = alphabet
    self.isSecret = isSecret
  }
}

/// What a field showed after typing and correcting.
public enum TypingOutcome: Sendable, Hashable {
  /// What was to be typed (for a field of dots: as many dots).
  case matched
  /// Something else; what, unless it is secret.
  case showsSomethingElse(shown: String?)
  /// Nobody can tell whether what was to be typed or something else; what was read, unless it is
  /// secret.
  case unclear(read: String?)
  /// Another number of characters; nil where it could not be told.
  case countDiffers(expected: Int, shown: Int?)
  /// No field was given: every key was pressed, nothing was read.
  case unchecked
}

/// What came of typing.
public struct TypingResult: Sendable, Hashable {
  /// What the field showed in the end.
  public var outcome: TypingOutcome
  /// Keys pressed, page keys and corrections included.
  public var keysPressed: Int
  /// Keys pressed again since the first press had no effect.
  public var repeatedKeys: Int
  /// Presses after which the pointer was seen beside the key; what they typed was removed.
  public var pressesBeside: Int
  /// Times that something wrong was removed and typed anew.
  public var corrections: Int
  /// Frames looked at, the mouse pilot's included.
  public var frames: Int

  /// Whether the field showed what it should.
  public var isAsMeant: Bool { outcome == .matched || outcome == .unchecked }
}
