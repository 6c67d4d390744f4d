package import Frames

/// A screen of a device around a stage on which a widget is put: a header, a menu, a list, a
/// keyboard, a live picture.
package struct Desktop: Sendable {
  /// Its look.
  package let theme: Theme
  /// How many pixels it has.
  package let size: PixelSize
  /// The panel that holds the widget.
  package let stage: PixelRect
  /// The shapes that icons around the stage have.
  package let shapes: [Shape]
  /// The menu, below the header, which is as wide as the screen.
  package let side: PixelRect
  private let seed: UInt64
  private let extra: PixelRect
  private let block: Block

  private enum Block: CaseIterable {
    case list, keyboard, live, icons
  }

  /// Lays a screen out, with no icon of a certain shape.
  package init(size: PixelSize, theme: Theme, without shape: Shape?, seed: UInt64) {
    var dice = Dice(seed, 11)
    self.theme = theme
    self.size = size
    self.seed = seed
    shapes = Shape.allCases.filter { $0 != shape }
    let header = 2 * theme.textSize + dice.roll(0...10)
    let menu = size.width * dice.roll(18...24) / 100
    side = PixelRect(x: 0, y: header, width: menu, height: size.height - header)
    let rest = PixelRect(
      x: menu + 8, y: header + 8, width: size.width - menu - 16, height: size.height - header - 16)
    let upper = rest.height * dice.roll(55...66) / 100
    let stageIsFirst = dice.once(in: 2)
    let lower = rest.height - upper - 8
    stage = PixelRect(
      x: rest.x, y: stageIsFirst ? rest.y : rest.y + lower + 8, width: rest.width, height: upper)
    extra = PixelRect(
      x: rest.x, y: stageIsFirst ? rest.y + upper + 8 : rest.y, width: rest.width, height: lower)
    block = dice.pick(Block.allCases)
  }

  /// Everything but what stands on the stage; live pictures have moved on by `time` steps.
  package func draw(time: Int) -> Canvas {
    let canvas = Canvas(size)
    canvas.isAliased = theme.isAliased
    var dice = Dice(seed, 12)
    switch theme.ground {
    case .plain(let ink): canvas.fill(PixelRect(size), ink)
    case .blend(let top, let bottom): canvas.blend(PixelRect(size), from: top, to: bottom)
    case .picture: canvas.scenery(PixelRect(size), seed: seed)
    }
    let header = PixelRect(x: 0, y: 0, width: size.width, height: side.y)
    panel(header, on: canvas)
    write("Recorder setup", header.x + 10, header.y + 4, on: canvas)
    write("12:3\(time % 10)", header.maxX - 4 * theme.textSize, header.y + 4, on: canvas)
    menu(on: canvas, &dice)
    panel(stage, on: canvas)
    switch block {
    case .list: list(on: canvas, &dice)
    case .keyboard: keyboard(on: canvas)
    case .icons: icons(on: canvas, &dice)
    case .live:
      canvas.scenery(extra, seed: seed ^ 77, time: time)
      var noise = Dice(seed, UInt64(time), 13)
      canvas.grain(extra, deviation: 6, &noise)
    }
    return canvas
  }

  private func panel(_ rect: PixelRect, on canvas: Canvas) {
    canvas.fill(rect, theme.panel, radius: theme.radius)
    canvas.outline(rect, theme.edge, radius: theme.radius)
  }

  private func write(_ text: String, _ x: Int, _ y: Int, on canvas: Canvas, quiet: Bool = false) {
    canvas.text(
      text, x, y, quiet ? theme.quiet : theme.ink, font: theme.font, size: theme.textSize)
  }

  private func menu(on canvas: Canvas, _ dice: inout Dice) {
    panel(side, on: canvas)
    let pitch = theme.textSize * 2 + 4
    let selected = dice.roll(0...4)
    let words = Words.others.shuffled(using: &dice)
    for row in 0..<min(words.count, side.height / pitch - 1) {
      let y = side.y + 8 + row * pitch
      if row == selected {
        canvas.fill(
          PixelRect(x: side.x + 2, y: y - 3, width: side.width - 4, height: pitch - 2),
          theme.accent.mixed(0.3, with: theme.field))
      }
      let icon = PixelRect(x: side.x + 8, y: y, width: theme.textSize, height: theme.textSize)
      dice.pick(shapes).draw(on: canvas, in: icon, theme.quiet, hole: theme.field)
      if icon.maxX + 8 + width(of: words[row], on: canvas) < side.maxX {
        write(words[row], icon.maxX + 8, y, on: canvas)
      }
    }
  }

  private func width(of text: String, on canvas: Canvas) -> Int {
    let nothing = Ink(0, 0, 0, opacity: 0)
    return canvas.text(text, 0, 0, nothing, font: theme.font, size: theme.textSize).width
  }

  private func list(on canvas: Canvas, _ dice: inout Dice) {
    canvas.fill(extra, theme.field)
    canvas.outline(extra, theme.edge)
    let pitch = theme.textSize * 8 / 5 + 3
    for row in 0..<max(1, extra.height / pitch) {
      let y = extra.y + 3 + row * pitch
      if row % 2 == 1 {
        canvas.fill(
          PixelRect(x: extra.x + 1, y: y, width: extra.width - 2, height: pitch).intersection(
            extra),
          theme.field.mixed(0.08, with: theme.ink))
      }
      if y + pitch > extra.maxY { break }
      write("\(row + 1)", extra.x + 8, y, on: canvas, quiet: true)
      write("Address \(dice.roll(100...999))", extra.x + 4 * theme.textSize, y, on: canvas)
      write(dice.once(in: 2) ? "online" : "lost", extra.x + extra.width / 2, y, on: canvas)
    }
  }

  private func keyboard(on canvas: Canvas) {
    panel(extra, on: canvas)
    let rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
    let (width, height) = (extra.width / 11, max(theme.textSize + 4, extra.height / 4 - 3))
    for (row, letters) in rows.enumerated() {
      for (column, letter) in letters.enumerated() {
        let key = PixelRect(
          x: extra.x + 4 + column * width + row * width / 3, y: extra.y + 4 + row * (height + 2),
          width: width - 3, height: height)
        if key.maxY > extra.maxY { continue }
        canvas.fill(key, theme.button, radius: theme.radius)
        canvas.outline(key, theme.edge, radius: theme.radius)
        write(String(letter), key.x + width / 3, key.y + 1, on: canvas)
      }
    }
  }

  private func icons(on canvas: Canvas, _ dice: inout Dice) {
    panel(extra, on: canvas)
    let side = max(16, theme.textSize * 2)
    for column in 0..<(extra.width / (2 * side)) {
      let box = PixelRect(
        x: extra.x + side / 2 + column * 2 * side, y: extra.y + 8, width: side, height: side)
      dice.pick(shapes).draw(on: canvas, in: box, theme.accent, hole: theme.field)
      let word = dice.pick(Words.others)
      write(word, box.x - side / 4, box.maxY + 4, on: canvas, quiet: true)
    }
  }
}
