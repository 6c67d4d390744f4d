/// A PNG file put together by hand (PNG specification), in forms that the codec never writes.
struct HandMadePNG {
  var width: UInt32
  var height: UInt32
  var depth: UInt8
  var colorType: UInt8
  /// What stands before the pixels.
  var chunks: [(name: String, bytes: [UInt8])] = []
  /// The rows without their filter bytes.
  var rows: [[UInt8]]
  /// 1 when the file says that its rows are interlaced.
  var interlace: UInt8 = 0

  var bytes: [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk("IHDR", word(width) + word(height) + [depth, colorType, 0, 0, interlace])
    for (name, bytes) in chunks { file += chunk(name, bytes) }
    file += chunk("IDAT", deflated(rows.flatMap { [0] + $0 }))
    return file + chunk("IEND", [])
  }

  private func word(_ value: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  private func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    var crc = UInt32.max
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return word(UInt32(bytes.count)) + body + word(~crc)
  }

  /// One stored block (RFC 1950 and 1951).
  private func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    let count = UInt16(bytes.count)
    let lengths = [count & 0xFF, count >> 8, ~count & 0xFF, ~count >> 8].map { UInt8($0) }
    return [0x78, 0x01, 0x01] + lengths + bytes + word(high << 16 | low)
  }
}
