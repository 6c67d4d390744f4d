/// Base64 (RFC 4648) of which no two texts stand for the same bytes: padded, without blanks, and with
/// no bits left over.
enum Base64 {
  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each byte; 255 for one that is no digit.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in standard.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for (place, byte) in group.enumerated() { bits |= UInt32(byte) << UInt32(16 - 8 * place) }
      for place in 0..<4 {
        text.append(
          place <= group.count
            ? standard[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text in the standard alphabet or, as DSSE allows, the one for URLs, but no mixture.
  ///
  /// - Returns: nil where the text is none, or another one would be the right one for its bytes.
  static func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    let isForURLs = digits.contains(UInt8(ascii: "-")) || digits.contains(UInt8(ascii: "_"))
    if isForURLs {
      for index in digits.indices {
        switch digits[index] {
        case UInt8(ascii: "+"), UInt8(ascii: "/"): return nil
        case UInt8(ascii: "-"): digits[index] = UInt8(ascii: "+")
        case UInt8(ascii: "_"): digits[index] = UInt8(ascii: "/")
        default: break
        }
      }
    }
    guard digits.count.isMultiple(of: 4) else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for digit in digits.dropLast(padding) {
      let value = values[Int(digit)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    // What is left over must be nothing: otherwise a changed text would stand for the same bytes.
    guard bits & (1 << count - 1) == 0, count == [0, 2, 4][padding] || digits.isEmpty else {
      return nil
    }
    return bytes
  }
}
