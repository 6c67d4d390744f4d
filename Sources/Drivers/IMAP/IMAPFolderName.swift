/// Names of folders as they go to and fro: UTF-7 with changes (RFC 3501, section 5.1.3).
enum IMAPFolderName {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  /// A name as a server takes it.
  static func encoded(_ name: String) -> String {
    var text: [UInt8] = []
    var units: [UInt16] = []
    func flush() {
      guard !units.isEmpty else { return }
      text += [UInt8(ascii: "&")] + base64(units) + [UInt8(ascii: "-")]
      units = []
    }
    for unit in name.utf16 {
      guard (0x20...0x7E).contains(unit) else {
        units.append(unit)
        continue
      }
      flush()
      text.append(UInt8(unit))
      if unit == UInt16(UInt8(ascii: "&")) { text.append(UInt8(ascii: "-")) }
    }
    flush()
    return String(decoding: text, as: UTF8.self)
  }

  private static func base64(_ units: [UInt16]) -> [UInt8] {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for unit in units {
      bits = bits << 16 | UInt32(unit)
      count += 16
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> count & 0x3F)])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(digits[Int(bits << (6 - count) & 0x3F)]) }
    return text
  }

  /// What a server's name says; as it is where it is not written as it should be.
  static func decoded(_ name: String) -> String {
    var units: [UInt16] = []
    var rest = Array(name.utf16)[...]
    while let unit = rest.popFirst() {
      guard unit == UInt16(UInt8(ascii: "&")) else {
        units.append(unit)
        continue
      }
      guard let end = rest.firstIndex(of: UInt16(UInt8(ascii: "-"))) else { return name }
      let part = rest[..<end]
      rest = rest[(end + 1)...]
      if part.isEmpty {
        units.append(unit)
      } else if let shifted = shifted(part) {
        units += shifted
      } else {
        return name
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static func shifted(_ text: ArraySlice<UInt16>) -> [UInt16]? {
    var units: [UInt16] = []
    var bits: UInt32 = 0
    var count = 0
    for unit in text {
      guard let byte = UInt8(exactly: unit), let digit = digits.firstIndex(of: byte) else {
        return nil
      }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 16 {
        count -= 16
        units.append(UInt16(bits >> count & 0xFFFF))
        bits &= (1 << count) - 1
      }
    }
    return bits == 0 && count < 6 ? units : nil
  }
}
