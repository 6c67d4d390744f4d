/// Walks through the parts of a message and gathers their words.
struct MailPartReader {
  /// How deep parts may lie in parts.
  private static let deepest = 8
  /// How many parts a message may have in all.
  private static let mostParts = 200

  /// The words of plain parts, in order.
  private(set) var plain: [String] = []
  /// The words of HTML parts, in order.
  private(set) var rich: [String] = []
  private var partCount = 0

  /// Reads a message or one of its parts.
  mutating func read(
    _ header: MailHeader, _ body: ArraySlice<UInt8>, depth: Int
  ) throws(MailError) {
    partCount += 1
    guard depth <= Self.deepest else { throw MailError(reason: "parts lie too deep") }
    guard partCount <= Self.mostParts else { throw MailError(reason: "too many parts") }
    let disposition = ParameterField(header["content-disposition"] ?? "inline")
    if disposition.value == "attachment" { return }
    let type = ParameterField(header["content-type"] ?? "text/plain")
    if type.value.hasPrefix("multipart/") {
      guard let boundary = type["boundary"], !boundary.isEmpty else {
        throw MailError(reason: "a message in parts does not say what parts them")
      }
      for part in try Self.parts(of: body, boundary: Array(boundary.utf8)) {
        let (header, body) = try MailHeader.split(part)
        try read(header, body, depth: depth + 1)
      }
      return
    }
    guard type.value == "text/plain" || type.value == "text/html" else { return }
    let bytes = try TransferEncoding.decode(body, header["content-transfer-encoding"] ?? "7bit")
    guard let charset = Charset(type["charset"] ?? "us-ascii") else {
      throw MailError(reason: "the character set \(type["charset"] ?? "") is not known")
    }
    let text = charset.text(of: bytes).withPlainLineEnds()
    if type.value == "text/html" {
      rich.append(HTMLText.words(of: text))
    } else {
      plain.append(text)
    }
  }

  /// What lies between the lines that part a message (RFC 2046, 5.1.1).
  private static func parts(
    of body: ArraySlice<UInt8>, boundary: [UInt8]
  ) throws(MailError) -> [ArraySlice<UInt8>] {
    let opening: [UInt8] = [.hyphen, .hyphen] + boundary
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var rest = body
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      let line = rest.takeLine()
      guard line.starts(with: opening) else { continue }
      var tail = line.dropFirst(opening.count)
      let isClosing = tail.starts(with: [.hyphen, .hyphen])
      if isClosing { tail = tail.dropFirst(2) }
      guard tail.allSatisfy({ $0 == .space || $0 == .tab }) else { continue }
      if let start {
        guard parts.count < mostParts else { throw MailError(reason: "too many parts") }
        parts.append(body[start..<lineStart].withoutLastLineEnd())
      }
      if isClosing {
        guard start != nil else { break }
        return parts
      }
      start = rest.startIndex
    }
    throw MailError(reason: start == nil ? "there are no parts" : "a part has no end")
  }
}

extension ArraySlice<UInt8> {
  /// The line end before a parting line belongs to the parting line.
  fileprivate func withoutLastLineEnd() -> ArraySlice<UInt8> {
    var slice = self
    if slice.last == .lineFeed { slice.removeLast() }
    if slice.last == .carriageReturn { slice.removeLast() }
    return slice
  }
}

extension String {
  /// The string with LF at each line's end.
  fileprivate func withPlainLineEnds() -> String {
    var plain = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in unicodeScalars {
      if scalar == "\r" {
        plain.append("\n")
      } else if !(scalar == "\n" && afterReturn) {
        plain.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(plain)
  }
}
