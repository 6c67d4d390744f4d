/// Checks that bytes are text that a YAML parser takes, with a place for what is not.
enum SourceText {
  /// The text of a file's bytes, without a byte order mark.
  static func decoded(_ bytes: [UInt8], frame: SourceFrame) throws(Finding) -> String {
    let start = frame.location(1, 1)
    guard bytes.count <= YAMLReader.largestFile else {
      throw Finding(
        start, "the file has \(bytes.count) bytes",
        remedy: "at most \(YAMLReader.largestFile) are read; split it")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else {
      throw Finding(
        placeOfFirstBadByte(body, frame: frame), "the file is not UTF-8 from here on",
        remedy: "save it as UTF-8")
    }
    try refuseControlCharacters(text, frame: frame)
    try refuseAliasStorms(text, frame: frame)
    return text
  }

  private static func placeOfFirstBadByte(_ bytes: [UInt8], frame: SourceFrame) -> SourceLocation {
    var place = TextPlace()
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { place.pass(scalar) }
    return frame.location(place.line, place.column)
  }

  private static func refuseControlCharacters(
    _ text: String, frame: SourceFrame
  ) throws(Finding) {
    var place = TextPlace()
    for scalar in text.unicodeScalars {
      let isPrintable =
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x20...0x7E, 0xA0...0xFEFE, 0xFF00...0xFFFD,
          0x10000...0x10FFFF:
          true
        default: false
        }
      guard isPrintable else {
        let code = String(scalar.value, radix: 16, uppercase: true)
        throw Finding(
          frame.location(place.line, place.column), "the invisible character U+\(code)",
          remedy: "remove it, or write it as an escape in double quotes")
      }
      place.pass(scalar)
    }
  }

  /// The parser resolves aliases before anybody can refuse them, and compares keys by value, so a
  /// few doubled levels in a key would take forever.
  private static func refuseAliasStorms(_ text: String, frame: SourceFrame) throws(Finding) {
    var count = 0
    var place = TextPlace()
    var before: Unicode.Scalar = " "
    var starPlace: TextPlace?
    for scalar in text.unicodeScalars {
      if let star = starPlace,
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      {
        count += 1
        if count > YAMLReader.mostAliases {
          let place = frame.location(star.line, star.column)
          throw YAMLComplaint.anchors(at: place, example: "*")
        }
      }
      starPlace = scalar == "*" && " \t\n\r,[{:?-".unicodeScalars.contains(before) ? place : nil
      before = scalar
      place.pass(scalar)
    }
  }
}

/// A line and a column of a text, counted as the parser counts them.
struct TextPlace {
  var line = 1
  var column = 1
  private var afterReturn = false

  /// The index of the character at a line and a column; nil where the text has none there.
  static func index(line: Int, column: Int, in scalars: [Unicode.Scalar]) -> Int? {
    var place = TextPlace()
    for (index, scalar) in scalars.enumerated() {
      // The second half of a line's end has the place of what follows it.
      let isHalf = scalar == "\n" && place.afterReturn
      if place.line == line, place.column == column, !isHalf { return index }
      place.pass(scalar)
    }
    return nil
  }

  /// Moves behind a character.
  mutating func pass(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n" where afterReturn:
      afterReturn = false
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
      line += 1
      column = 1
      afterReturn = scalar == "\r"
    default:
      column += 1
      afterReturn = false
    }
  }
}
