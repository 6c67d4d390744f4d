/// Reads one response (RFC 3501, section 9, and RFC 9051 where it allows more).
struct IMAPResponseParser {
  /// A counted text, and where in the line it stands.
  struct Text: Hashable {
    var place: Int
    var bytes: [UInt8]
  }

  /// How deep lists may lie in lists.
  private static let deepest = 32

  private let line: [UInt8]
  private let texts: [Text]
  private var place = 0
  private var nextText = 0

  private init(_ line: [UInt8], _ texts: [Text]) {
    self.line = line
    self.texts = texts
  }

  /// Reads a line and the counted texts in it.
  static func response(_ line: [UInt8], _ texts: [Text]) throws(IMAPGarble) -> IMAPResponse {
    var parser = IMAPResponseParser(line, texts)
    return try parser.response()
  }

  /// Whether a line tells how something is: it ends with words for people, whatever they are.
  static func isStatus(_ line: [UInt8]) -> Bool {
    if line.first == UInt8(ascii: "+") { return true }
    let words = line.prefix(64).split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard words.count > 1 else { return false }
    return condition(words[1]) != nil
  }

  private static func condition(_ word: ArraySlice<UInt8>) -> IMAPStatus.Condition? {
    word.count <= 7 ? IMAPStatus.Condition(rawValue: text(word).uppercased()) : nil
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private mutating func response() throws(IMAPGarble) -> IMAPResponse {
    if line.first == UInt8(ascii: "+") { return .continuation }
    let tag = word()
    guard !tag.isEmpty, skipSpace() else { throw garble }
    let start = place
    if let condition = Self.condition(word()) {
      let status = status(condition)
      return tag.elementsEqual([UInt8(ascii: "*")])
        ? .status(status) : .done(tag: Self.text(tag), status)
    }
    guard tag.elementsEqual([UInt8(ascii: "*")]) else { throw garble }
    place = start
    return .data(try values(depth: 0))
  }

  private var garble: IMAPGarble {
    IMAPGarble(reason: "it answers something else than a mailbox's server")
  }

  private mutating func status(_ condition: IMAPStatus.Condition) -> IMAPStatus {
    _ = skipSpace()
    var rest = line[place...]
    var code: [String] = []
    if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
      code = rest[..<end].dropFirst().split(separator: UInt8(ascii: " ")).map(Self.text)
      rest = rest[(end + 1)...].drop { $0 == UInt8(ascii: " ") }
    }
    return IMAPStatus(condition: condition, code: code, text: Self.text(rest.prefix(200)))
  }

  /// The bytes to the next space, which is left.
  private mutating func word() -> ArraySlice<UInt8> {
    let start = place
    while place < line.count, line[place] != UInt8(ascii: " ") { place += 1 }
    return line[start..<place]
  }

  private mutating func skipSpace() -> Bool {
    let start = place
    while place < line.count, line[place] == UInt8(ascii: " ") { place += 1 }
    return place > start
  }

  private var hasText: Bool { nextText < texts.count && texts[nextText].place == place }

  /// Values up to the end of the line, or of the list around them, whose bracket is taken.
  private mutating func values(depth: Int) throws(IMAPGarble) -> [IMAPValue] {
    guard depth <= Self.deepest else { throw garble }
    var values: [IMAPValue] = []
    while true {
      if hasText {
        values.append(.string(texts[nextText].bytes))
        nextText += 1
        continue
      }
      guard place < line.count else {
        if depth > 0 { throw garble }
        return values
      }
      switch line[place] {
      case UInt8(ascii: " "): place += 1
      case UInt8(ascii: "("):
        place += 1
        values.append(.list(try self.values(depth: depth + 1)))
      case UInt8(ascii: ")"):
        guard depth > 0 else { throw garble }
        place += 1
        return values
      case UInt8(ascii: "\""): values.append(try quoted())
      default: values.append(atom())
      }
    }
  }

  private mutating func quoted() throws(IMAPGarble) -> IMAPValue {
    place += 1
    var bytes: [UInt8] = []
    while place < line.count, !hasText {
      let byte = line[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return .string(bytes) }
      if byte == UInt8(ascii: "\\"), place < line.count {
        bytes.append(line[place])
        place += 1
      } else {
        bytes.append(byte)
      }
    }
    throw garble
  }

  /// A word: what stands in its square brackets, blanks and all, is part of it.
  private mutating func atom() -> IMAPValue {
    let start = place
    var isInBrackets = false
    loop: while place < line.count {
      if hasText, place > start { break }
      switch line[place] {
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
        if !isInBrackets { break loop }
      default: break
      }
      place += 1
    }
    let text = Self.text(line[start..<place])
    return text.uppercased() == "NIL" ? .nil : .atom(text)
  }
}
