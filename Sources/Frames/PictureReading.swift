import Glibc

extension Frame {
  /// Reads a PNG or JPEG file as a frame.
  ///
  /// - Parameter path: the file; its name is no evidence of its kind.
  /// - Throws: when it can't be read or is no picture.
  public init(contentsOf path: String) throws(PictureError) {
    self = try isJPEG(path) ? JPEGCodec.read(path) : Frame(image: PNGCodec.read(path))
  }

  /// Makes sure that something of a part lies inside the picture.
  ///
  /// - Parameters:
  ///   - part: the part; nil stands for the whole picture.
  ///   - name: what the part is called.
  /// - Throws: when nothing of the part lies inside.
  public func require(_ part: PixelRect?, called name: String) throws(PartOutsidePicture) {
    if let part, !part.intersects(bounds) {
      throw PartOutsidePicture(part: part, name: name, size: size)
    }
  }
}

extension RGBImage {
  /// Reads a PNG or JPEG file; a JPEG's colours are those that people see.
  ///
  /// - Parameter path: the file; its name is no evidence of its kind.
  /// - Throws: when it can't be read or is no picture.
  public init(contentsOf path: String) throws(PictureError) {
    self = try isJPEG(path) ? RGBImage(JPEGCodec.read(path)) : PNGCodec.read(path)
  }
}

/// A part of a picture of which nothing lies inside the picture.
public struct PartOutsidePicture: Error, Hashable, Sendable, CustomStringConvertible {
  /// The part, in pixels.
  public var part: PixelRect
  /// What the part is called.
  public var name: String
  /// The picture's size.
  public var size: PixelSize

  /// One line, such as `the region 0,900,10,10 lies outside the frame (1280x720)`.
  public var description: String { "the \(name) \(part) lies outside the frame (\(size))" }
}

/// Whether a file begins as JPEG files do.
private func isJPEG(_ path: String) -> Bool {
  guard let file = fopen(path, "rbe") else { return false }
  defer { fclose(file) }
  return fgetc(file) == 0xFF && fgetc(file) == 0xD8
}
