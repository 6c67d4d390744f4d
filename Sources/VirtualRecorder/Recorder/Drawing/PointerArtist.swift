import Frames

/// The pictures of a model's pointer.
struct PointerArtist {
  /// The picture.
  let picture: Picture
  /// The pixel of the picture that is the shape's own tip or centre.
  let tip: PixelPoint

  /// Draws the pointer of a model.
  init(style: Style) {
    let scale = style.scale
    let margin = 3.0
    func picture(_ side: Double, _ drawing: @escaping (Painter) -> Void) -> Picture {
      let pixels = Int((side * scale).rounded(.up))
      return Picture(size: PixelSize(width: pixels, height: pixels)) { painter in
        painter.scale(x: scale, y: scale)
        drawing(painter)
      }
    }
    switch style.model.pointer {
    case .arrow:
      let outline = PointerArtist.arrow(margin: margin, size: 20)
      self.picture = picture(28) { painter in
        painter.fill(polygon: outline, .white)
        painter.stroke(polygon: outline, .black, width: 1.5)
      }
      tip = PixelPoint(x: style.pixels(margin), y: style.pixels(margin))
    case .boldArrow(let color):
      let outline = PointerArtist.arrow(margin: margin, size: 28)
      self.picture = picture(38) { painter in
        painter.stroke(polygon: outline, .black, width: 5)
        painter.stroke(polygon: outline, .white, width: 2.5)
        painter.fill(polygon: outline, color)
      }
      tip = PixelPoint(x: style.pixels(margin), y: style.pixels(margin))
    case .crossHair:
      self.picture = picture(31) { painter in
        for (color, width) in [(Color.black, 4.0), (Color.white, 2.0)] {
          painter.line(from: (15.5, 2), to: (15.5, 29), color, width: width)
          painter.line(from: (2, 15.5), to: (29, 15.5), color, width: width)
        }
      }
      tip = PixelPoint(x: style.pixels(15.5), y: style.pixels(15.5))
    }
  }

  /// The outline of an arrow that points to the top left.
  private static func arrow(margin: Double, size: Double) -> [(Double, Double)] {
    let shape: [(Double, Double)] = [
      (0, 0), (0, 0.92), (0.21, 0.73), (0.36, 1.06), (0.51, 0.99), (0.37, 0.67), (0.65, 0.65),
    ]
    return shape.map { (margin + $0.0 * size, margin + $0.1 * size) }
  }
}
