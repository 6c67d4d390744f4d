/// Cuts what a server sends into responses, however it comes in: a line, and within it texts that
/// are counted beforehand, which hold any bytes (RFC 3501, section 4.3).
struct IMAPResponseReader {
  /// How long a response may be without its counted texts.
  static let longestLine = 1 << 20

  /// How long a counted text may be.
  private let longestText: Int
  /// How long a response may be with all that it holds.
  private let longest: Int
  private var buffer: [UInt8] = []
  /// Where in the buffer that begins which was not looked at.
  private var place = 0
  private var line: [UInt8] = []
  private var texts: [IMAPResponseParser.Text] = []
  /// How many bytes of a counted text are still to come, and what came of it.
  private var missing: Int?
  private var text: [UInt8] = []

  /// A reader of nothing yet.
  init(longestText: Int) {
    self.longestText = longestText
    longest = longestText + (1 << 20)
  }

  /// Takes what came in.
  mutating func append(_ bytes: [UInt8]) {
    if place == buffer.count {
      buffer = bytes
      place = 0
    } else {
      buffer.removeSubrange(..<place)
      buffer += bytes
      place = 0
    }
  }

  /// The next response.
  ///
  /// - Returns: nil where more must come in first.
  /// - Throws: where what came in is no response.
  mutating func next() throws(IMAPGarble) -> IMAPResponse? {
    while true {
      if let rest = missing {
        let count = min(rest, buffer.count - place)
        text += buffer[place..<place + count]
        place += count
        if count < rest {
          missing = rest - count
          return nil
        }
        texts.append(.init(place: line.count, bytes: text))
        (missing, text) = (nil, [])
      }
      guard let end = buffer[place...].firstIndex(of: UInt8(ascii: "\n")) else {
        line += buffer[place...]
        place = buffer.count
        try checkLength()
        return nil
      }
      line += buffer[place..<end]
      place = end + 1
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      try checkLength()
      if let count = try announced() {
        missing = count
        continue
      }
      let response = try IMAPResponseParser.response(line, texts)
      (line, texts) = ([], [])
      return response
    }
  }

  private func checkLength() throws(IMAPGarble) {
    if line.count > Self.longestLine { throw IMAPGarble(reason: "it sends a line without an end") }
  }

  /// How long the counted text is that the line announces at its end; nil where it announces none.
  private mutating func announced() throws(IMAPGarble) -> Int? {
    guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")),
      !IMAPResponseParser.isStatus(line)
    else { return nil }
    // Nothing of the line may stand for the count a second time.
    if let last = texts.last, open < last.place { return nil }
    var digits = line[(open + 1)...].dropLast()
    if digits.last == UInt8(ascii: "+") { digits.removeLast() }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let all = texts.reduce(0) { $0 + $1.bytes.count }
    guard digits.count <= 10, let count = Int(String(decoding: digits, as: UTF8.self)),
      count <= longestText, all + count <= longest
    else { throw IMAPGarble(reason: "it sends more than it was asked for") }
    line.removeSubrange(open...)
    return count
  }
}
