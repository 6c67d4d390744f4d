import Frames

/// The drawing of a desk's pointer.
struct DeskPointer {
  enum Shape: CaseIterable {
    case arrow
    case darkArrow
    case crossHair
    case hand
    case ring
    case beam
    case watch
  }

  /// The shapes that a desk has everywhere.
  static let common: [Shape] = [.arrow, .darkArrow, .crossHair, .hand, .ring]

  /// One pixel of the drawing, from the hot spot.
  struct Dot {
    var x: Int
    var y: Int
    var luma: UInt8
  }

  let dots: [Dot]

  init(_ shape: Shape) {
    var dots: [Dot] = []
    func paint(_ reach: ClosedRange<Int>, body: UInt8, edge: UInt8, _ inside: (Int, Int) -> Bool) {
      for y in reach {
        for x in reach {
          if inside(x, y) {
            dots.append(Dot(x: x, y: y, luma: body))
          } else if (-1...1).contains(where: { dy in
            (-1...1).contains { dx in inside(x + dx, y + dy) }
          }) {
            dots.append(Dot(x: x, y: y, luma: edge))
          }
        }
      }
    }
    func arrow(_ x: Int, _ y: Int) -> Bool {
      (x >= 1 && y >= 2 * 1 && x * 3 < y * 2 && y < 20 - x / 2)
        || (y >= 15 && y < 25 && abs(2 * x - y + 8) < 4)
    }
    switch shape {
    case .arrow: paint(-2...28, body: 235, edge: 20, arrow)
    case .darkArrow: paint(-2...28, body: 22, edge: 230, arrow)
    case .crossHair:
      paint(-18...18, body: 240, edge: 15) { x, y in
        (abs(x) <= 1 && abs(y) <= 14) || (abs(y) <= 1 && abs(x) <= 14)
      }
    case .hand:
      paint(-12...26, body: 225, edge: 30) { x, y in
        (abs(x) <= 2 && y >= 1 && y < 22) || (y >= 10 && y < 24 && x >= -6 && x <= 10)
      }
    case .ring:
      paint(-14...14, body: 245, edge: 40) { x, y in
        (64...121).contains(x * x + y * y)
      }
    case .beam:
      paint(-12...12, body: 15, edge: 235) { x, y in
        (x == 0 && abs(y) <= 9) || (abs(y) == 10 && abs(x) <= 3)
      }
    case .watch:
      paint(-13...13, body: 30, edge: 230) { x, y in
        (49...110).contains(x * x + y * y) || (x == 0 && (-6...0).contains(y))
          || (y == 0 && (0...4).contains(x))
      }
    }
    self.dots = dots
  }

  /// Draws the pointer into a picture, as far as it lies inside.
  func draw(at hotSpot: PixelPoint, into luma: inout [UInt8], size: PixelSize) {
    for dot in dots {
      let (x, y) = (hotSpot.x + dot.x, hotSpot.y + dot.y)
      guard x >= 0, y >= 0, x < size.width, y < size.height else { continue }
      luma[y * size.width + x] = dot.luma
    }
  }
}
