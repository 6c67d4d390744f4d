import Bench
import Frames
import RecorderModel
import Scenario

/// Where a model's places are in a picture: they are pixels of its screen's size.
extension RecorderModel {
  /// Whether a picture can be compared with the model.
  func fits(_ look: Look) -> Bool { look.frame.size == screen }

  /// Says that a picture has another size than the model.
  func sizeComplaint(_ look: Look) -> String {
    "the screen shows \(look.frame.size), but the model \(name) is made for \(screen)"
  }

  /// The pixel of a place on the screen.
  func pixel(_ point: ScreenPoint, on look: Look) throws(Stop) -> PixelPoint {
    let size = look.frame.size
    let place = PixelPoint(
      x: try coordinate(point.x, of: size.width, on: look),
      y: try coordinate(point.y, of: size.height, on: look))
    guard look.frame.bounds.contains(place) else {
      throw Stop(.scenarioInvalid, "the point \(place) lies off the screen of \(size)")
    }
    return place
  }

  private func coordinate(_ coordinate: ScreenPoint.Coordinate, of length: Int, on look: Look)
    throws(Stop) -> Int
  {
    switch coordinate {
    case .share(let share): return min(length - 1, Int(Double(length) * share))
    case .pixels(let pixels):
      guard fits(look) else { throw Stop(.captureSize, sizeComplaint(look)) }
      return pixels
    }
  }
}
