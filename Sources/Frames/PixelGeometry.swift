/// A width and a height in pixels.
public struct PixelSize: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Columns of pixels.
  public var width: Int
  /// Rows of pixels.
  public var height: Int

  /// Creates a size in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The number of pixels.
  public var area: Int { width * height }

  /// Such as `1280x720`.
  public var description: String { "\(width)x\(height)" }
}

/// A pixel, counted from the top left corner of a picture.
public struct PixelPoint: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Columns from the left edge.
  public var x: Int
  /// Rows from the top edge.
  public var y: Int

  /// Creates a point in pixels.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  /// The point moved by a number of pixels.
  public func offset(byX dx: Int, y dy: Int) -> PixelPoint {
    PixelPoint(x: x + dx, y: y + dy)
  }

  /// The straight distance to another point, in pixels.
  public func distance(to other: PixelPoint) -> Double {
    let dx = Double(other.x - x)
    let dy = Double(other.y - y)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// Such as `640,360`.
  public var description: String { "\(x),\(y)" }
}

/// An upright rectangle of pixels; its right and bottom edges are exclusive.
public struct PixelRect: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The leftmost column.
  public var x: Int
  /// The topmost row.
  public var y: Int
  /// Columns of pixels; may be zero.
  public var width: Int
  /// Rows of pixels; may be zero.
  public var height: Int

  /// Creates a rectangle from its top left corner and size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Creates the rectangle of a whole picture.
  public init(_ size: PixelSize) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// The column just right of the rectangle.
  public var maxX: Int { x + width }
  /// The row just below the rectangle.
  public var maxY: Int { y + height }
  /// The pixel in the middle, rounded toward the top left.
  public var center: PixelPoint { PixelPoint(x: x + width / 2, y: y + height / 2) }
  /// Width and height.
  public var size: PixelSize { PixelSize(width: width, height: height) }
  /// Whether no pixel lies in the rectangle.
  public var isEmpty: Bool { width <= 0 || height <= 0 }

  /// Whether a pixel lies in the rectangle.
  public func contains(_ point: PixelPoint) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// Whether all of another rectangle lies in this one.
  public func contains(_ other: PixelRect) -> Bool {
    other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
  }

  /// The part that both rectangles share; empty when there is none.
  public func intersection(_ other: PixelRect) -> PixelRect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return PixelRect(
      x: left, y: top,
      width: max(0, min(maxX, other.maxX) - left),
      height: max(0, min(maxY, other.maxY) - top))
  }

  /// Whether the rectangles share a pixel.
  public func intersects(_ other: PixelRect) -> Bool { !intersection(other).isEmpty }

  /// The smallest rectangle around both.
  public func union(_ other: PixelRect) -> PixelRect {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let left = min(x, other.x)
    let top = min(y, other.y)
    return PixelRect(
      x: left, y: top,
      width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }

  /// The rectangle with each edge moved inward (outward, if negative) by a number of pixels.
  public func insetBy(_ margin: Int) -> PixelRect {
    PixelRect(
      x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// The rectangle moved by a number of pixels.
  public func offset(byX dx: Int, y dy: Int) -> PixelRect {
    PixelRect(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// Such as `10,20,300,40` (left, top, width, height).
  public var description: String { "\(x),\(y),\(width),\(height)" }
}
