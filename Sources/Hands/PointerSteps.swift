import Frames

/// The steps between learning places, and where the drawing is when the hot spot is in the corner.
struct PointerSteps {
  /// About where the drawing's corner is when the hot spot is at 0,0.
  var corner: PixelPoint
  /// Pixels from one place to the next.
  var stepX: Double
  var stepY: Double

  /// How far from where it is expected by these steps a drawing may be, in pixels: no two steps need
  /// be equally long.
  var slack: Int { 24 + Int(0.5 * max(stepX, stepY)) }

  init?(_ origins: [PixelPoint?], places: [(Int, Int)]) {
    let seen = zip(origins, places).compactMap { origin, place in
      origin.map { (origin: $0, place: place) }
    }
    var stepsX: [Double] = []
    var stepsY: [Double] = []
    for (index, first) in seen.enumerated() {
      for second in seen[(index + 1)...] {
        let (dx, dy) = (second.place.0 - first.place.0, second.place.1 - first.place.1)
        if dx != 0 { stepsX.append(Double(second.origin.x - first.origin.x) / Double(dx)) }
        if dy != 0 { stepsY.append(Double(second.origin.y - first.origin.y) / Double(dy)) }
      }
    }
    guard !stepsX.isEmpty, !stepsY.isEmpty else { return nil }
    stepX = stepsX.sorted()[stepsX.count / 2]
    stepY = stepsY.sorted()[stepsY.count / 2]
    guard stepX > 4, stepY > 4 else { return nil }
    let xs = seen.map { [stepX] in Double($0.origin.x) - stepX * Double($0.place.0) }.sorted()
    let ys = seen.map { [stepY] in Double($0.origin.y) - stepY * Double($0.place.1) }.sorted()
    corner = PixelPoint(
      x: Int(xs[xs.count / 2].rounded()), y: Int(ys[ys.count / 2].rounded()))
  }
}
