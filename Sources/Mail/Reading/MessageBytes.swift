/// Puts right what mailers and mailboxes get wrong above and in a message's header, which no
/// reader of MIME expects and every mail program shows.
enum MessageBytes {
  private static let lineFeed: UInt8 = 0x0a
  private static let carriageReturn: UInt8 = 0x0d
  private static let space: UInt8 = 0x20
  private static let tab: UInt8 = 0x09
  private static let colon: UInt8 = 0x3a

  /// The most bytes of a field that are read: sixteen times what a line may have (RFC 5322, 2.1.1),
  /// and more than mailers write into a field that people see.
  static let longestField = 16 << 10
  /// The most fields of one name that are read.
  static let mostFieldsOfAName = 20

  /// The most lines that may part a message's parts: what comes after them is not read. GMime compares
  /// each of them with the boundaries of all parts that it is in.
  static let mostPartingLines = 4_000

  /// The fields that are read. GMime reads the others, too, and those with addresses anew for each of
  /// them.
  private static let readFields: Set<String> = [
    "subject", "from", "to", "cc", "delivered-to", "x-original-to", "envelope-to",
    "x-envelope-to", "date", "message-id", "mime-version", "content-type",
    "content-transfer-encoding", "content-disposition",
  ]

  /// The message: without a byte order mark, blank lines or an mbox's line above it, with lines
  /// that end in LF where they ended in CR, and with a header whose every line is a field that is
  /// read or goes on with one, none of them longer than is read.
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
    var counts: [String: Int] = [:]
    var hasField = false
    // What of the present field may still be read.
    var left = 0
    while !rest.isEmpty {
      let end = rest.firstIndex(of: lineFeed) ?? rest.endIndex
      let whole = rest[..<min(end + 1, rest.endIndex)]
      rest = rest[whole.endIndex...]
      let line = whole.prefix { $0 != lineFeed && $0 != carriageReturn }
      if line.isEmpty {
        message += whole
        break
      }
      let isFolded = line.first == space || line.first == tab
      if !isFolded, let (name, value) = field(line) {
        hasField = true
        let word = String(decoding: name, as: UTF8.self).lowercased()
        if readFields.contains(word) { counts[word, default: 0] += 1 }
        left = (1...mostFieldsOfAName).contains(counts[word] ?? 0) ? longestField : 0
        // A blank before the colon is old (RFC 5322, 4.5.8), and read by few.
        if left > 0 { message += name + value.prefix(left) + whole[line.endIndex...] }
      } else if hasField {
        if left > 0 {
          message += (isFolded ? [] : [space]) + line.prefix(left) + whole[line.endIndex...]
        }
      } else if !isFolded {
        throw MailError(reason: "it does not begin with a header")
      }
      left -= line.count
    }
    guard hasField else { throw MailError(reason: "it has no header") }
    return message + withoutExcess(rest)
  }

  /// A body up to the last line that may part its parts.
  private static func withoutExcess(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let hyphen = UInt8(ascii: "-")
    var lines = 0
    var start = body.startIndex
    while start + 1 < body.endIndex {
      if body[start] == hyphen, body[start + 1] == hyphen {
        lines += 1
        if lines > mostPartingLines { return body[..<start] }
      }
      guard let end = body[start...].firstIndex(of: lineFeed) else { break }
      start = end + 1
    }
    return body
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
