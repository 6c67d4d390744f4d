package import Frames

/// One thing on a screen.
package enum Widget: Hashable, Sendable {
  /// What a button is in.
  package enum State: String, Sendable {
    case normal, focused, pressed, disabled
  }

  case label(String)
  case checkBox(String, isTicked: Bool)
  case radio(String, isChosen: Bool)
  case button(String, State)
  /// A shape in a colour, its side in pixels.
  case icon(Shape, Ink, side: Int)
  /// A field with so many password dots.
  case dots(Int)
  /// A caption with a field beside it and what stands in the field.
  case field(String, Thin)
  /// A disc with a shape in it.
  case badge(Shape, Ink, side: Int)

  /// What a field that is nearly empty may hold.
  package enum Thin: String, CaseIterable, Sendable {
    case nothing, caret, underline, hairline, one, dash, slash
  }

  /// Draws the widget with its top left corner at a point.
  ///
  /// - Returns: the rectangle that it covers.
  @discardableResult
  package func draw(on canvas: Canvas, at origin: PixelPoint, _ theme: Theme) -> PixelRect {
    switch self {
    case .label(let text): return write(text, on: canvas, origin.x, origin.y, theme.ink, theme)
    case .checkBox(let text, let isTicked):
      let box = square(canvas, origin, theme)
      if isTicked { Self.tick(canvas, box, theme) }
      return box.union(beside(box, text, canvas, theme))
    case .radio(let text, let isChosen):
      let box = circle(canvas, origin, theme)
      if isChosen {
        let (x, y) = (Double(box.x) + Double(box.width) / 2, Double(box.y) + Double(box.height) / 2)
        canvas.dot(x, y, radius: max(2, Double(box.width) / 5), theme.ink)
      }
      return box.union(beside(box, text, canvas, theme))
    case .button(let text, let state): return button(text, state, canvas, origin, theme)
    case .icon(let shape, let ink, let side):
      let box = PixelRect(x: origin.x, y: origin.y, width: side, height: side)
      shape.draw(on: canvas, in: box, ink, hole: theme.field)
      return box
    case .badge(let shape, let ink, let side):
      let box = PixelRect(x: origin.x, y: origin.y, width: side, height: side)
      let middle = (x: Double(box.x) + Double(side) / 2, y: Double(box.y) + Double(side) / 2)
      canvas.dot(middle.x, middle.y, radius: Double(side) / 2, ink)
      let sign = ink.luma > 128 ? Ink(20, 20, 20) : Ink(240, 240, 240)
      shape.draw(on: canvas, in: box.insetBy(side / 4), sign, hole: ink)
      return box
    case .dots(let count): return dots(count, canvas, origin, theme)
    case .field(let caption, let content): return field(caption, content, canvas, origin, theme)
    }
  }

  private func write(
    _ text: String, on canvas: Canvas, _ x: Int, _ y: Int, _ ink: Ink, _ theme: Theme
  ) -> PixelRect {
    canvas.text(text, x, y, ink, font: theme.font, size: theme.textSize)
  }

  private func beside(
    _ box: PixelRect, _ text: String, _ canvas: Canvas, _ theme: Theme
  ) -> PixelRect {
    write(
      text, on: canvas, box.maxX + max(4, theme.textSize / 3), box.y - theme.textSize / 8,
      theme.ink, theme)
  }

  private func square(_ canvas: Canvas, _ origin: PixelPoint, _ theme: Theme) -> PixelRect {
    let side = max(11, theme.textSize)
    let box = PixelRect(x: origin.x, y: origin.y + 2, width: side, height: side)
    canvas.fill(box, theme.field)
    canvas.outline(box, theme.edge)
    return box
  }

  private static func tick(_ canvas: Canvas, _ box: PixelRect, _ theme: Theme) {
    let unit = Double(box.width) / 12
    let points = [(2.5, 6.0), (5.0, 9.0), (9.5, 3.0)].map {
      (x: Double(box.x) + $0.0 * unit, y: Double(box.y) + $0.1 * unit)
    }
    canvas.line(points, theme.ink, width: 1)
  }

  private func circle(_ canvas: Canvas, _ origin: PixelPoint, _ theme: Theme) -> PixelRect {
    let side = max(11, theme.textSize)
    let box = PixelRect(x: origin.x, y: origin.y + 2, width: side, height: side)
    let (x, y) = (Double(box.x) + Double(side) / 2, Double(box.y) + Double(side) / 2)
    canvas.dot(x, y, radius: Double(side) / 2, theme.field)
    canvas.ring(x, y, radius: Double(side) / 2 - 0.5, theme.edge, width: 1)
    return box
  }

  private func button(
    _ text: String, _ state: State, _ canvas: Canvas, _ origin: PixelPoint, _ theme: Theme
  ) -> PixelRect {
    let measured = canvas.text(
      text, 0, 0, Ink(0, 0, 0, opacity: 0), font: theme.font, size: theme.textSize)
    let box = PixelRect(
      x: origin.x, y: origin.y, width: measured.width + 2 * theme.textSize,
      height: measured.height + theme.textSize * 2 / 3)
    var (face, ink) = (theme.button, theme.ink)
    let isBright = face.luma > 110
    switch state {
    case .normal: break
    case .focused: face = face.shifted(by: isBright ? -30 : 30)
    case .pressed: face = face.shifted(by: isBright ? -55 : 55)
    case .disabled: ink = ink.mixed(0.6, with: face)
    }
    canvas.fill(box, face, radius: theme.radius)
    canvas.outline(box, theme.edge, radius: theme.radius)
    let nudge = state == .pressed ? 1 : 0
    _ = write(
      text, on: canvas, box.x + theme.textSize + nudge, box.y + theme.textSize / 3 + nudge, ink,
      theme)
    return box
  }

  private func dots(
    _ count: Int, _ canvas: Canvas, _ origin: PixelPoint, _ theme: Theme
  ) -> PixelRect {
    let pitch = max(7, theme.textSize * 5 / 8)
    let box = PixelRect(
      x: origin.x, y: origin.y, width: 16 * pitch, height: theme.textSize + 10)
    canvas.fill(box, theme.field)
    canvas.outline(box, theme.edge)
    for dot in 0..<count {
      canvas.dot(
        Double(box.x + pitch + dot * pitch), Double(box.y) + Double(box.height) / 2,
        radius: Double(pitch) * 0.32, theme.ink)
    }
    return box
  }

  private func field(
    _ caption: String, _ content: Thin, _ canvas: Canvas, _ origin: PixelPoint, _ theme: Theme
  ) -> PixelRect {
    let size = theme.textSize
    let words = write(caption, on: canvas, origin.x, origin.y + 4, theme.ink, theme)
    let box = PixelRect(
      x: words.maxX + size / 2, y: origin.y, width: 6 * size, height: words.height + 8)
    canvas.fill(box, theme.field)
    canvas.outline(box, theme.edge)
    let ink = theme.ink
    let (x, middle) = (box.x + size / 2 + 2, box.y + box.height / 2)
    switch content {
    case .nothing: break
    case .caret: canvas.fill(PixelRect(x: x, y: box.y + 4, width: 1, height: size), ink)
    case .underline:
      canvas.fill(PixelRect(x: x, y: box.maxY - 5, width: size, height: 1), ink)
    case .hairline:
      canvas.fill(PixelRect(x: box.x + 3, y: middle, width: box.width - 6, height: 1), ink)
    case .one: _ = write("1", on: canvas, x, box.y + 4, ink, theme)
    case .dash: _ = write("-", on: canvas, x, box.y + 4, ink, theme)
    case .slash: _ = write("/", on: canvas, x, box.y + 4, ink, theme)
    }
    return words.union(box)
  }
}
