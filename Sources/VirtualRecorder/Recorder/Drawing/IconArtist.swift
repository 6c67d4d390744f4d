import Frames

/// Draws pictograms of one colour.
struct IconArtist {
  let painter: Painter
  let color: Color

  /// Draws a pictogram into a square.
  func draw(_ shape: IconShape, in rect: PixelRect) {
    painter.isolated {
      painter.translate(x: Double(rect.x), y: Double(rect.y))
      painter.scale(x: Double(rect.width) / 32, y: Double(rect.height) / 32)
      drawInSquareOf32(shape)
    }
  }

  private func drawInSquareOf32(_ shape: IconShape) {
    switch shape {
    case .menu:
      for row in 0..<3 { box(5, 7 + 8 * row, 22, 4) }
    case .magnifier:
      painter.stroke(arcAtX: 13, y: 13, radius: 8, color, width: 3)
      painter.line(from: (19, 19), to: (27, 27), color, width: 4)
    case .record:
      painter.stroke(arcAtX: 16, y: 16, radius: 12, color, width: 2.5)
      painter.fill(discAtX: 16, y: 16, radius: 6.5, color)
    case .speaker:
      painter.fill(polygon: [(4, 12), (10, 12), (17, 5), (17, 27), (10, 20), (4, 20)], color)
      painter.stroke(arcAtX: 17, y: 16, radius: 6, from: -0.9, to: 0.9, color, width: 2.5)
      painter.stroke(arcAtX: 17, y: 16, radius: 11, from: -0.9, to: 0.9, color, width: 2.5)
    case .camera:
      box(3, 10, 19, 13)
      painter.fill(polygon: [(23, 15), (29, 10), (29, 23), (23, 18)], color)
    case .grid:
      for index in 0..<4 { box(4 + 13 * (index % 2), 5 + 12 * (index / 2), 11, 10) }
    case .gear:
      for tooth in 0..<8 {
        painter.isolated {
          painter.translate(x: 16, y: 16)
          painter.rotate(by: Double(tooth) * .pi / 4)
          box(-2, -14, 4, 6)
        }
      }
      painter.stroke(arcAtX: 16, y: 16, radius: 7.5, color, width: 5)
    case .network:
      box(12, 4, 8, 7)
      box(3, 21, 8, 7)
      box(21, 21, 8, 7)
      painter.line(from: (16, 11), to: (16, 17), color, width: 2.5)
      painter.line(from: (7, 17), to: (25, 17), color, width: 2.5)
      painter.line(from: (7, 16), to: (7, 21), color, width: 2.5)
      painter.line(from: (25, 16), to: (25, 21), color, width: 2.5)
    case .disk:
      painter.stroke(PixelRect(x: 4, y: 8, width: 24, height: 17), color, width: 2.5, radius: 3)
      painter.line(from: (4, 19), to: (28, 19), color, width: 2.5)
      painter.fill(discAtX: 24, y: 22, radius: 1.5, color)
    case .bell:
      painter.fill(polygon: [(8, 22), (10, 11), (16, 6), (22, 11), (24, 22)], color)
      painter.fill(discAtX: 16, y: 25, radius: 3, color)
    case .door:
      painter.stroke(PixelRect(x: 6, y: 4, width: 13, height: 24), color, width: 2.5)
      painter.line(from: (12, 16), to: (27, 16), color, width: 3)
      painter.fill(polygon: [(23, 10), (30, 16), (23, 22)], color)
    case .information:
      painter.stroke(arcAtX: 16, y: 16, radius: 12, color, width: 2.5)
      box(14, 14, 4, 9)
      painter.fill(discAtX: 16, y: 10, radius: 2.2, color)
    case .person:
      painter.fill(discAtX: 16, y: 11, radius: 6, color)
      painter.fill(polygon: [(5, 28), (8, 20), (13, 18), (19, 18), (24, 20), (27, 28)], color)
    }
  }

  private func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    painter.fill(PixelRect(x: x, y: y, width: width, height: height), color)
  }
}
