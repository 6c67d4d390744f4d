/// A call and what it was answered, as a line of a trace: `open /dev/video10 2050 -> 3`.
///
/// A trace is a file of such lines; empty lines and lines that begin with `#` are for people.
public struct TraceLine: Hashable, Sendable {
  /// What was asked: the call's name and its arguments, words with one space between them.
  public var question: String
  /// What was answered, in words as well; empty for calls that answer nothing.
  public var answer: String

  /// Creates a line.
  public init(_ question: String, _ answer: String = "") {
    self.question = question
    self.answer = answer
  }

  /// Reads a line; nil where the text is none.
  public init?(text: some StringProtocol) {
    guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
    let parts = text.split(separator: " ->", maxSplits: 1, omittingEmptySubsequences: false)
    question = String(parts[0])
    answer = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
  }

  /// The line as it is written.
  public var text: String { answer.isEmpty ? question : "\(question) -> \(answer)" }
}

/// How values are written in a trace.
enum TraceText {
  /// A text as one word: what separates words and parts of words is written as its number.
  static func word(_ text: String) -> String {
    guard !text.isEmpty else { return "%" }
    return text.utf8.map { byte in
      let isPlain = byte > 0x20 && byte < 0x7F && !"%,=".utf8.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + hex([byte])
    }.joined()
  }

  /// The text that was written as a word.
  static func text(_ word: some StringProtocol) -> String {
    if word == "%" { return "" }
    var bytes: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let first = rest.popFirst() {
      if first == UInt8(ascii: "%"), rest.count >= 2 {
        bytes += Self.bytes(String(decoding: rest.prefix(2), as: UTF8.self)) ?? []
        rest = rest.dropFirst(2)
      } else {
        bytes.append(first)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Keys and values as one word, which is there also where they are none.
  static func pairs(_ pairs: [String: String]) -> String {
    if pairs.isEmpty { return "%" }
    let sorted = pairs.sorted { $0.key < $1.key }
    return sorted.map { "\(word($0.key))=\(word($0.value))" }.joined(separator: ",")
  }

  /// The keys and values that were written as a word.
  static func pairs(_ word: some StringProtocol) -> [String: String] {
    let parts = word.split(separator: ",").compactMap { part -> (String, String)? in
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      return sides.count == 2 ? (text(sides[0]), text(sides[1])) : nil
    }
    return Dictionary(parts) { first, _ in first }
  }

  private static let digits = Array("0123456789abcdef")

  /// Bytes in pairs of digits.
  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// Bytes without the zeros at their end, and of three zeros or more in a row only how many they
  /// are: `01_7_2a`; `0` where nothing else is in them.
  static func trimmedHex(_ bytes: [UInt8]) -> String {
    guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return "0" }
    var text = ""
    var zeros = 0
    for byte in bytes[...last] {
      if byte == 0 {
        zeros += 1
        continue
      }
      text += zeros >= 3 ? "_\(zeros)_" : String(repeating: "00", count: zeros)
      text += hex([byte])
      zeros = 0
    }
    return text
  }

  /// The bytes of pairs of digits and of numbers of zeros; nil where there are other characters.
  static func bytes(_ hex: some StringProtocol) -> [UInt8]? {
    if hex == "0" { return [] }
    var bytes: [UInt8] = []
    let parts = hex.split(separator: "_", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index % 2 == 1 {
        guard let count = Int(part), count >= 0 else { return nil }
        bytes += [UInt8](repeating: 0, count: count)
        continue
      }
      let values = part.map { $0.hexDigitValue }
      guard values.count % 2 == 0 else { return nil }
      for place in stride(from: 0, to: values.count, by: 2) {
        guard let high = values[place], let low = values[place + 1] else { return nil }
        bytes.append(UInt8(high << 4 | low))
      }
    }
    return bytes
  }
}
