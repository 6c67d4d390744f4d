import Frames

/// How a user interface looks.
struct Look: Sendable {
  var font: String
  var textSize: Double
  var ground: Ink
  var panel: Ink
  var face: Ink
  var edge: Ink
  var text: Ink
  var faint: Ink
  var accent: Ink

  private static let fonts = [
    "DejaVu Sans", "Liberation Sans", "Roboto", "Noto Sans", "Open Sans", "DejaVu Sans Bold",
    "Liberation Sans Narrow",
  ]

  /// A look drawn by dice: dark or light, any font, text of 11 to 26 pixels.
  init(_ dice: inout Dice) {
    func roll(_ range: ClosedRange<Int>, _ dice: inout Dice) -> Int {
      .random(in: range, using: &dice)
    }
    font = Self.fonts.randomElement(using: &dice) ?? "DejaVu Sans"
    textSize = Double(roll(11...26, &dice))
    let isDark = roll(0...1, &dice) == 0
    let (r, g, b) = (roll(0...14, &dice), roll(0...14, &dice), roll(0...20, &dice))
    func shade(_ dark: Int, _ light: Int) -> Ink {
      let level = isDark ? dark : light
      return Ink(min(255, level + r), min(255, level + g), min(255, level + b))
    }
    ground = shade(14, 200)
    panel = shade(32, 226)
    face = shade(58, 205)
    edge = shade(96, 150)
    text = isDark ? Ink(232, 232, 232) : Ink(24, 24, 24)
    faint = shade(105, 140)
    accent =
      [
        Ink(40, 110, 200), Ink(200, 90, 30), Ink(40, 150, 80), Ink(170, 40, 60), Ink(120, 70, 190),
      ].randomElement(using: &dice) ?? Ink(40, 110, 200)
  }
}

/// Something on a screen that a template may show, with a change that a tester must notice.
enum Widget: Hashable, Sendable {
  enum State: Hashable, Sendable { case normal, focused, pressed, disabled }
  enum Shape: Hashable, Sendable, CaseIterable { case house, gear, disk, power, person }

  case label(String)
  case button(String, State)
  case checkBox(String, isTicked: Bool)
  case radio(String, isChosen: Bool)
  case dots(Int)
  case icon(Shape, Ink.Name)
  case frame(hasLine: Bool)

  /// Draws it and returns the box around it.
  @discardableResult
  func draw(on canvas: Canvas, at origin: PixelPoint, _ look: Look) -> PixelRect {
    let (x, y) = (Double(origin.x), Double(origin.y))
    let line = Int(look.textSize * 1.4)
    func write(_ text: String, _ dx: Int, _ dy: Double, _ ink: Ink) -> PixelRect {
      canvas.text(text, x + Double(dx), y + dy, ink, font: look.font, size: look.textSize)
    }
    switch self {
    case .label(let text):
      return write(text, 0, 0, look.text)
    case .button(let text, let state):
      let box = PixelRect(
        x: origin.x, y: origin.y, width: Int(look.textSize) * (text.count + 4) * 6 / 10,
        height: line + 12)
      var face = look.face
      if state == .focused { face = face.moved(by: 30) }
      if state == .pressed { face = face.moved(by: -25) }
      canvas.fill(box, face)
      canvas.outline(box, look.edge)
      let shift = state == .pressed ? 1 : 0
      _ = write(
        text, Int(look.textSize * 0.9) + shift, 6 + Double(shift),
        state == .disabled ? look.faint : look.text)
      return box
    case .checkBox(let text, let isTicked):
      let side = Int(look.textSize)
      let box = PixelRect(x: origin.x, y: origin.y + 2, width: side, height: side)
      canvas.outline(box, look.text)
      if isTicked {
        let (s, bx, by) = (Double(side), Double(box.x), Double(box.y))
        canvas.line(
          [
            (bx + s * 0.25, by + s * 0.5), (bx + s * 0.45, by + s * 0.72),
            (bx + s * 0.8, by + s * 0.28),
          ],
          look.text)
      }
      return box.union(write(text, side + 8, 0, look.text))
    case .radio(let text, let isChosen):
      let side = Int(look.textSize)
      let center = (x: x + Double(side) / 2, y: y + 2 + Double(side) / 2)
      canvas.dot(center.x, center.y, radius: Double(side) / 2, look.text)
      canvas.dot(center.x, center.y, radius: Double(side) / 2 - 1.2, look.panel)
      if isChosen { canvas.dot(center.x, center.y, radius: max(1.2, Double(side) / 6), look.text) }
      return PixelRect(x: origin.x, y: origin.y + 2, width: side, height: side)
        .union(write(text, side + 8, 0, look.text))
    case .dots(let count):
      let box = PixelRect(x: origin.x, y: origin.y, width: 180, height: line + 10)
      canvas.fill(box, look.ground)
      canvas.outline(box, look.edge)
      let radius = max(2.2, look.textSize / 6)
      for at in 0..<count {
        canvas.dot(
          x + 10 + (Double(at) + 0.5) * radius * 3, y + Double(box.height) / 2, radius: radius,
          look.text)
      }
      return box
    case .icon(let shape, let name):
      let side = max(16, Int(look.textSize * 1.5))
      let box = PixelRect(x: origin.x, y: origin.y, width: side, height: side)
      shape.draw(on: canvas, box, name.ink)
      return box
    case .frame(let hasLine):
      let box = PixelRect(x: origin.x, y: origin.y, width: 120, height: line + 30)
      canvas.outline(box, look.edge)
      if hasLine {
        canvas.line([(x + 12, y + 20.5), (x + 90, y + 20.5)], look.faint)
      }
      return box
    }
  }
}

extension Widget.Shape {
  func draw(on canvas: Canvas, _ box: PixelRect, _ ink: Ink) {
    let (s, x, y) = (Double(box.width), Double(box.x), Double(box.y))
    func at(_ u: Double, _ v: Double) -> (x: Double, y: Double) { (x + u * s, y + v * s) }
    switch self {
    case .house:
      canvas.line([at(0.05, 0.5), at(0.5, 0.1), at(0.95, 0.5)], ink, width: s / 10)
      canvas.line(
        [at(0.2, 0.45), at(0.2, 0.9), at(0.8, 0.9), at(0.8, 0.45)], ink, width: s / 10)
    case .gear:
      canvas.dot(x + s / 2, y + s / 2, radius: s * 0.32, ink)
      for (u, v) in [
        (0.5, 0.05), (0.5, 0.95), (0.05, 0.5), (0.95, 0.5), (0.18, 0.18), (0.82, 0.82),
      ] {
        canvas.line([at(0.5, 0.5), at(u, v)], ink, width: s / 7)
      }
    case .disk:
      canvas.outline(box.insetBy(2), ink, width: s / 10)
      canvas.line([at(0.3, 0.3), at(0.7, 0.3)], ink, width: s / 6)
    case .power:
      canvas.line([at(0.5, 0.05), at(0.5, 0.5)], ink, width: s / 9)
      canvas.line(
        [
          at(0.25, 0.25), at(0.12, 0.55), at(0.3, 0.85), at(0.7, 0.85), at(0.88, 0.55),
          at(0.75, 0.25),
        ],
        ink, width: s / 9)
    case .person:
      canvas.dot(x + s / 2, y + s * 0.28, radius: s * 0.2, ink)
      canvas.line([at(0.15, 0.95), at(0.3, 0.6), at(0.7, 0.6), at(0.85, 0.95)], ink, width: s / 7)
    }
  }
}

extension Ink {
  /// Colours of nearly equal luma, so that only chroma tells them apart.
  enum Name: Hashable, Sendable, CaseIterable {
    case red, green, blue, amber, grey

    var ink: Ink {
      switch self {
      case .red: Ink(214, 60, 60)
      case .green: Ink(40, 150, 60)
      case .blue: Ink(70, 100, 220)
      case .amber: Ink(165, 95, 10)
      case .grey: Ink(107, 107, 107)
      }
    }
  }

  func moved(by levels: Int) -> Ink {
    Ink(
      max(0, min(255, red + levels)), max(0, min(255, green + levels)),
      max(0, min(255, blue + levels)))
  }
}
