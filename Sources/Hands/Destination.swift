import Frames

/// Where a pointer should be brought.
struct Destination: Sendable {
  /// The point.
  var point: PixelPoint
  /// How far from it is near enough, in pixels.
  var toleranceX: Int
  var toleranceY: Int
  /// Whether anything is pointed at there: where the pointer is only out of the way, nobody needs to
  /// know what it points at.
  var isOfUse: Bool

  init(_ point: PixelPoint, inside box: PixelRect?, isOfUse: Bool = true) {
    self.point = point
    self.isOfUse = isOfUse
    toleranceX = 3
    toleranceY = 3
    if let box {
      toleranceX = Self.tolerance(toEdges: point.x - box.x, box.maxX - 1 - point.x)
      toleranceY = Self.tolerance(toEdges: point.y - box.y, box.maxY - 1 - point.y)
    }
  }

  /// Half of the way to the nearer edge, within reason.
  private static func tolerance(toEdges near: Int, _ far: Int) -> Int {
    max(2, min(12, min(near, far) / 2))
  }

  /// Whether a hot spot is near enough.
  func accepts(_ hotSpot: PixelPoint) -> Bool {
    abs(hotSpot.x - point.x) <= toleranceX && abs(hotSpot.y - point.y) <= toleranceY
  }

  /// Whether it is large enough for a hot spot that is known so well: half of the way to the edge is
  /// left for what is not known.
  func allows(slack: Int) -> Bool {
    !isOfUse || slack <= max(PointerShape.exact, min(toleranceX, toleranceY))
  }
}
