/// A picture of red, green, blue and opacity, a byte each: what PNG files hold and people look at.
public struct RGBImage: Sendable, Hashable {
  /// Width and height in pixels.
  public let size: PixelSize
  /// Four bytes a pixel (red, green, blue, alpha; not premultiplied), top row first.
  public var pixels: [UInt8]

  /// Creates a picture from its bytes.
  ///
  /// - Precondition: `pixels.count == size.area * 4`.
  public init(size: PixelSize, pixels: [UInt8]) {
    precondition(pixels.count == size.area * 4, "a picture needs four bytes a pixel")
    self.size = size
    self.pixels = pixels
  }
}
