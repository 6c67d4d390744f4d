/// Bytes between lines that say what they are (RFC 7468), of which a file has one.
enum PEM {
  /// The bytes under a label, in lines of 64 digits.
  static func text(_ label: String, _ bytes: [UInt8]) -> String {
    var rest = Substring(Base64.encode(bytes))
    var lines = ["-----BEGIN \(label)-----"]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return (lines + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
  }

  /// The bytes under a label.
  ///
  /// - Parameters:
  ///   - label: what they must be.
  ///   - text: lines that begin and end so, with nothing but blanks around them.
  /// - Returns: nil where there is something else.
  static func bytes(_ label: String, in text: String) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline).map(trimmed).filter { !$0.isEmpty }
    guard lines.count >= 3, lines.first == "-----BEGIN \(label)-----",
      lines.last == "-----END \(label)-----"
    else { return nil }
    return Base64.decode(lines.dropFirst().dropLast().joined())
  }

  /// What a text that begins as one says it is; nil where it does not.
  static func label(of text: String) -> String? {
    guard
      let first = text.split(whereSeparator: \.isNewline).map(trimmed).first(where: { !$0.isEmpty }
      ),
      first.hasPrefix("-----BEGIN "), first.hasSuffix("-----"), first.count > 16
    else { return nil }
    let label = first.dropFirst(11).dropLast(5)
    // Where a line's end was lost, what follows is the key, which no message may tell.
    guard label.utf8.allSatisfy({ $0 == 0x20 || (0x41...0x5A).contains($0) }), label.count <= 40
    else { return nil }
    return String(label)
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop { $0 == " " || $0 == "\t" }
    let end = start.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { start[...$0] } ?? start[..<start.startIndex]
  }
}
