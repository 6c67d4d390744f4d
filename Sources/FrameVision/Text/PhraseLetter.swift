/// A character of a phrase, or of what was read, with what slips at it cost.
///
/// All that a comparison asks is looked up once a character, and not once for each pair of them.
struct PhraseLetter: Sendable {
  /// The character, in lower case.
  let character: Character
  /// The character's code where it is one of ASCII, by which most are told apart.
  private let code: UInt8?
  private let isNumber: Bool
  private let isSpace: Bool
  private let isLetter: Bool
  /// The strong and the weak confusion classes that it belongs to, a bit each.
  private let strongConfusions: UInt32
  private let weakConfusions: UInt32
  /// The two letters that run together into this one.
  private let pair: (UInt8, UInt8)?
  /// The price of leaving it out, or of reading it where nothing is.
  let omission: Double

  /// The price of another letter.
  static let letter = 1.1
  /// Prices of another digit, of a digit for a letter, of one that is strongly or weakly confused
  /// with it, a mark or speck, a ligature, and of letters that are none.
  private static let (digit, kind, strongConfusion, weakConfusion) = (3.0, 2.0, 0.2, 0.45)
  private static let (speck, ligature, noLigature) = (0.2, 0.3, 9.0)

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
    code = character.unicodeScalars.count == 1 ? character.asciiValue : nil
    isNumber = character.isNumber
    isSpace = character.isWhitespace
    isLetter = character.isLetter
    func bits(_ sets: [Set<Character>]) -> UInt32 {
      sets.indices.reduce(0) { $0 | (sets[$1].contains(character) ? 1 << UInt32($1) : 0) }
    }
    strongConfusions = bits(Self.strongConfusionClasses)
    weakConfusions = bits(Self.weakConfusionClasses)
    pair = Self.ligatures[character].flatMap { first, second in
      first.asciiValue.flatMap { first in second.asciiValue.map { (first, $0) } }
    }
    omission = isNumber ? Self.digit : character.isLetter ? Self.letter : Self.speck
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
    if isSame(as: other) { return 0 }
    if isNumber && other.isNumber { return Self.digit }
    let isWord = isLetter || isNumber || other.isLetter || other.isNumber
    if tolerance == .none && isWord {
      return isNumber || other.isNumber ? Self.kind : Self.letter
    }
    if strongConfusions & other.strongConfusions != 0 { return Self.strongConfusion }
    if weakConfusions & other.weakConfusions != 0 { return Self.weakConfusion }
    return isNumber || other.isNumber ? Self.kind : Self.letter
  }

  /// The price of taking two characters for this one, or this one for the two.
  func fusion(of first: PhraseLetter, _ second: PhraseLetter, forgiving tolerance: Tolerance)
    -> Double
  {
    guard tolerance == .lookalikes, let pair, first.code == pair.0, second.code == pair.1 else {
      return Self.noLigature
    }
    return Self.ligature
  }

  private func isSame(as other: PhraseLetter) -> Bool {
    if code != nil || other.code != nil { return code == other.code }
    return character == other.character
  }
}
