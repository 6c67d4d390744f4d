import Frames

/// Draws whole screens, from the cameras at the bottom to the pointer on top.
final class ScreenArtist {
  private let style: Style
  private let elements: ElementArtist
  private let cache = LayerCache()
  private let wall: CameraWall
  private let pointers: [PointerArtist.Occasion: PointerArtist]

  /// Prepares what stays the same from picture to picture.
  init(style: Style, seed: UInt64, cameras: CameraFeed) {
    self.style = style
    elements = ElementArtist(style: style, engine: TextEngine())
    wall = CameraWall(style: style, seed: seed, feed: cameras)
    pointers = Dictionary(
      uniqueKeysWithValues: PointerArtist.Occasion.allCases.map {
        ($0, PointerArtist(style: style, for: $0))
      })
  }

  // MARK: Start

  /// Draws the picture of a starting recorder, with a line that says what it does.
  func drawBoot(progress: Double, saying line: String, into canvas: RGBCanvas) {
    let painter = canvas.painter
    let theme = style.theme
    let engine = elements.engine
    painter.fill(PixelRect(canvas.size), top: theme.boot.top, bottom: theme.boot.bottom)
    painter.text(
      style.model.identity.brand, in: style.rect(0, 240, style.width, 90),
      font: style.font(56, bold: true), theme.bootText, engine: engine, alignment: .center)
    painter.text(
      style.model.identity.model, in: style.rect(0, 330, style.width, 40),
      font: style.font(24), theme.bootText.opacity(0.8), engine: engine, alignment: .center)
    let left = (style.width - 420) / 2
    painter.fill(style.rect(left, 430, 420, 14), theme.bootText.opacity(0.18), radius: 4)
    painter.fill(
      style.rect(left, 430, max(8, 420 * progress), 14), top: theme.accent.top,
      bottom: theme.accent.bottom, radius: 4)
    painter.text(
      line, in: style.rect(0, 460, style.width, 40),
      font: style.font(theme.textSize), theme.bootText.opacity(0.8), engine: engine,
      alignment: .center)
  }

  // MARK: Running

  /// Draws the picture of a running recorder.
  func draw(
    _ firmware: Firmware, board: Mainboard, at now: MonotonicInstant, pointer: PointerRendering,
    into canvas: RGBCanvas
  ) {
    let painter = canvas.painter
    let lowest = firmware.windows.lastIndex { open in
      open.window.manners.coversAll && !isComingUp(open, firmware, now)
    }
    if lowest == nil { drawLiveView(firmware, board, now, canvas) }
    for index in (lowest ?? 0)..<firmware.windows.count {
      draw(firmware.windows[index], in: .window(index), firmware, now, painter)
    }
    if let layer = firmware.keyboardLayer {
      paint(layer, in: .keyboard, painter)
    }
    if let toast = firmware.toast { paint(toast.layer(style), in: .toast, painter) }
    if let notice = firmware.notice {
      draw(notice, in: .notice, firmware, now, painter)
    }
    drawHighlight(firmware, now, painter)
    drawPointer(firmware, now, pointer, painter)
  }

  private func drawLiveView(
    _ firmware: Firmware, _ board: Mainboard, _ now: MonotonicInstant, _ canvas: RGBCanvas
  ) {
    let connected = wall.draw(
      at: now, upFor: firmware.isFirstStart ? nil : firmware.startedAt.duration(to: now),
      into: canvas)
    let names = board.flash.cameras
    for (index, name) in names.enumerated() {
      paint(wall.nameLayer(index, name), in: .cameraName(index), canvas.painter)
      if !connected[index] {
        elements.draw(
          wall.messageElement(index, style.wordings.connecting), with: canvas.painter)
      }
    }
    let clock = style.model.dateStyle.dateAndTime(board.date(at: now))
    paint(clockLayer(clock), in: .clock, canvas.painter)
  }

  private func clockLayer(_ text: String) -> Layer {
    let (width, height) = (280.0, 34.0)
    let (x, y) =
      switch style.theme.clockPlace {
      case .topRight: (style.width - width - 12, 10.0)
      case .bottomRight: (style.width - width - 12, style.height - height - 12)
      }
    let area = style.rect(x, y, width, height)
    return Layer(area: area, elements: [Element(rect: area, look: .overlay(text))])
  }

  private func isComingUp(
    _ open: Firmware.OpenWindow, _ firmware: Firmware, _ now: MonotonicInstant
  ) -> Bool {
    if case .atOnce = open.window.manners.entrance { return false }
    return now < open.openedAt.advanced(by: firmware.traits.entrance)
  }

  private func draw(
    _ open: Firmware.OpenWindow, in slot: LayerCache.Slot, _ firmware: Firmware,
    _ now: MonotonicInstant, _ painter: Painter
  ) {
    let layer = open.layer(style)
    guard isComingUp(open, firmware, now) else {
      paint(layer, in: slot, painter)
      return
    }
    let age = open.openedAt.duration(to: now).inSeconds
    let part = age / firmware.traits.entrance.inSeconds
    switch open.window.manners.entrance {
    case .atOnce: paint(layer, in: slot, painter)
    case .fading: paint(layer, in: slot, painter, alpha: part)
    case .sliding(let edge):
      let hidden = 1 - part
      let (dx, dy) =
        switch edge {
        case .bottom: (0.0, hidden * Double(layer.area.height))
        case .top: (0.0, -hidden * Double(layer.area.height))
        case .left: (-hidden * Double(layer.area.width), 0.0)
        }
      paint(layer, in: slot, painter, dx: Int(dx), dy: Int(dy))
    }
  }

  private func paint(
    _ layer: Layer, in slot: LayerCache.Slot, _ painter: Painter, dx: Int = 0, dy: Int = 0,
    alpha: Double = 1
  ) {
    painter.paint(
      cache.picture(of: layer, in: slot, artist: elements), x: layer.area.x + dx,
      y: layer.area.y + dy, alpha: alpha)
  }

  /// Draws what is pressed, or lies under the pointer, once more in another state.
  private func drawHighlight(_ firmware: Firmware, _ now: MonotonicInstant, _ painter: Painter) {
    let point = firmware.pointer.position
    let place = firmware.place(of: point)
    let isPressed = firmware.press?.place == place && firmware.press?.button == .left
    let lightsUp = style.theme.lightsUpUnderPointer && firmware.pointer.isVisible(at: now)
    guard isPressed || lightsUp, !firmware.isMoving(at: now) else { return }
    let layer: Layer? =
      switch place {
      case .notice: firmware.notice?.window.layer(style)
      case .keyboard: firmware.keyboardLayer
      case .window(let index, _): firmware.windows[index].layer(style)
      case .elsewhere: nil
      }
    guard let element = layer?.element(at: point), element.intent != .nothing else { return }
    // With the keyboard up, what lies beside it does not take the click.
    if case .window = place, firmware.keyboard != nil { return }
    elements.draw(element, state: isPressed ? .pressed : .pointedAt, with: painter)
  }

  private func drawPointer(
    _ firmware: Firmware, _ now: MonotonicInstant, _ drawing: PointerRendering,
    _ painter: Painter
  ) {
    guard drawing.isDrawn, firmware.pointer.isVisible(at: now),
      let pointer = pointers[occasion(firmware, now)]
    else { return }
    let position = firmware.pointer.position
    let error = firmware.traits.hotSpotError
    painter.paint(
      pointer.picture,
      x: position.x - pointer.tip.x + error.x + drawing.offset.x,
      y: position.y - pointer.tip.y + error.y + drawing.offset.y)
  }

  /// What shape the pointer has by what it is over.
  private func occasion(_ firmware: Firmware, _ now: MonotonicInstant) -> PointerArtist.Occasion {
    guard firmware.traits.changesShape else { return .plain }
    if firmware.isMoving(at: now) { return .busy }
    switch firmware.place(of: firmware.pointer.position) {
    case .elsewhere: return .plain
    case .notice(let intent), .keyboard(let intent), .window(_, let intent):
      switch intent {
      case .nothing: return .plain
      case .field, .secondField: return .field
      default: return .link
      }
    }
  }
}
