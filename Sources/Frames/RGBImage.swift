/// A colour with its opacity, a byte a part.
public struct RGBColor: Hashable, Sendable {
  /// Red, 0…255.
  public var red: UInt8
  /// Green, 0…255.
  public var green: UInt8
  /// Blue, 0…255.
  public var blue: UInt8
  /// Opacity: 0 is transparent, 255 opaque. The other parts are not multiplied by it.
  public var alpha: UInt8

  /// Creates a colour, opaque unless said otherwise.
  public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}

/// A still picture in red, green, blue and opacity, as picture files hold it.
///
/// Colours are sRGB values, not multiplied by the opacity. Copies share the bytes until one of
/// them is written to.
public struct RGBImage: Sendable, Hashable {
  /// The longest side that the codecs take, in pixels. No screen is larger; a file that claims to
  /// be is broken or hostile.
  public static let longestSide = 8192

  /// Width and height in pixels.
  public let size: PixelSize
  /// Four bytes a pixel (red, green, blue, alpha), row after row without padding, top row first.
  public var pixels: [UInt8]

  /// Creates a picture from its bytes.
  ///
  /// - Precondition: `pixels.count == 4 * size.area`.
  public init(size: PixelSize, pixels: [UInt8]) {
    precondition(pixels.count == 4 * size.area, "a picture needs four bytes a pixel")
    self.size = size
    self.pixels = pixels
  }

  /// Creates a picture of one colour.
  public init(size: PixelSize, filledWith color: RGBColor) {
    var pixels = [UInt8](repeating: color.alpha, count: 4 * size.area)
    for pixel in 0..<size.area {
      pixels[4 * pixel] = color.red
      pixels[4 * pixel + 1] = color.green
      pixels[4 * pixel + 2] = color.blue
    }
    self.init(size: size, pixels: pixels)
  }

  /// Hashes all bytes together, which costs much less than one after the other.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    pixels.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// Columns of pixels.
  public var width: Int { size.width }

  /// Rows of pixels.
  public var height: Int { size.height }

  /// Whether no pixel lets anything shine through.
  public var isOpaque: Bool {
    var alpha: UInt8 = 255
    for pixel in 0..<size.area { alpha &= pixels[4 * pixel + 3] }
    return alpha == 255
  }

  /// The colour of the pixel at a column and row.
  public subscript(x: Int, y: Int) -> RGBColor {
    get {
      let start = 4 * (y * width + x)
      return RGBColor(
        red: pixels[start], green: pixels[start + 1], blue: pixels[start + 2],
        alpha: pixels[start + 3])
    }
    set {
      let start = 4 * (y * width + x)
      pixels[start] = newValue.red
      pixels[start + 1] = newValue.green
      pixels[start + 2] = newValue.blue
      pixels[start + 3] = newValue.alpha
    }
  }

  /// The part of the picture inside a rectangle.
  ///
  /// - Precondition: the rectangle lies inside the picture.
  public func cropped(to rect: PixelRect) -> RGBImage {
    precondition(PixelRect(size).contains(rect), "the crop leaves the picture")
    var cropped = [UInt8]()
    cropped.reserveCapacity(4 * rect.size.area)
    for row in rect.y..<rect.maxY {
      let start = 4 * (row * width + rect.x)
      cropped.append(contentsOf: pixels[start..<(start + 4 * rect.width)])
    }
    return RGBImage(size: rect.size, pixels: cropped)
  }
}
