/// FNV-1a in 64 bits (Fowler, Noll and Vo): tells a file that is not whole.
enum Checksum {
  /// The sum of some bytes.
  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// The same in hexadecimal.
  static func text(of bytes: some Sequence<UInt8>) -> String { String(of(bytes), radix: 16) }
}
