import Frames

/// Says how close read words are to a phrase, forgiving what recognisers confuse.
///
/// The measure is an edit distance with a price for each slip: next to nothing for characters that
/// look alike, more for letters that resemble each other, too much for another letter, and far too
/// much for another digit. Case and spaces cost nothing.
struct PhraseMatcher: Sendable {
  /// The likeness from which read text is the phrase.
  static let limit = 0.8

  /// How many letters a phrase has at least in which one that differs is rather misread than meant.
  private static let longEnough = 8

  private let phrase: [PhraseLetter]
  /// The distance that is just forgiven.
  private let allowance: Double

  init(_ phrase: String) {
    self.phrase = PhraseLetter.folded(phrase)
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
    max(0, 1 - (1 - Self.limit) * distance(to: PhraseLetter.folded(text)) / allowance)
  }

  /// Whether a likeness is that of the phrase with one letter misread, beyond what is forgiven.
  func isNearMiss(_ likeness: Double) -> Bool {
    let distance = (1 - likeness) * allowance / (1 - Self.limit)
    return likeness > 0 && likeness < Self.limit && distance <= allowance + PhraseLetter.letter
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
          let match = TextMatch(
            box: box, heard: heard, likeness: likeness,
            isNearMiss: length >= Self.longEnough && isNearMiss(likeness))
          found.append((first..<(last + 1), match))
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

  /// The least price of turning the phrase into what was read.
  private func distance(to read: [PhraseLetter]) -> Double {
    let columns = read.count + 1
    var costs = [Double](repeating: 0, count: (phrase.count + 1) * columns)
    for at in 1..<columns { costs[at] = costs[at - 1] + read[at - 1].omission }
    for row in 1...max(1, phrase.count) where row <= phrase.count {
      let x = phrase[row - 1]
      costs[row * columns] = costs[(row - 1) * columns] + x.omission
      for column in 1..<columns {
        let y = read[column - 1]
        let at = row * columns + column
        var best = min(
          costs[at - columns - 1] + x.exchange(for: y), costs[at - columns] + x.omission,
          costs[at - 1] + y.omission)
        if row > 1 {
          best = min(best, costs[at - 2 * columns - 1] + y.fusion(of: phrase[row - 2], x))
        }
        if column > 1 {
          best = min(best, costs[at - columns - 2] + x.fusion(of: read[column - 2], y))
        }
        costs[at] = best
      }
    }
    return costs.last ?? 0
  }
}
