import Frames

/// What the shapes of a phrase's letters say where readings can't be trusted: recognisers know
/// letters by themselves, and which of two that look alike stands there, size alone tells.
struct LetterShapes {
  private let letters: LetterReading
  /// A box a letter of the phrase, from left to right.
  private let boxes: [PixelRect]
  private let phrase: [Character]

  /// Takes the letters of a part of a line; nil where there are more or fewer than the phrase has.
  ///
  /// - Parameters:
  ///   - line: the line's picture, dark on white.
  ///   - part: where the phrase stands in it.
  ///   - phrase: its characters, in lower case and without spaces.
  init?(_ line: Plane, in part: PixelRect, phrase: [Character]) {
    guard let found = LetterReading.letters(phrase.count, in: part, of: line) else { return nil }
    (letters, boxes, self.phrase) = (found.reading, found.boxes, phrase)
  }

  /// What shapes tell.
  enum Answer {
    /// The letter is the phrase's.
    case same
    /// It is another.
    case other
    /// It is a bar, which is more than one letter in fonts without serifs.
    case bar
  }

  /// Characters that are, or are taken for, upright bars.
  private static let barLike: Set<Character> = ["1", "i", "l", "|", "!", "]", "["]

  /// What the shape tells of a letter that was read as another one; nil where it tells nothing.
  func answer(at index: Int, read: Character) -> Answer? {
    let wanted = phrase[index]
    guard wanted != read, Self.barLike.contains(wanted), Self.barLike.contains(read) else {
      return nil
    }
    let isBar = letters.isBar(boxes[index])
    if wanted == "1" { return isBar ? .other : .same }
    return isBar ? .bar : nil
  }

  /// Letters as wide as small ones are, and digits.
  private static let measures = Set("acenosuvxz")
  private static let digits = Set("23456789")
  /// How wide the letter is at least, and the digit at most, in widths of those.
  private static let (letterO, digitZero) = (1.23, 1.17)

  /// Whether some of the phrase's zeros and capital letters `O` have the widths of such; nil where
  /// nothing tells. A zero is about as wide as other digits and small letters are, but in fonts in
  /// which all are as wide.
  func areRoundsRight(at rounds: [Int]) -> Bool? {
    let tallest = boxes.map(\.height).max() ?? 0
    func isTall(_ at: Int) -> Bool { 20 * boxes[at].height >= 17 * tallest }
    // Beside what is taller, what is round is the small letter, but for digits of old style.
    if !rounds.contains(where: isTall) {
      return rounds.allSatisfy { phrase[$0] == "o" } ? true : nil
    }
    if isMonospaced { return nil }
    let widths = phrase.indices.filter {
      Self.digits.contains(phrase[$0]) || Self.measures.contains(phrase[$0]) && !isTall($0)
    }.map { boxes[$0].width }.sorted()
    if widths.isEmpty { return nil }
    let usual = Double(widths[widths.count / 2])
    let answers = rounds.filter(isTall).map { at -> Bool? in
      let share = Double(boxes[at].width) / usual
      if share > Self.digitZero && share < Self.letterO { return nil }
      return (share <= Self.digitZero) == (phrase[at] == "0")
    }
    if answers.contains(false) { return false }
    return answers.contains(nil) || answers.count < rounds.count ? nil : true
  }

  /// Whether letters stand as far apart as in fonts in which all are as wide.
  private var isMonospaced: Bool {
    let middles = boxes.map { Double(2 * $0.x + $0.width) / 2 }
    let steps = zip(middles.dropFirst(), middles).map { $0 - $1 }
    if steps.count < 2 { return true }
    let usual = steps.sorted()[steps.count / 2]
    return steps.allSatisfy { abs($0 / usual - ($0 / usual).rounded()) < 0.12 }
  }

  /// Whether each of some letters, read for itself, is the phrase's.
  func readAlone(
    _ exchanges: [(at: Int, wanted: Character, read: Character)], by recognizer: TextRecognizer
  ) -> Bool {
    exchanges.allSatisfy {
      letters.character(at: boxes[$0.at], of: [$0.wanted, $0.read], by: recognizer) == $0.wanted
    }
  }
}
