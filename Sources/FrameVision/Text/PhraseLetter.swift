/// A character of a phrase, or of what was read, with what slips at it cost.
///
/// All that a comparison asks is looked up once a character, and not once for each pair of them.
struct PhraseLetter: Sendable {
  /// The character, in lower case.
  let character: Character
  /// What prices depend on.
  let traits: Traits

  /// What is asked of each pair of characters, in plain numbers: to copy a character takes longer than
  /// to compare two.
  struct Traits: Sendable {
    /// The character's code where it is one of ASCII, by which most are told apart.
    fileprivate let code: UInt8?
    fileprivate let isNumber: Bool
    fileprivate let isLetter: Bool
    /// The strong and the weak confusion classes that it belongs to, a bit each.
    fileprivate let strongConfusions: UInt32
    fileprivate let weakConfusions: UInt32
    /// The two letters that run together into this one.
    fileprivate let pair: (UInt8, UInt8)?
    /// The price of leaving it out, or of reading it where nothing is.
    let omission: Double
  }

  private var isSpace: Bool { character.isWhitespace }

  /// The price of another letter.
  static let letter = 1.1
  /// Prices of another digit, of a digit for a letter, of one that is strongly or weakly confused
  /// with it, a mark or speck, a ligature, and of letters that are none.
  fileprivate static let (digit, kind, strongConfusion, weakConfusion) = (3.0, 2.0, 0.2, 0.45)
  fileprivate static let (speck, ligature, noLigature) = (0.2, 0.3, 9.0)

  /// Characters that one can hardly tell apart in some font.
  private static let strongConfusionClasses: [Set<Character>] = [
    ["0", "o"], ["1", "l", "i", "|", "!", "]", "["], ["5", "s"], ["8", "b"], ["2", "z"],
    [".", ",", "·"], [":", ";"], ["'", "`", "’", "‘"], ["-", "–", "—", "_", "~"],
    ["\"", "“", "”"],
  ]
  /// Letters that poor pictures make alike.
  private static let weakConfusionClasses: [Set<Character>] = [
    ["c", "e"], ["f", "t", "l"], ["u", "v", "y"], ["g", "q", "9"], ["0", "o", "d", "q"],
    ["6", "b"], ["n", "h"], ["i", "j", "l"], ["4", "a"],
  ]
  /// Pairs of letters that run together into one.
  private static let ligatures: [Character: (Character, Character)] = [
    "m": ("r", "n"), "w": ("v", "v"), "d": ("c", "l"), "u": ("i", "i"), "h": ("l", "i"),
  ]

  /// The characters of ASCII, by their codes.
  private static let table: [PhraseLetter] = (0..<128).map {
    PhraseLetter(Character(UnicodeScalar($0)))
  }

  private init(_ character: Character) {
    self.character = character
    func bits(_ sets: [Set<Character>]) -> UInt32 {
      sets.indices.reduce(0) { $0 | (sets[$1].contains(character) ? 1 << UInt32($1) : 0) }
    }
    let isNumber = character.isNumber
    traits = Traits(
      code: character.unicodeScalars.count == 1 ? character.asciiValue : nil, isNumber: isNumber,
      isLetter: character.isLetter, strongConfusions: bits(Self.strongConfusionClasses),
      weakConfusions: bits(Self.weakConfusionClasses),
      pair: Self.ligatures[character].flatMap { first, second in
        first.asciiValue.flatMap { first in second.asciiValue.map { (first, $0) } }
      },
      omission: isNumber ? Self.digit : character.isLetter ? Self.letter : Self.speck)
  }

  /// The characters of a text that count, in lower case.
  static func folded(_ text: String) -> [PhraseLetter] {
    let lower = text.lowercased()
    if lower.utf8.allSatisfy({ $0 < 128 }) {
      return lower.utf8.lazy.map { table[Int($0)] }.filter { !$0.isSpace }
    }
    return lower.map { PhraseLetter($0) }.filter { !$0.isSpace }
  }

  /// What is forgiven of characters that look alike.
  enum Tolerance {
    /// All that some recogniser confuses in some font.
    case lookalikes
    /// Nothing but case, spaces and marks.
    case none
  }

  /// The price of reading another character for this one.
  func exchange(for other: PhraseLetter, forgiving tolerance: Tolerance) -> Double {
    traits.exchange(for: other.traits, forgiving: tolerance) { character == other.character }
  }
}

extension PhraseLetter.Traits {
  /// The price of reading another character for this one; whether both are one is asked only where
  /// their codes don't tell.
  func exchange(
    for other: Self, forgiving tolerance: PhraseLetter.Tolerance, areSame: () -> Bool
  ) -> Double {
    let isSame = code == nil && other.code == nil ? areSame() : code == other.code
    if isSame { return 0 }
    if isNumber && other.isNumber { return PhraseLetter.digit }
    let isWord = isLetter || isNumber || other.isLetter || other.isNumber
    if tolerance == .none && isWord {
      return isNumber || other.isNumber ? PhraseLetter.kind : PhraseLetter.letter
    }
    if strongConfusions & other.strongConfusions != 0 { return PhraseLetter.strongConfusion }
    if weakConfusions & other.weakConfusions != 0 { return PhraseLetter.weakConfusion }
    return isNumber || other.isNumber ? PhraseLetter.kind : PhraseLetter.letter
  }

  /// The price of taking two characters for this one, or this one for the two.
  func fusion(of first: Self, _ second: Self, forgiving tolerance: PhraseLetter.Tolerance)
    -> Double
  {
    guard tolerance == .lookalikes, let pair, first.code == pair.0, second.code == pair.1 else {
      return PhraseLetter.noLigature
    }
    return PhraseLetter.ligature
  }
}
