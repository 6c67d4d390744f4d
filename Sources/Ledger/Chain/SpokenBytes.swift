/// Named values as bytes that are the same wherever they are made, and that no other values have: what
/// a link of the ledger's chain is the digest of.
///
/// Each value is a line: its name, a blank, a letter for its kind and the number of its bytes, a blank,
/// and the bytes themselves.
///
/// | letter | kind | bytes |
/// | --- | --- | --- |
/// | `i` | whole number | decimal digits, after `-` where it is less than zero |
/// | `r` | other number | the 16 hex digits of its IEEE 754 double |
/// | `t` | text | UTF-8 |
/// | `b` | bytes | as they are |
///
/// A value that is missing has no line, so that a ledger that learns to book more says the same of what
/// it booked before.
struct SpokenBytes {
  private(set) var bytes: [UInt8] = []

  /// Begins anew, in the same memory.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func add(_ name: String, _ value: Int64) {
    add(name, "i", Array("\(value)".utf8))
  }

  mutating func add(_ name: String, _ value: Double) {
    let digits = String(value.bitPattern, radix: 16)
    add(name, "r", Array((String(repeating: "0", count: 16 - digits.utf8.count) + digits).utf8))
  }

  mutating func add(_ name: String, _ text: String) {
    add(name, text: Array(text.utf8))
  }

  mutating func add(_ name: String, text: [UInt8]) {
    add(name, "t", text)
  }

  mutating func add(_ name: String, _ raw: [UInt8]) {
    add(name, "b", raw)
  }

  /// Lines that were made already.
  mutating func add(lines: [UInt8]) {
    bytes += lines
  }

  private mutating func add(_ name: String, _ kind: StaticString, _ value: [UInt8]) {
    bytes += name.utf8
    bytes.append(UInt8(ascii: " "))
    kind.withUTF8Buffer { bytes += $0 }
    bytes += "\(value.count)".utf8
    bytes.append(UInt8(ascii: " "))
    bytes += value
    bytes.append(UInt8(ascii: "\n"))
  }
}
