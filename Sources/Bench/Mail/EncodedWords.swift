/// Text of other alphabets in a header, such as `=?utf-8?Q?Zur=C3=BCcksetzen?=` (RFC 2047).
enum EncodedWords {
  /// A piece of a header.
  private enum Piece {
    case plain(Substring)
    case encoded(Charset, [UInt8])
  }

  /// A header with its encoded words decoded; what is no encoded word stays as it is.
  static func decode(_ header: String) -> String {
    var text = ""
    var pending: (charset: Charset, bytes: [UInt8])?
    func flush() {
      if let pending { text += pending.charset.text(of: pending.bytes) }
      pending = nil
    }
    let pieces = pieces(of: header)
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .encoded(let charset, let bytes):
        // A character may begin in one word and end in the next.
        if pending?.charset == charset {
          pending?.bytes += bytes
        } else {
          flush()
          pending = (charset, bytes)
        }
      case .plain(let plain):
        // Blanks between two encoded words only part them (RFC 2047, 6.2).
        let isBetween = index > 0 && index < pieces.count - 1
        if isBetween && plain.allSatisfy(\.isWhitespace) { continue }
        flush()
        text += plain
      }
    }
    flush()
    return text
  }

  private static func pieces(of header: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(header)
    var plainStart = rest.startIndex
    while let mark = rest.firstRange(of: "=?")?.lowerBound {
      guard let (charset, bytes, end) = word(at: header[mark...]) else {
        rest = header[header.index(mark, offsetBy: 2)...]
        continue
      }
      if plainStart < mark { pieces.append(.plain(header[plainStart..<mark])) }
      pieces.append(.encoded(charset, bytes))
      plainStart = end
      rest = header[end...]
    }
    if plainStart < header.endIndex { pieces.append(.plain(header[plainStart...])) }
    return pieces
  }

  /// The encoded word that a text begins with, and where it ends.
  private static func word(at text: Substring) -> (Charset, [UInt8], String.Index)? {
    // "=?" charset "?" encoding "?" text "?="
    let parts = text.dropFirst(2).split(
      separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3].first == "=", parts[1].count == 1,
      let charset = Charset(String(parts[0].prefix { $0 != "*" })),
      !parts[2].contains(where: \.isWhitespace)
    else { return nil }
    let end = text.index(after: parts[3].startIndex)
    let letters = Array(parts[2].utf8)
    switch parts[1].lowercased() {
    case "q":
      let blanks = letters.map { $0 == 0x5f ? UInt8.space : $0 }
      return (charset, TransferEncoding.unescaped(blanks[...], escape: .equals), end)
    case "b":
      guard let bytes = TransferEncoding.base64(letters[...]) else { return nil }
      return (charset, bytes, end)
    default: return nil
    }
  }
}

extension Substring {
  /// Where a short text stands first.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
