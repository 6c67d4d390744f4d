import FrameVision
import Frames

/// What a pilot has learnt about a recorder's pointer.
struct LearntHand: Sendable {
  /// Finds the drawing.
  var finder: PointerFinder
  /// The drawing's corner, from the hot spot.
  var drawing: PixelPoint
  /// How far reports move it.
  var gains: StepGains
  /// From a report to a frame that shows its effect.
  var latency: Duration

  /// Where the hot spot is in a sighting.
  func hotSpot(of sighting: PointerSighting) -> PixelPoint {
    sighting.origin.offset(byX: -drawing.x, y: -drawing.y)
  }

  /// Where the drawing's corner is for a hot spot.
  func origin(for hotSpot: PixelPoint) -> PixelPoint {
    hotSpot.offset(byX: drawing.x, y: drawing.y)
  }
}

/// Where a pointer should be brought.
struct Destination: Sendable {
  /// The point.
  var point: PixelPoint
  /// How far from it is near enough, in pixels.
  var toleranceX: Int
  var toleranceY: Int

  init(_ point: PixelPoint, inside box: PixelRect?) {
    self.point = point
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
}
