import Frames

/// Says how close read words are to a phrase, forgiving what recognisers confuse.
///
/// The measure is an edit distance with a price for each slip: next to nothing for characters that
/// look alike, more for letters that resemble each other, too much for another letter, and far too
/// much for another digit. Case and spaces cost nothing.
struct PhraseMatcher: Sendable {
  /// The likeness from which read text is the phrase.
  static let limit = 0.8
  /// The likeness at most of what has another letter, though one that looks alike.
  static let other = 0.79

  /// How many letters a phrase has at least in which one that differs is rather misread than meant.
  private static let longEnough = 8

  private let phrase: [PhraseLetter]
  /// The phrase as it was written, without spaces.
  private let written: String
  /// Which letters are words of their own that are a zero, or the letter that looks like it.
  let loneRounds: [Int]
  /// The distance that is just forgiven.
  private let allowance: Double

  init(_ phrase: String) {
    self.phrase = PhraseLetter.folded(phrase)
    written = phrase.filter { !$0.isWhitespace }
    var (rounds, at) = ([Int](), 0)
    for word in phrase.split(whereSeparator: \.isWhitespace) {
      if ["0", "o"].contains(word.lowercased()) { rounds.append(at) }
      at += PhraseLetter.folded(String(word)).count
    }
    loneRounds = rounds
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
    let distance = distance(to: PhraseLetter.folded(text), forgiving: .lookalikes)
    return max(0, 1 - (1 - Self.limit) * distance / allowance)
  }

  /// Whether text is the phrase though nothing is forgiven of letters that look alike.
  func isSame(as text: String) -> Bool {
    distance(to: PhraseLetter.folded(text), forgiving: .none) <= allowance
  }

  /// Whether text is the phrase to the letter, capitals and small letters, too.
  func isInCase(_ text: String) -> Bool { text.filter { !$0.isWhitespace } == written }

  /// The characters that count, in lower case.
  var characters: [Character] { phrase.map(\.character) }

  /// Where a text has another letter than the phrase, spaces not counted; nil where it has more or
  /// fewer letters.
  func exchanges(in text: String) -> [(at: Int, wanted: Character, read: Character)]? {
    let read = PhraseLetter.folded(text)
    if read.count != phrase.count { return nil }
    return phrase.indices.filter { phrase[$0].character != read[$0].character }
      .map { ($0, phrase[$0].character, read[$0].character) }
  }

  /// Whether a likeness is that of the phrase with one letter misread, beyond what is forgiven.
  func isNearMiss(_ likeness: Double) -> Bool {
    let distance = (1 - likeness) * allowance / (1 - Self.limit)
    return likeness > 0 && likeness < Self.limit && distance <= allowance + PhraseLetter.letter
  }

  /// How many letters are left of a clipped phrase at least.
  private static let leastOfClipped = 4

  /// Whether text is a beginning of the phrase, and an ellipsis.
  private func isClipped(_ text: String) -> Bool {
    let dots = text.reversed().prefix { ".…".contains($0) }
    guard dots.contains("…") || dots.count > 1,
      phrase.last.map({ !".…".contains($0.character) }) == true
    else { return false }
    let begun = PhraseLetter.folded(String(text.dropLast(dots.count)))
    return begun.count >= Self.leastOfClipped && begun.count < phrase.count
      && zip(begun, phrase).allSatisfy { $0.exchange(for: $1, forgiving: .lookalikes) < 1 }
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
        let isClipped = isClipped(heard)
        let likeness = min(likeness(of: heard), isClipped ? Self.other : 1)
        if likeness > 0 || isClipped {
          let box = TextLine(words: Array(line.words[first...last])).box
          let match = TextMatch(
            box: box, heard: heard, likeness: likeness,
            isNearMiss: length >= Self.longEnough && isNearMiss(likeness), isClipped: isClipped)
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
  private func distance(to read: [PhraseLetter], forgiving tolerance: PhraseLetter.Tolerance)
    -> Double
  {
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
          costs[at - columns - 1] + x.exchange(for: y, forgiving: tolerance),
          costs[at - columns] + x.omission,
          costs[at - 1] + y.omission)
        if row > 1 {
          best = min(
            best,
            costs[at - 2 * columns - 1]
              + y.fusion(of: phrase[row - 2], x, forgiving: tolerance))
        }
        if column > 1 {
          best = min(
            best,
            costs[at - columns - 2]
              + x.fusion(of: read[column - 2], y, forgiving: tolerance))
        }
        costs[at] = best
      }
    }
    return costs.last ?? 0
  }
}
