import Frames

/// An edge of the picture, where the hot spot stops however far the mouse is moved.
enum PictureEdge: CaseIterable {
  case upper, left, lower, right

  /// Whether it tells the hot spot's row; else it tells its column.
  var tellsRow: Bool { self == .upper || self == .lower }

  /// The row or column of a hot spot that is stopped there.
  func stop(in size: PixelSize) -> Int {
    switch self {
    case .upper, .left: 0
    case .lower: size.height - 1
    case .right: size.width - 1
    }
  }

  /// The row or column of a point, whichever the edge tells.
  func across(_ point: PixelPoint) -> Int { tellsRow ? point.y : point.x }

  /// A point at the edge, so far from the top left along it.
  func point(_ along: Int, in size: PixelSize) -> PixelPoint {
    tellsRow
      ? PixelPoint(x: along, y: stop(in: size)) : PixelPoint(x: stop(in: size), y: along)
  }

  /// The edge across the picture.
  var opposite: PictureEdge {
    switch self {
    case .upper: .lower
    case .left: .right
    case .lower: .upper
    case .right: .left
    }
  }
}
