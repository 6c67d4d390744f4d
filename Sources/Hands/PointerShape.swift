import FrameVision
import Frames

/// One of the shapes that a recorder's pointer takes: an arrow, a hand over what can be clicked, an
/// I-beam over what can be typed into.
struct PointerShape: Sendable {
  /// Finds the drawing.
  var finder: PointerFinder
  /// The drawing's corner, from the hot spot.
  var drawing: PixelPoint
  /// By how many pixels that may be off along either axis.
  var slack: Int

  /// The largest slack of a shape that tells where the hot spot is as well as any.
  static let exact = 2

  /// Whether it tells where the hot spot is as well as any.
  var isExact: Bool { slack <= Self.exact }

  /// Where the hot spot is in a sighting.
  func hotSpot(of sighting: PointerSighting) -> PixelPoint {
    sighting.origin.offset(byX: -drawing.x, y: -drawing.y)
  }

  /// Where the drawing's corner is for a hot spot.
  func origin(for hotSpot: PixelPoint) -> PixelPoint {
    hotSpot.offset(byX: drawing.x, y: drawing.y)
  }
}
