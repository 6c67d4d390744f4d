/// Words as they are shown: lines, and what of them stands out.
public struct MailText: Sendable, Hashable {
  /// One line.
  public struct Line: Sendable, Hashable {
    /// Its characters: digits of all scripts and letters of full width as those of ASCII, all kinds of
    /// blanks as one, what has no width left out. A tab parts the cells of a table's row.
    public var characters: [Character]
    /// What of it stands out: set bold, large, or as a heading.
    public var emphasised: [Range<Int>]
    /// Whether it is quoted from an older message (RFC 3676, 4.5).
    public var isQuoted: Bool

    /// The line as text.
    public var text: String { String(characters) }

    /// Creates a line.
    public init(
      _ characters: [Character], emphasised: [Range<Int>] = [], isQuoted: Bool = false
    ) {
      self.characters = characters
      self.emphasised = emphasised
      self.isQuoted = isQuoted
    }

    /// The line in pieces that are not too long, parted at blanks.
    func pieces(of length: Int) -> [Line] {
      var pieces: [Line] = []
      var start = 0
      while characters.count - start > length {
        let end =
          characters[start..<(start + length)].lastIndex(where: \.isWhitespace)
          .map { $0 + 1 } ?? start + length
        pieces.append(piece(start..<end))
        start = end
      }
      return pieces.isEmpty ? [self] : pieces + [piece(start..<characters.count)]
    }

    /// As much of the line as it has of a number of characters.
    func prefix(_ length: Int) -> Line {
      characters.count > length ? piece(0..<length) : self
    }

    private func piece(_ part: Range<Int>) -> Line {
      let shifted = emphasised.compactMap { range -> Range<Int>? in
        let common = range.clamped(to: part)
        return common.isEmpty
          ? nil : (common.lowerBound - part.lowerBound)..<(common.upperBound - part.lowerBound)
      }
      return Line(Array(characters[part]), emphasised: shifted, isQuoted: isQuoted)
    }
  }

  /// What stands for a picture among the words (Unicode's object replacement character).
  static let picture: Character = "\u{fffc}"

  /// The lines, from the top.
  public var lines: [Line]

  /// The lines as text, parted by LF.
  public var text: String { lines.map(\.text).joined(separator: "\n") }

  /// Creates a text of lines.
  public init(lines: [Line]) {
    self.lines = lines
  }

  /// Creates a text of plain words, of which a number of bytes of UTF-8 are read at most; any line end
  /// ends a line.
  init(plain text: String, upTo limit: Int = .max) {
    let read =
      text.utf8.count > limit
      ? String(decoding: Array(text.utf8.prefix(limit)), as: UTF8.self) : text
    lines = read.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      let characters = Array(line).shown()
      let first = characters.first { !$0.isWhitespace }
      return Line(characters, isQuoted: first == ">")
    }
  }
}

extension [Character] {
  /// The characters as they look: widths made one, what has none left out.
  func shown() -> [Character] {
    var shown: [Character] = []
    shown.reserveCapacity(count)
    for character in self { character.show(in: &shown) }
    return shown
  }
}

extension Character {
  /// How many marks on a character are read; more than any language writes.
  private static let mostMarks = 15

  /// Appends the character as it looks: nothing where it shows nothing; several where what joined
  /// them has no width.
  func show(in characters: inout [Character]) {
    let scalars = unicodeScalars
    let first = scalars[scalars.startIndex]
    if first.isASCII, scalars.count == 1 {
      characters.append(
        self == "\t" || first.value > 0x20 ? self : " ")
    } else if scalars.count == 1 {
      if let shown = first.shown { characters.append(Character(shown)) }
    } else if scalars.allSatisfy({ $0.shown == $0 }), scalars.count <= Self.mostMarks {
      characters.append(self)
    } else {
      var text = String.UnicodeScalarView()
      for scalar in scalars.prefix(1 + Self.mostMarks) {
        if let shown = scalar.shown { text.append(shown) }
      }
      characters += String(text)
    }
  }
}

extension Unicode.Scalar {
  /// What has no width: soft hyphen, zero-width blanks and joiners, marks of direction, the byte
  /// order mark; and the key that is drawn around a digit.
  private static let withoutWidth: Set<UInt32> = [
    0xad, 0x34f, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c,
    0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x20e3,
    0xfeff,
  ]

  /// The character as it looks; nil where it shows nothing.
  fileprivate var shown: Unicode.Scalar? {
    if self == "\t" { return self }
    if value < 0x20 { return " " }
    if isASCII { return self }
    if Self.withoutWidth.contains(value) || (0xfe00...0xfe0f).contains(value) { return nil }
    // Fullwidth forms stand in the order of ASCII (Unicode, chapter 18.5). Other marks stay what
    // they are: a comma of full width parts no thousands.
    if (0xff01...0xff5e).contains(value), let narrow = Unicode.Scalar(value - 0xfee0),
      narrow.properties.isAlphabetic || narrow.properties.numericType != nil
        || ":=-".contains(Character(narrow))
    {
      return narrow
    }
    switch properties.generalCategory {
    case .decimalNumber:
      // Digits of all scripts are typed as those of ASCII.
      return properties.numericValue.flatMap { Unicode.Scalar(0x30 + UInt32($0)) } ?? self
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
    case .control: return properties.isWhitespace ? " " : self
    default: return self
    }
  }
}

extension String {
  /// The text with each run of white space as one blank, none at the ends, and nothing that is not
  /// shown.
  func runTogether() -> String {
    Array(self).shown().split { $0.isWhitespace }.map { String($0) }.joined(separator: " ")
  }

  /// The text without certain characters at its ends.
  func trimming(_ isTrimmed: (Character) -> Bool) -> String {
    let start = drop(while: isTrimmed)
    guard let last = start.lastIndex(where: { !isTrimmed($0) }) else { return "" }
    return String(start[...last])
  }
}
