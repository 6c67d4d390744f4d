package import Frames

/// What an icon shows.
package enum Shape: String, CaseIterable, Sendable {
  case house, bell, camera, gear, arrow, cross, bars, folder, moon, lock, play, pause, grid, drop

  /// Draws the shape into a square; `hole` is what shines through where the shape has holes.
  package func draw(on canvas: Canvas, in box: PixelRect, _ ink: Ink, hole: Ink) {
    let unit = Double(min(box.width, box.height)) / 16
    let (left, top) = (Double(box.x), Double(box.y))
    func at(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      (left + x * unit, top + y * unit)
    }
    func poly(_ points: [(Double, Double)], _ ink: Ink) {
      canvas.fill(points.map { at($0.0, $0.1) }, ink)
    }
    func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ ink: Ink) {
      poly([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], ink)
    }
    func disc(_ x: Double, _ y: Double, _ radius: Double, _ ink: Ink) {
      let middle = at(x, y)
      canvas.dot(middle.x, middle.y, radius: radius * unit, ink)
    }
    switch self {
    case .house:
      poly([(8, 1), (15, 8), (13, 8), (13, 15), (3, 15), (3, 8), (1, 8)], ink)
      bar(6.5, 10, 3, 5, hole)
    case .bell:
      disc(8, 7, 5, ink)
      bar(3, 7, 10, 5, ink)
      bar(1, 12, 14, 1.5, ink)
      disc(8, 14, 1.5, ink)
    case .camera:
      bar(1, 4, 14, 10, ink)
      bar(5, 2, 6, 2, ink)
      disc(8, 9, 3.5, hole)
      disc(8, 9, 2, ink)
    case .gear:
      bar(6.5, 0.5, 3, 15, ink)
      bar(0.5, 6.5, 15, 3, ink)
      poly([(2, 4), (4, 2), (14, 12), (12, 14)], ink)
      poly([(12, 2), (14, 4), (4, 14), (2, 12)], ink)
      disc(8, 8, 2.5, hole)
    case .arrow: poly([(1, 6), (8, 6), (8, 2), (15, 8), (8, 14), (8, 10), (1, 10)], ink)
    case .cross:
      poly([(3, 1), (15, 13), (13, 15), (1, 3)], ink)
      poly([(13, 1), (15, 3), (3, 15), (1, 13)], ink)
    case .bars:
      bar(1, 2, 14, 3, ink)
      bar(1, 7, 14, 3, ink)
      bar(1, 12, 10, 3, ink)
    case .folder:
      bar(1, 3, 6, 3, ink)
      bar(1, 5, 14, 9, ink)
    case .moon:
      disc(8, 8, 7, ink)
      disc(11, 6, 5.5, hole)
    case .lock:
      disc(8, 6, 4.5, ink)
      disc(8, 6, 2.5, hole)
      bar(2, 7, 12, 8, ink)
    case .play: poly([(3, 1), (15, 8), (3, 15)], ink)
    case .pause:
      bar(3, 1, 4, 14, ink)
      bar(9, 1, 4, 14, ink)
    case .grid:
      for x in [1.0, 8.5] { for y in [1.0, 8.5] { bar(x, y, 6.5, 6.5, ink) } }
    case .drop:
      poly([(8, 0.5), (13, 9), (3, 9)], ink)
      disc(8, 10, 5, ink)
    }
  }
}
