import Frames

/// The kind and size of a picture file, from its first bytes.
struct PictureHeader {
  /// What browsers call its format.
  var mediaType: String
  /// Width and height.
  var size: PixelSize

  /// Reads the header; nil when the bytes are neither a PNG nor a JPEG file.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 {
      mediaType = "image/png"
      size = PixelSize(
        width: Int(bytes[18]) << 8 | Int(bytes[19]), height: Int(bytes[22]) << 8 | Int(bytes[23]))
    } else if let size = Self.jpegSize(bytes) {
      mediaType = "image/jpeg"
      self.size = size
    } else {
      return nil
    }
  }

  /// The size in a JPEG's frame header (ITU-T T.81, B.2.2).
  private static func jpegSize(_ bytes: [UInt8]) -> PixelSize? {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
    var position = 2
    while position + 9 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      // SOF0 to SOF15, but for the tables and extensions that share their numbers.
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return PixelSize(
          width: Int(bytes[position + 7]) << 8 | Int(bytes[position + 8]),
          height: Int(bytes[position + 5]) << 8 | Int(bytes[position + 6]))
      }
      position += 2 + length
    }
    return nil
  }
}
