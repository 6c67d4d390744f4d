extension String {
  /// The text with nothing in it that steers a terminal or turns its order around: such characters are
  /// written by their numbers, as in `\u{1B}`.
  ///
  /// Names of files and what recorders send reach the terminal, and may hold anything.
  var printable: String {
    if !unicodeScalars.contains(where: { $0.steersTerminal }) { return self }
    return unicodeScalars.map { scalar in
      scalar.steersTerminal
        ? "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}" : String(scalar)
    }.joined()
  }

  /// As much of the text, from its begin, as fits into so many columns of a terminal.
  func cut(to columns: Int) -> String {
    var left = columns
    return String(
      prefix { character in
        left -= character.columns
        return left >= 0
      })
  }

  /// How many columns of a terminal it takes.
  var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension Character {
  /// How many columns of a terminal it takes: two for those of the scripts that are written in squares,
  /// and for pictures (Unicode's East Asian Width, its wide and full-width ranges).
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    return Self.wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
  ]
}

extension Unicode.Scalar {
  /// Whether it is no letter or sign, but an order to whatever shows it.
  fileprivate var steersTerminal: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
