import CPNG

/// Reads and writes PNG files through libpng's simplified interface.
public enum PNGCodec {
  /// How much time to spend on a smaller file.
  public enum Effort: Sendable {
    /// Quick and larger: for evidence, written while a run goes on.
    case fast
    /// Slower and smaller: for references, written once and read often.
    case small
  }

  /// A picture from the bytes of a PNG file: any colour type and depth, brought to eight bits.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what an error calls the picture.
  /// - Returns: the picture, with opacity if the file has it.
  /// - Throws: when the bytes are no PNG file, damaged, or larger than ``RGBImage/longestSide``.
  public static func decode(
    _ bytes: [UInt8], named name: String = "PNG picture"
  ) throws(PictureError) -> RGBImage {
    // libpng's own word for this case speaks of its error stack.
    guard bytes.starts(with: signature) else {
      throw PictureError(file: name, reason: "not a PNG file")
    }
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    // The control that the first call stores keeps the pointer, so one scope holds both calls.
    let decoded: [UInt8]? = try bytes.withUnsafeBufferPointer { memory throws(PictureError) in
      guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
        return nil
      }
      if let refusal = size(of: image).refusal { throw PictureError(file: name, reason: refusal) }
      image.format = rgba
      // Without it, deep files that do not name their curve would be taken as linear light.
      image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      var pixels = [UInt8](repeating: 0, count: 4 * size(of: image).area)
      return png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 ? pixels : nil
    }
    guard let decoded else {
      throw PictureError(file: name, reason: "a damaged PNG file (\(message(of: image)))")
    }
    return RGBImage(size: size(of: image), pixels: decoded)
  }

  /// The bytes of a PNG file; without an alpha channel if the picture is opaque.
  ///
  /// - Throws: when the picture is empty or larger than ``RGBImage/longestSide``.
  public static func encode(
    _ picture: RGBImage, effort: Effort = .small
  ) throws(PictureError) -> [UInt8] {
    let name = "PNG picture"
    if let refusal = picture.size.refusal { throw PictureError(file: name, reason: refusal) }
    let opaque = picture.isOpaque
    let pixels = opaque ? withoutAlpha(picture) : picture.pixels
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(picture.width)
    image.height = png_uint_32(picture.height)
    image.format = opaque ? rgb : rgba
    image.flags = effort == .fast ? png_uint_32(PNG_IMAGE_FLAG_FAST) : 0
    defer { png_image_free(&image) }
    // No PNG file is larger than its pixels, a filter byte a row and a little framing.
    var count = pixels.count + pixels.count / 64 + picture.height + 4096
    var encoded = [UInt8](repeating: 0, count: count)
    guard png_image_write_to_memory(&image, &encoded, &count, 0, pixels, 0, nil) != 0 else {
      throw PictureError(file: name, reason: "can't be encoded (\(message(of: image)))")
    }
    encoded.removeSubrange(count...)
    return encoded
  }

  /// The picture in a PNG file.
  ///
  /// - Throws: as ``decode(_:named:)``, and when the file can't be read.
  public static func read(_ path: String) throws(PictureError) -> RGBImage {
    try decode(PictureFile.read(path), named: path)
  }

  /// Writes a picture to a PNG file, replacing what was there.
  ///
  /// - Throws: as ``encode(_:effort:)``, and when the file can't be written.
  public static func write(
    _ picture: RGBImage, to path: String, effort: Effort = .small
  ) throws(PictureError) {
    do throws(PictureError) {
      try PictureFile.write(encode(picture, effort: effort), to: path)
    } catch {
      throw PictureError(file: path, reason: error.reason)
    }
  }

  /// The first eight bytes of every PNG file (PNG specification, 5.2).
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static let rgb = png_uint_32(PNG_FORMAT_FLAG_COLOR)
  private static let rgba = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)

  private static func size(of image: png_image) -> PixelSize {
    PixelSize(width: Int(image.width), height: Int(image.height))
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func withoutAlpha(_ picture: RGBImage) -> [UInt8] {
    let area = picture.size.area
    return [UInt8](unsafeUninitializedCapacity: 3 * area) { target, count in
      for pixel in 0..<area {
        target[3 * pixel] = picture.pixels[4 * pixel]
        target[3 * pixel + 1] = picture.pixels[4 * pixel + 1]
        target[3 * pixel + 2] = picture.pixels[4 * pixel + 2]
      }
      count = 3 * area
    }
  }
}

extension Frame {
  /// The frame as the bytes of a PNG file, for evidence.
  ///
  /// - Throws: when the frame is empty or larger than ``RGBImage/longestSide``.
  public func png(effort: PNGCodec.Effort = .fast) throws(PictureError) -> [UInt8] {
    try PNGCodec.encode(RGBImage(self), effort: effort)
  }
}
