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
    let most = allowance / (1 - Self.limit)
    let distance = distance(to: PhraseLetter.folded(text), forgiving: .lookalikes, upTo: most)
    return max(0, 1 - (1 - Self.limit) * distance / allowance)
  }

  /// Whether text is the phrase though nothing is forgiven of letters that look alike.
  func isSame(as text: String) -> Bool {
    distance(to: PhraseLetter.folded(text), forgiving: .none, upTo: allowance) <= allowance
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

  /// The least price of turning the phrase into what was read; infinite, perhaps, where it is more
  /// than is asked for: most lines have nothing to do with a phrase, which shows after a few letters.
  private func distance(
    to read: [PhraseLetter], forgiving tolerance: PhraseLetter.Tolerance, upTo most: Double
  ) -> Double {
    let (ours, theirs) = (phrase.map(\.traits), read.map(\.traits))
    // The costs of the row that is filled in, and of the two above it, which is all that it asks.
    var row = [Double](repeating: 0, count: theirs.count + 1)
    for column in theirs.indices { row[column + 1] = row[column] + theirs[column].omission }
    var (above, twoAbove) = (row, row)
    var leastAbove = 0.0
    for (at, x) in ours.enumerated() {
      (twoAbove, above, row) = (above, row, twoAbove)
      row[0] = above[0] + x.omission
      var least = row[0]
      for (column, y) in theirs.enumerated() {
        let exchange = x.exchange(for: y, forgiving: tolerance) {
          phrase[at].character == read[column].character
        }
        var best = min(above[column] + exchange, above[column + 1] + x.omission)
        best = min(best, row[column] + y.omission)
        if at > 0 {
          let fusion = y.fusion(of: ours[at - 1], x, forgiving: tolerance)
          best = min(best, twoAbove[column] + fusion)
        }
        if column > 0 {
          let fusion = x.fusion(of: theirs[column - 1], y, forgiving: tolerance)
          best = min(best, above[column - 1] + fusion)
        }
        row[column + 1] = best
        least = min(least, best)
      }
      // What comes is no cheaper than the cheapest of two rows, since a row may be passed over.
      if min(least, leastAbove) > most { return .infinity }
      leastAbove = least
    }
    return row[theirs.count]
  }
}
