import Frames

/// Says how close read words are to a phrase, forgiving what recognisers confuse.
///
/// The measure is an edit distance with a price for each slip: next to nothing for characters that
/// look alike, more for letters that resemble each other, too much for another letter, and far too
/// much for another digit. Case and spaces cost nothing.
struct PhraseMatcher: Sendable {
  /// The likeness from which read text is the phrase.
  static let limit = 0.8

  private let phrase: [Character]
  /// The distance that is just forgiven.
  private let allowance: Double

  init(_ phrase: String) {
    self.phrase = Self.folded(phrase)
    switch self.phrase.count {
    case ...4: allowance = 0.3
    case ...7: allowance = 0.6
    default: allowance = 1
    }
  }

  /// How many characters count.
  var length: Int { phrase.count }

  /// How close text is: 1 for the same, ``limit`` at what is just forgiven, 0 for nothing alike.
  func likeness(of text: String) -> Double {
    max(0, 1 - (1 - Self.limit) * distance(to: Self.folded(text)) / allowance)
  }

  /// Whether a likeness is that of the phrase with one letter misread, beyond what is forgiven.
  func isNearMiss(_ likeness: Double) -> Bool {
    let distance = (1 - likeness) * allowance / (1 - Self.limit)
    return likeness > 0 && likeness < Self.limit && distance <= allowance + Self.letter
  }

  /// The stretches of words of a line that come closest, best first, none sharing a word.
  func matches(in line: TextLine) -> [TextMatch] {
    if phrase.isEmpty { return [] }
    var found: [(words: Range<Int>, match: TextMatch)] = []
    for first in line.words.indices {
      var heard = ""
      for last in first..<line.words.count {
        heard += (last == first ? "" : " ") + line.words[last].text
        if heard.count > phrase.count * 2 + 4 { break }
        let likeness = likeness(of: heard)
        if likeness > 0 {
          let box = TextLine(words: Array(line.words[first...last])).box
          found.append(
            (first..<(last + 1), TextMatch(box: box, heard: heard, likeness: likeness)))
        }
      }
    }
    var kept: [(words: Range<Int>, match: TextMatch)] = []
    for candidate in found.sorted(by: { $0.match.likeness > $1.match.likeness })
    where !kept.contains(where: { $0.words.overlaps(candidate.words) }) {
      kept.append(candidate)
    }
    return kept.map(\.match)
  }

  private static func folded(_ text: String) -> [Character] {
    text.lowercased().filter { !$0.isWhitespace }
  }

  // MARK: What a slip costs

  /// The price of another letter.
  private static let letter = 1.1

  /// Characters that one can hardly tell apart in some font.
  private static let twins: [Set<Character>] = [
    ["0", "o"], ["1", "l", "i", "|", "!", "]", "["], ["5", "s"], ["8", "b"], ["2", "z"],
    [".", ",", "·"], [":", ";"], ["'", "`", "’", "‘"], ["-", "–", "—", "_", "~"],
    ["\"", "“", "”"],
  ]
  /// Letters that poor pictures make alike.
  private static let cousins: [Set<Character>] = [
    ["c", "e"], ["f", "t", "l"], ["u", "v", "y"], ["g", "q", "9"], ["0", "o", "d", "q"],
    ["6", "b"], ["n", "h"], ["i", "j", "l"], ["4", "a"],
  ]
  /// Pairs of letters that run together into one.
  private static let ligatures: [(pair: (Character, Character), one: Character)] = [
    (("r", "n"), "m"), (("v", "v"), "w"), (("c", "l"), "d"), (("i", "i"), "u"), (("l", "i"), "h"),
  ]

  private static func exchange(_ a: Character, _ b: Character) -> Double {
    if a == b { return 0 }
    if a.isNumber && b.isNumber { return 3 }
    if twins.contains(where: { $0.contains(a) && $0.contains(b) }) { return 0.2 }
    if cousins.contains(where: { $0.contains(a) && $0.contains(b) }) { return 0.45 }
    return a.isNumber || b.isNumber ? 2 : letter
  }

  private static func omission(_ character: Character) -> Double {
    if character.isNumber { return 3 }
    return character.isLetter ? letter : 0.2
  }

  private static func fusion(_ a: Character, _ b: Character, _ one: Character) -> Double {
    ligatures.contains { $0.pair == (a, b) && $0.one == one } ? 0.3 : 9
  }

  /// The least price of turning the phrase into what was read.
  private func distance(to read: [Character]) -> Double {
    let columns = read.count + 1
    var costs = [Double](repeating: 0, count: (phrase.count + 1) * columns)
    for at in 1..<columns { costs[at] = costs[at - 1] + Self.omission(read[at - 1]) }
    for row in 1...max(1, phrase.count) where row <= phrase.count {
      let x = phrase[row - 1]
      costs[row * columns] = costs[(row - 1) * columns] + Self.omission(x)
      for column in 1..<columns {
        let y = read[column - 1]
        let at = row * columns + column
        var best = min(
          costs[at - columns - 1] + Self.exchange(x, y), costs[at - columns] + Self.omission(x),
          costs[at - 1] + Self.omission(y))
        if row > 1 {
          best = min(best, costs[at - 2 * columns - 1] + Self.fusion(phrase[row - 2], x, y))
        }
        if column > 1 {
          best = min(best, costs[at - columns - 2] + Self.fusion(read[column - 2], y, x))
        }
        costs[at] = best
      }
    }
    return costs.last ?? 0
  }
}
