public import Frames

/// A word that was read, and where.
public struct TextWord: Hashable, Sendable {
  /// The word as it was read.
  public var text: String
  /// Where it stands in the frame.
  public var box: PixelRect
  /// How sure the recogniser is, 0…100.
  public var confidence: Double

  /// Creates a word.
  public init(text: String, box: PixelRect, confidence: Double) {
    self.text = text
    self.box = box
    self.confidence = confidence
  }
}

/// A line of text that was read, and where.
public struct TextLine: Hashable, Sendable {
  /// The line's words, from left to right.
  public var words: [TextWord]

  /// Creates a line from its words.
  public init(words: [TextWord]) {
    self.words = words
  }

  /// The words, joined by single spaces.
  public var text: String { words.map(\.text).joined(separator: " ") }

  /// The smallest rectangle around the words.
  public var box: PixelRect {
    words.dropFirst().reduce(
      words.first?.box ?? PixelRect(x: 0, y: 0, width: 0, height: 0)
    ) { $0.union($1.box) }
  }

  /// The mean confidence of the words, 0…100, weighted by their length.
  public var confidence: Double {
    let letters = words.reduce(0) { $0 + $1.text.count }
    if letters == 0 { return 0 }
    return words.reduce(0) { $0 + $1.confidence * Double($1.text.count) } / Double(letters)
  }
}

extension TextLine {
  /// How much the recogniser vouches for: letters, each by how far it is from a guess.
  var weight: Double {
    words.reduce(0) { $0 + Double($1.text.count) * max(0, $1.confidence - 40) }
  }

  /// Whether two lines are in each other's place, for the most part of the smaller.
  func overlaps(_ other: TextLine) -> Bool {
    let shared = box.intersection(other.box).size.area
    return 3 * shared > min(box.size.area, other.box.size.area)
  }

  /// The words that are read with some confidence.
  func sure(from confidence: Double) -> TextLine {
    TextLine(words: words.filter { $0.confidence >= confidence })
  }

  /// Whether most of another line lies in this one.
  func encloses(_ other: TextLine) -> Bool {
    2 * box.intersection(other.box).size.area > other.box.size.area
  }

  /// The words' letters without spaces between.
  var letters: String { words.map(\.text).joined() }

  /// The line with other letters, given without spaces: the words keep their lengths where all
  /// letters fit, or else become one word.
  func spelled(_ letters: String) -> TextLine {
    if letters.isEmpty { return self }
    var rest = Substring(letters)
    guard words.reduce(0, { $0 + $1.text.count }) == letters.count else {
      return TextLine(words: [TextWord(text: letters, box: box, confidence: confidence)])
    }
    return TextLine(
      words: words.map { word in
        defer { rest = rest.dropFirst(word.text.count) }
        return TextWord(
          text: String(rest.prefix(word.text.count)), box: word.box, confidence: word.confidence)
      })
  }
}

/// A place where a phrase was read.
public struct TextMatch: Hashable, Sendable {
  /// Where the phrase stands.
  public var box: PixelRect
  /// What was read there, with the recogniser's mistakes.
  public var heard: String
  /// How close that is to the phrase: 1 for the same letters, 0 for nothing alike.
  public var likeness: Double
  /// Whether it would be the phrase but for one letter that is not forgiven: whether that is misread
  /// or misspelt nobody can tell. Never so for phrases of a few letters, in which one makes another
  /// word.
  public var isNearMiss: Bool

  /// Whether it begins as the phrase does, and ends in an ellipsis: it was clipped, and what it would
  /// go on with nobody can tell. A clipped phrase is not the phrase, but where the phrase itself is
  /// written with an ellipsis.
  public var isClipped: Bool

  /// From this likeness on a phrase counts as read.
  public static let limit = PhraseMatcher.limit

  /// Creates a match.
  public init(
    box: PixelRect, heard: String, likeness: Double, isNearMiss: Bool = false,
    isClipped: Bool = false
  ) {
    self.isClipped = isClipped
    self.box = box
    self.heard = heard
    self.likeness = likeness
    self.isNearMiss = isNearMiss
  }
}

/// What came of looking for a phrase.
public enum TextFindAnswer: Hashable, Sendable {
  /// It stands there, in one place only.
  case found(TextMatch)
  /// It does not; the text that resembles it most, if any does.
  case absent(nearest: TextMatch?)
  /// It stands in several places, equally well: two of them.
  case ambiguous(TextMatch, TextMatch)

  /// The place, if the phrase is there once.
  public var match: TextMatch? {
    if case .found(let match) = self { match } else { nil }
  }
}

/// A place that looked like a line of text, and what came of it.
public struct TextCandidate: Sendable {
  /// Where it is in the frame.
  public var box: PixelRect
  /// What was read there; nil where nobody read, since what was looked for finds no room.
  public var line: TextLine?
  /// The place as the recogniser saw it; nil where nobody read.
  public var normalized: Plane?
}

/// Why text can't be read at all.
public enum TextReaderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The recogniser found no data for its language.
  case noLanguageData(language: String)

  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .noLanguageData(let language):
      "tesseract has no data for the language \(language): install tesseract-ocr-\(language), "
        + "or set TESSDATA_PREFIX to the folder that holds \(language).traineddata"
    }
  }
}
