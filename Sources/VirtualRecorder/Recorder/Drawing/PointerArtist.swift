import Frames

/// The picture of a model's pointer in one of its shapes.
struct PointerArtist {
  /// What the pointer is over, or waits for.
  enum Occasion: CaseIterable {
    /// Nothing in particular: the model's own pointer.
    case plain
    /// Something that can be clicked.
    case link
    /// A text field.
    case field
    /// A window that is still coming up.
    case busy
  }

  /// The picture.
  let picture: Picture
  /// The pixel of the picture that is the shape's own tip or centre.
  let tip: PixelPoint

  /// Draws the pointer of a model for an occasion.
  init(style: Style, for occasion: Occasion = .plain) {
    let scale = style.scale
    let margin = 3.0
    func picture(_ side: Double, _ drawing: @escaping (Painter) -> Void) -> Picture {
      let pixels = Int((side * scale).rounded(.up))
      return Picture(size: PixelSize(width: pixels, height: pixels)) { painter in
        painter.scale(x: scale, y: scale)
        drawing(painter)
      }
    }
    let dark = style.model.pointer == .arrow
    let (body, edge) = dark ? (Color.white, Color.black) : (Color.black, Color.white)
    switch occasion {
    case .plain: break
    case .link:
      let outline = PointerArtist.hand(margin: margin)
      self.picture = picture(30) { painter in
        painter.fill(polygon: outline, body)
        painter.stroke(polygon: outline, edge, width: 1.5)
      }
      tip = PixelPoint(x: style.pixels(margin + 6), y: style.pixels(margin))
      return
    case .field:
      self.picture = picture(26) { painter in
        for (color, width) in [(edge, 3.6), (body, 1.6)] {
          painter.line(from: (13, 3), to: (13, 23), color, width: width)
          painter.line(from: (9, 3), to: (17, 3), color, width: width)
          painter.line(from: (9, 23), to: (17, 23), color, width: width)
        }
      }
      tip = PixelPoint(x: style.pixels(13), y: style.pixels(13))
      return
    case .busy:
      let glass: [(Double, Double)] = [(5, 3), (23, 3), (16, 14), (23, 25), (5, 25), (12, 14)]
      self.picture = picture(28) { painter in
        painter.fill(polygon: glass, body)
        painter.stroke(polygon: glass, edge, width: 2)
      }
      tip = PixelPoint(x: style.pixels(14), y: style.pixels(14))
      return
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

  /// The outline of a hand whose finger points up.
  private static func hand(margin: Double) -> [(Double, Double)] {
    let shape: [(Double, Double)] = [
      (4, 0), (8, 0), (8, 10), (20, 11), (21, 17), (18, 24), (6, 24), (0, 15), (1, 12), (4, 14),
    ]
    return shape.map { (margin + $0.0, margin + $0.1) }
  }

  /// The outline of an arrow that points to the top left.
  private static func arrow(margin: Double, size: Double) -> [(Double, Double)] {
    let shape: [(Double, Double)] = [
      (0, 0), (0, 0.92), (0.21, 0.73), (0.36, 1.06), (0.51, 0.99), (0.37, 0.67), (0.65, 0.65),
    ]
    return shape.map { (margin + $0.0 * size, margin + $0.1 * size) }
  }
}
