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
    let magnitude = value.magnitude
    let digits = Self.digits(of: magnitude)
    begin(name, UInt8(ascii: "i"), digits + (value < 0 ? 1 : 0))
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    write(magnitude, digits)
    end()
  }

  mutating func add(_ name: String, _ value: Double) {
    begin(name, UInt8(ascii: "r"), 16)
    for place in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(value.bitPattern >> UInt64(place) & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
    end()
  }

  mutating func add(_ name: String, _ text: String) {
    begin(name, UInt8(ascii: "t"), text.utf8.count)
    bytes += text.utf8
    end()
  }

  mutating func add(_ name: String, text: UnsafeRawBufferPointer) {
    begin(name, UInt8(ascii: "t"), text.count)
    bytes.append(contentsOf: text)
    end()
  }

  mutating func add(_ name: String, _ raw: [UInt8]) {
    begin(name, UInt8(ascii: "b"), raw.count)
    bytes += raw
    end()
  }

  mutating func add(_ name: String, raw: UnsafeRawBufferPointer) {
    begin(name, UInt8(ascii: "b"), raw.count)
    bytes.append(contentsOf: raw)
    end()
  }

  /// Lines that were made already.
  mutating func add(lines: [UInt8]) {
    bytes += lines
  }

  private mutating func begin(_ name: String, _ kind: UInt8, _ count: Int) {
    bytes += name.utf8
    bytes.append(UInt8(ascii: " "))
    bytes.append(kind)
    write(UInt64(count), Self.digits(of: UInt64(count)))
    bytes.append(UInt8(ascii: " "))
  }

  private mutating func end() {
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func digits(of value: UInt64) -> Int {
    var (digits, rest) = (1, value)
    while rest >= 10 { (digits, rest) = (digits + 1, rest / 10) }
    return digits
  }

  /// Without a text of its own: a ledger's audit writes millions of numbers.
  private mutating func write(_ value: UInt64, _ digits: Int) {
    let start = bytes.count
    var rest = value
    for _ in 0..<digits { bytes.append(0) }
    for place in stride(from: start + digits - 1, through: start, by: -1) {
      bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}
