/// One channel of a picture: a byte a pixel, row after row without padding.
///
/// Copies share the bytes until one of them is written to.
public struct Plane: Sendable, Equatable {
  /// Columns of samples.
  public let width: Int
  /// Rows of samples.
  public let height: Int
  /// `width * height` samples, top row first.
  public var samples: [UInt8]

  /// Creates a plane from its samples.
  ///
  /// - Precondition: `samples.count == width * height`.
  public init(width: Int, height: Int, samples: [UInt8]) {
    precondition(samples.count == width * height, "a plane needs width * height samples")
    self.width = width
    self.height = height
    self.samples = samples
  }

  /// Creates a plane filled with one value.
  public init(width: Int, height: Int, filledWith value: UInt8 = 0) {
    self.init(
      width: width, height: height, samples: [UInt8](repeating: value, count: width * height))
  }

  /// Width and height in samples.
  public var size: PixelSize { PixelSize(width: width, height: height) }

  /// The sample at a column and row.
  public subscript(x: Int, y: Int) -> UInt8 {
    get { samples[y * width + x] }
    set { samples[y * width + x] = newValue }
  }

  /// The part of the plane inside a rectangle.
  ///
  /// - Precondition: the rectangle lies inside the plane.
  public func cropped(to rect: PixelRect) -> Plane {
    precondition(PixelRect(size).contains(rect), "the crop leaves the plane")
    var cropped = [UInt8]()
    cropped.reserveCapacity(rect.size.area)
    for row in rect.y..<rect.maxY {
      let start = row * width + rect.x
      cropped.append(contentsOf: samples[start..<(start + rect.width)])
    }
    return Plane(width: rect.width, height: rect.height, samples: cropped)
  }
}
