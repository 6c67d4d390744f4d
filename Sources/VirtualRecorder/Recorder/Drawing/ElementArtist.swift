import Frames

/// Draws the parts of screens in a model's theme.
struct ElementArtist {
  /// How an element stands out.
  enum State {
    case resting
    case pointedAt
    case pressed
  }

  let style: Style
  let engine: TextEngine

  private var theme: Theme { style.theme }
  private var radius: Double { theme.radius * style.scale }
  private var hairline: Double { max(1, style.scale.rounded()) }

  /// Draws an element.
  func draw(_ element: Element, state: State = .resting, with painter: Painter) {
    let rect = element.rect
    switch element.look {
    case .panel: drawGround(theme.panel, rect, painter)
    case .titleBar(let title): drawTitleBar(rect, title, painter)
    case .text(let text, let alignment):
      painter.text(
        text, in: rect, font: style.font(theme.textSize),
        theme.text, engine: engine, alignment: alignment,
        wraps: true)
    case .value(let text):
      painter.text(
        text, in: rect, font: style.font(theme.textSize), theme.text, engine: engine)
    case .button(let label, let isDefault):
      drawButton(rect, label, isDefault: isDefault, state, painter)
    case .link(let label): drawLink(rect, label, state, painter)
    case .field(let content): drawField(rect, content, painter)
    case .fixedField(let text): drawFixedField(rect, text, painter)
    case .key(let label, let isLetter):
      drawKey(rect, label, isLetter: isLetter, state, painter)
    case .keyboardGround: drawGround(theme.keyboard, rect, painter)
    case .menuGround: drawMenuGround(rect, painter)
    case .menuIcon(let shape, let caption):
      drawIcon(rect, shape, caption, size: 34, state, painter)
    case .tile(let shape, let caption): drawTile(rect, shape, caption, state, painter)
    case .fullScreen:
      painter.fill(rect, top: theme.panel.top, bottom: theme.panel.bottom.lighter(-0.25))
    case .header(let title, let note): drawHeader(rect, title, note, painter)
    case .separator: painter.fill(rect, theme.panelBorder.opacity(0.6))
    case .overlay(let text): drawOverlay(rect, text, painter)
    case .cameraMessage(let text):
      painter.text(
        text, in: rect, font: style.font(theme.textSize), Color(0xc8ccd0), engine: engine,
        alignment: .center)
    }
  }

  // MARK: Grounds

  private func drawGround(_ ground: Theme.Ground, _ rect: PixelRect, _ painter: Painter) {
    painter.fill(rect, top: ground.top, bottom: ground.bottom, radius: radius)
    painter.stroke(rect, theme.panelBorder, width: hairline, radius: radius)
  }

  private func drawMenuGround(_ rect: PixelRect, _ painter: Painter) {
    painter.fill(rect, top: theme.menu.top, bottom: theme.menu.bottom)
    painter.stroke(rect, theme.panelBorder, width: hairline)
  }

  private func drawTitleBar(_ rect: PixelRect, _ title: String, _ painter: Painter) {
    painter.fill(rect, top: theme.title.top, bottom: theme.title.bottom, radius: radius)
    let margin = style.pixels(18)
    painter.text(
      title, in: rect.insetAcross(margin), font: style.font(theme.titleSize, bold: true),
      theme.titleText, engine: engine, alignment: theme.centresTitles ? .center : .leading)
  }

  private func drawHeader(
    _ rect: PixelRect, _ title: String, _ note: String, _ painter: Painter
  ) {
    painter.fill(rect, top: theme.title.top, bottom: theme.title.bottom)
    let inner = rect.insetAcross(style.pixels(32))
    painter.text(
      title, in: inner, font: style.font(theme.titleSize + 4, bold: true), theme.titleText,
      engine: engine)
    painter.text(
      note, in: inner, font: style.font(theme.textSize), theme.titleText, engine: engine,
      alignment: .trailing)
  }

  // MARK: Controls

  private func drawButton(
    _ rect: PixelRect, _ label: String, isDefault: Bool, _ state: State, _ painter: Painter
  ) {
    let ground =
      switch state {
      case .pressed: theme.pressed
      case .pointedAt, .resting: isDefault ? theme.accent : theme.button
      }
    let lift = state == .pointedAt ? 0.12 : 0
    painter.fill(
      rect, top: ground.top.lighter(lift), bottom: ground.bottom.lighter(lift), radius: radius)
    painter.stroke(rect, theme.buttonBorder, width: hairline, radius: radius)
    let color =
      switch state {
      case .pressed: theme.pressedText
      case .pointedAt, .resting: isDefault ? theme.accentText : theme.buttonText
      }
    painter.text(
      label, in: rect, font: style.font(theme.textSize), color, engine: engine,
      alignment: .center)
  }

  private func drawLink(
    _ rect: PixelRect, _ label: String, _ state: State, _ painter: Painter
  ) {
    let color = state == .pressed ? theme.pressed.top : theme.link
    painter.text(
      label, in: rect, font: style.font(theme.textSize), color, engine: engine,
      alignment: .center)
    let bottom = Double(rect.maxY) - 5 * style.scale
    painter.line(
      from: (Double(rect.x) + 6 * style.scale, bottom),
      to: (Double(rect.maxX) - 6 * style.scale, bottom), color, width: hairline)
  }

  private func drawField(_ rect: PixelRect, _ content: FieldContent, _ painter: Painter) {
    painter.fill(rect, theme.field, radius: radius / 2)
    painter.stroke(
      rect, content.isFocused ? theme.fieldFocus : theme.fieldBorder,
      width: content.isFocused ? 2 * hairline : hairline, radius: radius / 2)
    let inner = rect.insetAcross(style.pixels(10))
    var caret = inner.x
    if content.text.isEmpty, let placeholder = content.placeholder {
      painter.text(
        placeholder, in: inner, font: style.font(theme.textSize), theme.fieldText.opacity(0.55),
        engine: engine)
    }
    if content.isSecret {
      let pitch = style.pixels(14)
      let dot = 4.5 * style.scale
      for index in 0..<content.text.count {
        painter.fill(
          discAtX: Double(inner.x + index * pitch) + dot, y: Double(rect.center.y),
          radius: dot, theme.fieldText)
      }
      caret += content.text.count * pitch
    } else {
      let font = style.font(theme.textSize + 3)
      painter.text(content.text, in: inner, font: font, theme.fieldText, engine: engine)
      caret += engine.size(of: content.text, font: font).width
    }
    if content.isFocused {
      painter.fill(
        PixelRect(
          x: caret + style.pixels(3), y: rect.y + style.pixels(6),
          width: max(1, style.pixels(1.5)), height: rect.height - style.pixels(12)),
        theme.fieldText.opacity(0.6))
    }
  }

  private func drawFixedField(_ rect: PixelRect, _ text: String, _ painter: Painter) {
    painter.fill(rect, theme.field.opacity(0.82), radius: radius / 2)
    painter.stroke(rect, theme.fieldBorder, width: hairline, radius: radius / 2)
    painter.text(
      text, in: rect.insetAcross(style.pixels(10)), font: style.font(theme.textSize),
      theme.fieldText, engine: engine)
    let (x, y) = (Double(rect.maxX) - 20 * style.scale, Double(rect.center.y))
    let reach = 5 * style.scale
    painter.fill(
      polygon: [(x - reach, y - reach / 2), (x + reach, y - reach / 2), (x, y + reach)],
      theme.fieldText)
  }

  private func drawKey(
    _ rect: PixelRect, _ label: String, isLetter: Bool, _ state: State, _ painter: Painter
  ) {
    let ground =
      switch state {
      case .pressed: theme.pressed
      case .pointedAt, .resting: isLetter ? theme.key : theme.otherKey
      }
    painter.fill(rect, top: ground.top, bottom: ground.bottom, radius: radius * 0.7)
    painter.stroke(rect, theme.panelBorder.opacity(0.7), width: hairline, radius: radius * 0.7)
    painter.text(
      label, in: rect, font: style.font(isLetter ? theme.keySize : theme.keySize - 3),
      state == .pressed ? theme.pressedText : theme.keyText, engine: engine,
      alignment: .center)
  }

  private func drawTile(
    _ rect: PixelRect, _ shape: IconShape, _ caption: String, _ state: State,
    _ painter: Painter
  ) {
    let ground = state == .pressed ? theme.pressed : theme.button
    let lift = state == .pointedAt ? 0.12 : 0
    painter.fill(
      rect, top: ground.top.lighter(lift), bottom: ground.bottom.lighter(lift),
      radius: radius * 1.5)
    painter.stroke(rect, theme.buttonBorder, width: hairline, radius: radius * 1.5)
    drawIcon(rect, shape, caption, size: 56, state, painter)
  }

  private func drawIcon(
    _ rect: PixelRect, _ shape: IconShape, _ caption: String, size: Double, _ state: State,
    _ painter: Painter
  ) {
    let isTile = size > 40
    let textColor = isTile ? theme.buttonText : theme.menuText
    let iconColor = isTile ? theme.buttonText : theme.icon
    if !isTile, state != .resting {
      let ground = state == .pressed ? theme.pressed : theme.button
      painter.fill(rect, top: ground.top, bottom: ground.bottom, radius: radius)
    }
    let captionHeight = style.pixels(theme.captionSize + 10)
    let captionRect = PixelRect(
      x: rect.x, y: rect.maxY - captionHeight - style.pixels(4), width: rect.width,
      height: captionHeight)
    let side = style.pixels(size)
    let top = rect.y + max(0, (captionRect.y - rect.y - side) / 2)
    let iconRect = PixelRect(
      x: rect.center.x - side / 2, y: top, width: side, height: side)
    IconArtist(painter: painter, color: state == .pressed ? theme.pressedText : iconColor)
      .draw(shape, in: iconRect)
    painter.text(
      caption, in: captionRect,
      font: style.font(isTile ? theme.textSize : theme.captionSize),
      state == .pressed ? theme.pressedText : textColor, engine: engine, alignment: .center)
  }

  // MARK: Overlays

  private func drawOverlay(_ rect: PixelRect, _ text: String, _ painter: Painter) {
    painter.fill(rect, theme.overlay)
    painter.text(
      text, in: rect, font: style.font(theme.clockSize), theme.overlayText, engine: engine,
      alignment: .center)
  }
}

extension PixelRect {
  /// The rectangle without a margin at its left and right.
  func insetAcross(_ margin: Int) -> PixelRect {
    PixelRect(x: x + margin, y: y, width: max(0, width - 2 * margin), height: height)
  }
}
