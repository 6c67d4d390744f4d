/// How bytes are written as lines of ASCII (RFC 2045, 6).
enum TransferEncoding {
  /// The bytes of a body.
  ///
  /// - Parameters:
  ///   - body: the body as it travelled.
  ///   - name: what the header calls the encoding.
  /// - Returns: the bytes that were encoded.
  /// - Throws: when the encoding is not known, or base64 is broken.
  static func decode(_ body: ArraySlice<UInt8>, _ name: String) throws(MailError) -> [UInt8] {
    switch name.trimmingBlanks().lowercased() {
    case "", "7bit", "8bit", "binary": return Array(body)
    case "quoted-printable": return quotedPrintable(body)
    case "base64":
      guard let bytes = base64(body) else { throw MailError(reason: "broken base64") }
      return bytes
    default: throw MailError(reason: "the transfer encoding \(name) is not known")
    }
  }

  /// What quoted-printable text stands for; what is no escape stays as it is.
  private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = body
    while !rest.isEmpty {
      var line = rest.takeLine()
      // Blanks at the end were added on the way (RFC 2045, 6.7, rule 3).
      while line.last == .space || line.last == .tab { line.removeLast() }
      let isBroken = line.last == .equals
      if isBroken { line.removeLast() }
      bytes += unescaped(line, escape: .equals)
      if !isBroken && !rest.isEmpty { bytes.append(.lineFeed) }
    }
    return bytes
  }

  /// Replaces each escape and two hexadecimal digits by their byte.
  static func unescaped(_ line: ArraySlice<UInt8>, escape: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      if byte == escape, rest.count >= 2, let high = rest.first?.hexadecimalValue,
        let low = rest.dropFirst().first?.hexadecimalValue
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// What base64 text stands for (RFC 4648, 4); nil when it is broken. White space is no matter.
  static func base64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, bitCount) = (UInt32(0), 0)
    var (digits, padding) = (0, 0)
    for byte in text {
      if [.space, .tab, .lineFeed, .carriageReturn].contains(byte) { continue }
      if byte == .equals {
        padding += 1
        continue
      }
      guard padding == 0, let value = digit(byte) else { return nil }
      digits += 1
      bits = bits << 6 | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    // Digits come in fours; the padding makes the last four whole.
    guard (digits + padding) % 4 == 0, padding <= 2 else { return nil }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5a: UInt32(byte) - 0x41
    case 0x61...0x7a: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case 0x2b: 62
    case 0x2f: 63
    default: nil
    }
  }
}

/// The character sets that mail is written in.
enum Charset: Equatable {
  case utf8
  case latin1
  case windows1252

  /// The character set of a name; nil for others than these.
  init?(_ name: String) {
    switch name.trimmingBlanks().lowercased() {
    case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
    case "iso-8859-1", "latin1": self = .latin1
    case "windows-1252", "cp1252": self = .windows1252
    default: return nil
    }
  }

  /// Where windows-1252 leaves ISO 8859-1, from 0x80; zero where nothing is assigned.
  private static let windows: [UInt32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
    0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
  ]

  /// The text that bytes stand for; what stands for nothing becomes U+FFFD.
  func text(of bytes: [UInt8]) -> String {
    switch self {
    case .utf8: return String(decoding: bytes, as: UTF8.self)
    case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .windows1252:
      let scalars = bytes.map { byte -> Unicode.Scalar in
        guard (0x80...0x9f).contains(byte) else { return Unicode.Scalar(byte) }
        let assigned = Self.windows[Int(byte) - 0x80]
        return assigned == 0 ? "\u{fffd}" : Unicode.Scalar(assigned) ?? "\u{fffd}"
      }
      return String(String.UnicodeScalarView(scalars))
    }
  }
}
