import Frames

/// Uncompressed pictures, each with its own time, as a stream of Matroska (RFC 9559): what ffmpeg takes
/// from a pipe without losing the times.
struct MatroskaStream {
  /// The pictures' size in pixels; both sides are even.
  let size: PixelSize

  /// How many bytes a picture has: luma, then both chroma planes with half its width and height.
  var pictureBytes: Int { size.area * 3 / 2 }

  /// What a stream begins with.
  var header: [UInt8] {
    let ebml = Self.element(
      [0x1A, 0x45, 0xDF, 0xA3],
      Self.number([0x42, 0x86], 1) + Self.number([0x42, 0xF7], 1) + Self.number([0x42, 0xF2], 4)
        + Self.number([0x42, 0xF3], 8) + Self.text([0x42, 0x82], "matroska")
        + Self.number([0x42, 0x87], 4) + Self.number([0x42, 0x85], 2))
    // Times are in milliseconds.
    let info = Self.element(
      [0x15, 0x49, 0xA9, 0x66],
      Self.number([0x2A, 0xD7, 0xB1], 1_000_000) + Self.text([0x4D, 0x80], "gantry")
        + Self.text([0x57, 0x41], "gantry"))
    let video = Self.element(
      [0xE0],
      Self.number([0xB0], size.width) + Self.number([0xBA], size.height)
        + Self.text([0x2E, 0xB5, 0x24], "I420"))
    let track = Self.element(
      [0xAE],
      Self.number([0xD7], 1) + Self.number([0x73, 0xC5], 1) + Self.number([0x83], 1)
        + Self.text([0x86], "V_UNCOMPRESSED") + video)
    // A segment whose length is not known yet.
    let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
    return ebml + segment + info + Self.element([0x16, 0x54, 0xAE, 0x6B], track)
  }

  /// What stands in front of a picture: a cluster of its own.
  ///
  /// - Parameter milliseconds: when it is shown; later than the one before.
  /// - Returns: the bytes up to the picture's first.
  func head(at milliseconds: Int64) -> [UInt8] {
    // Track 1, no time beside the cluster's, a key frame.
    let block: [UInt8] = [0x81, 0, 0, 0x80]
    let time = Self.number([0xE7], Int(milliseconds))
    let blockHead = [0xA3] + Self.length(block.count + pictureBytes) + block
    return [0x1F, 0x43, 0xB6, 0x75]
      + Self.length(time.count + blockHead.count + pictureBytes) + time + blockHead
  }

  private static func element(_ id: [UInt8], _ content: [UInt8]) -> [UInt8] {
    id + length(content.count) + content
  }

  private static func number(_ id: [UInt8], _ value: Int) -> [UInt8] {
    element(id, bytes(UInt64(value)))
  }

  private static func text(_ id: [UInt8], _ text: String) -> [UInt8] {
    element(id, Array(text.utf8))
  }

  /// A length in eight bytes.
  private static func length(_ count: Int) -> [UInt8] {
    [0x01] + (0..<7).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  }

  private static func bytes(_ value: UInt64) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
