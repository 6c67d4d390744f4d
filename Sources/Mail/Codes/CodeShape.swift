public import Patterns

/// What secure codes look like, and what they are called.
public struct CodeShape: Sendable {
  /// Characters; nil where the pattern alone tells.
  public var length: Int?
  /// The characters that may occur; empty where the pattern alone tells.
  public var alphabet: Set<Character>
  /// What a whole code fits, beside length and alphabet.
  public var pattern: Pattern?
  /// What the mail calls a code, such as `verification number`; the usual words of many languages
  /// where it is empty.
  public var words: [String]

  /// Creates a shape.
  public init(
    length: Int?, alphabet: Set<Character> = [], pattern: Pattern? = nil, words: [String] = []
  ) {
    self.length = length
    self.alphabet = alphabet
    self.pattern = pattern
    self.words = words
  }

  /// Whether a word may be a code.
  ///
  /// - Throws: when the pattern asks for more than it may.
  func fits(_ word: some Collection<Character>) throws(PatternMatchError) -> Bool {
    if let length, word.count != length { return false }
    if !alphabet.isEmpty, !word.allSatisfy({ alphabet.contains($0) }) { return false }
    guard let pattern else { return !word.isEmpty }
    return try pattern.match(String(word), fit: .whole) != nil
  }

  /// Whether a character may be in a code, as far as that is known.
  func mayHold(_ character: Character) -> Bool {
    alphabet.isEmpty
      ? character.isASCII && (character.isLetter || character.isNumber)
      : alphabet.contains(character)
  }

  /// Whether codes may have letters, so that words of a language may look like one.
  var mayHaveLetters: Bool { alphabet.isEmpty || alphabet.contains { $0.isLowercase } }
}
