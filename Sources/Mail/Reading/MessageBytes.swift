/// Puts right what mailers and mailboxes get wrong above and in a message's header, which no
/// reader of MIME expects and every mail program shows.
enum MessageBytes {
  private static let lineFeed: UInt8 = 0x0a
  private static let carriageReturn: UInt8 = 0x0d
  private static let space: UInt8 = 0x20
  private static let tab: UInt8 = 0x09
  private static let colon: UInt8 = 0x3a

  /// The message: without a byte order mark, blank lines or an mbox's line above it, with lines
  /// that end in LF where they ended in CR, and with a header whose every line is a field or
  /// goes on with one.
  static func mended(_ bytes: [UInt8]) throws(MailError) -> [UInt8] {
    var rest = withLineFeeds(bytes)[...]
    if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
    rest = rest.drop { [lineFeed, carriageReturn, space, tab].contains($0) }
    if rest.starts(with: Array("From ".utf8)) || rest.starts(with: Array(">From ".utf8)) {
      rest = rest.drop { $0 != lineFeed }.dropFirst()
    }
    guard !rest.isEmpty else { throw MailError(reason: "it is empty") }
    var message: [UInt8] = []
    message.reserveCapacity(rest.count)
    var fields = 0
    while !rest.isEmpty {
      let end = rest.firstIndex(of: lineFeed) ?? rest.endIndex
      let whole = rest[..<min(end + 1, rest.endIndex)]
      rest = rest[whole.endIndex...]
      let line = whole.prefix { $0 != lineFeed && $0 != carriageReturn }
      if line.isEmpty {
        message += whole
        break
      }
      if line.first == space || line.first == tab {
        message += whole
      } else if let (name, value) = field(line) {
        fields += 1
        // A blank before the colon is old (RFC 5322, 4.5.8), and read by few.
        message += name + value + whole[line.endIndex...]
      } else if fields > 0 {
        message += [space] + whole
      } else {
        throw MailError(reason: "it does not begin with a header")
      }
    }
    guard fields > 0 else { throw MailError(reason: "it has no header") }
    return message + rest
  }

  /// The name that a line begins with, and the rest from the colon on, if it is a field: visible
  /// ASCII without the colon (RFC 5322, 2.2), and blanks before the colon.
  private static func field(
    _ line: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    let name = line.prefix { (0x21...0x7e).contains($0) && $0 != colon }
    let value = line[name.endIndex...].drop { $0 == space || $0 == tab }
    return !name.isEmpty && value.first == colon ? (name, value) : nil
  }

  /// Lines ended by CR CR LF are ended by CR LF, and blanks go that gateways leave behind the mark of
  /// a soft line end in quoted-printable, where they hide it.
  private static func withPlainLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == lineFeed {
        while plain.count > 1, plain[plain.count - 1] == carriageReturn,
          plain[plain.count - 2] == carriageReturn
        {
          plain.removeLast()
        }
        let hasReturn = plain.last == carriageReturn
        if hasReturn { plain.removeLast() }
        let end = plain.lastIndex { $0 != space && $0 != tab }
        if let end, plain[end] == UInt8(ascii: "="), end < plain.count - 1 {
          plain.removeSubrange((end + 1)...)
        }
        if hasReturn { plain.append(carriageReturn) }
      }
      plain.append(byte)
    }
    return plain
  }

  /// Lines ended by CR alone are ended by LF instead.
  private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    if !bytes.contains(lineFeed) {
      return bytes.contains(carriageReturn)
        ? bytes.map { $0 == carriageReturn ? lineFeed : $0 } : bytes
    }
    return withPlainLineEnds(bytes)
  }
}
