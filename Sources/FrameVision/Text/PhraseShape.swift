import Frames

/// How long a phrase is, and where in it the spaces are, as far as that is the same in all fonts.
///
/// It tells lines that can't be the phrase and nothing else from those that may be by the gaps
/// between their marks alone: to look costs a thousandth of what reading a line does.
struct PhraseShape {
  /// A space is so many times as wide as the usual gap, and no narrower than this share of the
  /// widest gap, as what thin letters leave beside them is.
  private static let (manyGaps, widest) = (2.0, 0.7)
  /// How wide a space is at least, in heights of a tall letter; and in a phrase that has none to
  /// compare with, or points, which leave most.
  private static let (wide, wideBesidePoints) = (0.36, 0.55)
  /// How many marks at either end of a line may be no part of what is read, such as a tick or an
  /// icon; and how much of it may be none where a space parts it from the rest, in heights of a
  /// tall letter.
  private static let (strays, strayWidth) = (2, 2.5)
  /// How wide the usual small letter is, in heights of a tall letter.
  private static let letterWidths = 0.33...1.5
  /// How far from where it is expected a space may be, in letters.
  private static let slack = 1.25

  /// How wide the phrase is, in usual small letters.
  private let width: Double
  /// Where spaces may lie, as shares of the width.
  private let spaces: [ClosedRange<Double>]
  /// How wide a space is at least, in heights of a tall letter.
  private let leastSpace: Double

  init(_ phrase: String) {
    let letters = Array(phrase.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    let width = letters.reduce(0) { $0 + Self.width(of: $1) }
    var (spaces, before) = ([ClosedRange<Double>](), 0.0)
    for (at, letter) in letters.enumerated() {
      if letter == " " {
        // Fonts lie between one whose letters are all as wide and one that gives each its own.
        let even = (Double(at) + 0.5) / Double(letters.count)
        let own = (before + Self.width(of: letter) / 2) / width
        let slack = Self.slack / Double(letters.count)
        spaces.append(min(even, own) - slack...max(even, own) + slack)
      }
      before += Self.width(of: letter)
    }
    self.width = width
    self.spaces = spaces
    let isPlain = letters.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
    leastSpace = isPlain && !spaces.isEmpty ? Self.wide : Self.wideBesidePoints
  }

  /// About how wide a character is in most fonts, beside the usual small letter.
  static func width(of letter: Character) -> Double {
    switch letter {
    case " ", "f", "i", "I", "j", "l", "r", "t": 0.6
    case "m", "M", "w", "W": 1.5
    default: letter.isUppercase ? 1.15 : letter.isLetter || letter.isNumber ? 1 : 0.6
    }
  }

  /// Whether a line may be the phrase and nothing else: it is about as long, and has no spaces
  /// inside the phrase's words. Spaces that it lacks say nothing, since neighbours run together.
  func mayBeAll(of candidate: TextLineCandidate) -> Bool {
    let (gaps, height) = (candidate.gaps, Double(candidate.letterHeight))
    func mayEnd(at gap: TextLineCandidate.Gap, after marks: Int, leaving width: Int) -> Bool {
      marks <= Self.strays
        || (Double(gap.columns.count) >= leastSpace * height
          && Double(width) <= Self.strayWidth * height)
    }
    let firsts =
      [0]
      + gaps.indices.filter {
        mayEnd(at: gaps[$0], after: $0 + 1, leaving: gaps[$0].columns.lowerBound - candidate.box.x)
      }.map { $0 + 1 }
    let lasts =
      gaps.indices.filter {
        mayEnd(
          at: gaps[$0], after: gaps.count - $0,
          leaving: candidate.box.maxX - gaps[$0].columns.upperBound
        )
      } + [gaps.count]
    return firsts.contains { first in
      lasts.contains { first <= $0 && mayBe(candidate, from: first, through: $0) }
    }
  }

  /// Whether some of a line's stretches of marks may be the phrase.
  private func mayBe(_ candidate: TextLineCandidate, from first: Int, through last: Int) -> Bool {
    let start = first == 0 ? candidate.box.x : candidate.gaps[first - 1].columns.upperBound
    let end =
      last == candidate.gaps.count ? candidate.box.maxX : candidate.gaps[last].columns.lowerBound
    let (width, height) = (Double(end - start), Double(candidate.letterHeight))
    let letter = height * self.width
    if !Self.letterWidths.contains(width / letter) { return false }
    let gaps = candidate.gaps[first..<last]
    let sizes = gaps.map { Double($0.columns.count) }.sorted()
    guard let most = sizes.last else { return true }
    let usual = sizes[sizes.count / 2]
    func share(_ gap: TextLineCandidate.Gap) -> Double {
      (Double(gap.columns.lowerBound + gap.columns.upperBound) / 2 - Double(start)) / width
    }
    let least = max(leastSpace * height, Self.manyGaps * usual, Self.widest * most)
    // Each wide gap must be a space of its own.
    var rest = spaces[...]
    return gaps.filter { $0.isBlank && Double($0.columns.count) >= least }.allSatisfy { gap in
      guard let space = rest.firstIndex(where: { $0.contains(share(gap)) }) else { return false }
      rest = rest[(space + 1)...]
      return true
    }
  }
}
