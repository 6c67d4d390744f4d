import Frames

/// Says how close read words are to a phrase, forgiving what recognisers confuse.
struct PhraseMatcher {
  /// The likeness from which read text is the phrase.
  static let limit = 0.8

  private let phrase: [Character]

  init(_ phrase: String) {
    self.phrase = Self.folded(phrase)
  }

  /// The best stretches of words of a line, at most one a starting word.
  func matches(in line: TextLine) -> [TextMatch] {
    if phrase.isEmpty { return [] }
    var found: [TextMatch] = []
    for first in line.words.indices {
      var best: TextMatch?
      var heard = ""
      for last in first..<line.words.count {
        heard += (last == first ? "" : " ") + line.words[last].text
        let letters = Self.folded(heard)
        if letters.count > phrase.count * 2 + 2 { break }
        let likeness = 1 - Self.distance(phrase, letters) / Double(phrase.count)
        if likeness > best?.likeness ?? 0 {
          best = TextMatch(
            box: TextLine(words: Array(line.words[first...last])).box, heard: heard,
            likeness: likeness)
        }
      }
      if let best { found.append(best) }
    }
    // Stretches of one line that share words are one place.
    return found.filter { match in
      !found.contains { $0.likeness > match.likeness && $0.box.intersects(match.box) }
    }
  }

  private static func folded(_ text: String) -> [Character] {
    text.lowercased().filter { !$0.isWhitespace }
  }

  private static let confusions: [Set<Character>] = [
    ["0", "o", "d", "q"], ["1", "l", "i", "|", "!"], ["5", "s"], ["8", "b"], ["2", "z"],
    [".", ","], ["c", "e"], ["'", "`"],
  ]

  private static func cost(_ a: Character, _ b: Character) -> Double {
    if a == b { return 0 }
    return confusions.contains { $0.contains(a) && $0.contains(b) } ? 0.25 : 1
  }

  /// The weighted edit distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Double {
    func drop(_ character: Character) -> Double {
      character.isLetter || character.isNumber ? 1 : 0.25
    }
    var row = [0.0]
    for character in b { row.append((row.last ?? 0) + drop(character)) }
    for x in a {
      var diagonal = row[0]
      row[0] += drop(x)
      for (at, y) in b.enumerated() {
        let above = row[at + 1]
        row[at + 1] = min(diagonal + cost(x, y), above + drop(x), row[at] + drop(y))
        diagonal = above
      }
    }
    return row.last ?? 0
  }
}
