import Frames
import ScreenKit

/// Where a widget stands on a desktop's stage, and what stands around it.
struct Staging {
  /// What the template is cut by.
  let box: PixelRect
  /// All places of the template in reading order, where it is there several times.
  let places: [PixelRect]
  /// What is ignored.
  let ignored: [PixelRect]
  private let subject: Subject
  private let desktop: Desktop
  /// The top left corners of the widget, one unless there are several rows.
  private let origins: [PixelPoint]
  private let siblings: [(widget: Widget, origin: PixelPoint)]
  private let seed: UInt64

  /// Finds a place; nil where there is no room.
  init?(_ subject: Subject, on desktop: Desktop, _ dice: inout Dice) {
    self.subject = subject
    self.desktop = desktop
    seed = dice.next()
    let measure = Canvas(PixelSize(width: 1000, height: 200))
    measure.isAliased = subject.theme.isAliased
    let corner = PixelPoint(x: 100, y: 100)
    let extent = subject.widget.draw(on: measure, at: corner, subject.theme)
      .union(subject.other.draw(on: measure, at: corner, subject.theme))
    let least = max(0, (13 - min(extent.width, extent.height)) / 2)
    // A tint is one only beside what is not tinted.
    let margin = max(least, dice.roll(3...8))
    let own = extent.insetBy(-margin)
    let (left, top) = (corner.x - own.x, corner.y - own.y)
    let room = desktop.stage.insetBy(6)
    if own.width > room.width || own.height > room.height { return nil }

    if subject.kind == .border {
      let screen = desktop.size
      let x = dice.pick([0, screen.width - own.width, dice.roll(0...(screen.width - own.width))])
      let isAtSide = x == 0 || x == screen.width - own.width
      let y =
        isAtSide && dice.once(in: 2)
        ? dice.roll(0...(screen.height - own.height)) : dice.pick([0, screen.height - own.height])
      box = PixelRect(x: x, y: y, width: own.width, height: own.height)
      origins = [PixelPoint(x: x + left, y: y + top)]
      (siblings, ignored, places) = ([], [], [box])
      return
    }

    let pitch = own.height + dice.roll(2...14)
    let width = own.width + dice.roll(10...40)
    let (columns, rows) = (max(1, room.width / width), max(1, room.height / pitch))
    if subject.kind == .rows, rows < 6 { return nil }
    let slots = (0..<(columns * rows)).map { slot in
      PixelRect(
        x: room.x + slot % columns * width, y: room.y + slot / columns * pitch, width: own.width,
        height: own.height)
    }
    func origin(_ slot: PixelRect) -> PixelPoint { PixelPoint(x: slot.x + left, y: slot.y + top) }
    let chosen = dice.roll(0...(slots.count - 1))
    let column = chosen % columns
    let taken =
      subject.kind == .rows ? (0..<6).map { $0 * columns + column } : [chosen]
    var siblings: [(widget: Widget, origin: PixelPoint)] = []
    for slot in slots.indices where !taken.contains(slot) && siblings.count < 40 {
      let sibling = subject.sibling(shapes: desktop.shapes, &dice)
      let size = sibling.draw(on: measure, at: corner, subject.theme)
      // None reaches into the next one's margin: of rows that look the same none may differ in it.
      if left + size.width + 2 <= width, top + size.height + 2 <= pitch {
        siblings.append((sibling, origin(slots[slot])))
      }
    }
    self.siblings = siblings
    places = taken.map { slots[$0] }
    origins = taken.map { origin(slots[$0]) }
    box = Self.box(subject.kind, slots[taken[0]], in: desktop.stage, &dice)
    ignored = subject.kind == .hidden ? [Self.covered(of: slots[chosen], &dice)] : []
  }

  private static func box(
    _ kind: Kind, _ slot: PixelRect, in stage: PixelRect, _ dice: inout Dice
  ) -> PixelRect {
    guard kind == .dialog else { return slot }
    let (width, height) = (stage.width * 9 / 10, stage.height * 9 / 10)
    let x = max(stage.x, min(slot.x - dice.roll(0...width / 2), stage.maxX - width))
    let y = max(stage.y, min(slot.y - dice.roll(0...height / 2), stage.maxY - height))
    return PixelRect(x: x, y: y, width: width, height: height).union(slot)
  }

  /// A place for a pointer over the words, never over what tells the near miss apart.
  private static func covered(of slot: PixelRect, _ dice: inout Dice) -> PixelRect {
    PixelRect(
      x: slot.x + slot.width / 2 + dice.roll(0...max(1, slot.width / 4)),
      y: slot.y + dice.roll(0...max(1, slot.height / 2)), width: 24, height: 30)
  }

  /// Draws what stands around the widget, on the screen to cut from or on the later one that is
  /// looked at.
  func dress(_ canvas: Canvas, isLater: Bool) {
    if subject.kind == .border {
      var panel = subject.theme.panel
      panel.opacity = 1
      canvas.fill(box.insetBy(-4).intersection(PixelRect(canvas.size)), panel)
    }
    if subject.kind == .transparent, isLater {
      canvas.scenery(desktop.stage, seed: seed)
    }
    for sibling in siblings {
      sibling.widget.draw(on: canvas, at: sibling.origin, subject.theme)
    }
  }

  /// Draws a widget in its place, or in all of them.
  func put(_ widget: Widget, on canvas: Canvas) {
    for origin in origins { widget.draw(on: canvas, at: origin, subject.theme) }
  }

  /// Draws a pointer over what is ignored.
  func cover(_ canvas: Canvas) {
    for rect in ignored {
      let (x, y) = (Double(rect.x + 6), Double(rect.y + 6))
      let outline = [(0.0, 0.0), (0, 16), (4, 12), (7, 18), (9, 17), (6, 11), (11, 11)]
      let points = outline.map { (x: x + $0.0, y: y + $0.1) }
      canvas.fill(points, Ink(255, 255, 255))
      canvas.line(points + points.prefix(1), Ink(0, 0, 0), width: 1)
    }
  }

  /// Makes what does not belong to the widget itself transparent in a picture of its box.
  func cutOut(_ picture: inout RGBImage) {
    let alone = Canvas(desktop.size)
    put(subject.widget, on: alone)
    let opacity = alone.image().cropped(to: box)
    for at in 0..<picture.size.area where opacity.pixels[4 * at + 3] < 255 {
      picture.pixels[4 * at + 3] = 0
    }
  }
}

extension Subject {
  /// Another widget of the same sort, to stand nearby.
  fileprivate func sibling(shapes: [Shape], _ dice: inout Dice) -> Widget {
    let word = dice.pick(Words.others)
    let ink = dice.pick([theme.ink, theme.accent, theme.quiet])
    switch widget {
    case .label:
      switch kind {
      case .digit: return .label("\(word) \(dice.roll(10...99999))")
      case .phrase:
        // Other numbers of the same things.
        let number = (10...99).filter { number in !words.contains { $0.hasSuffix("\(number)") } }
        return .label("\(words[0].dropLast(3)) \(dice.pick(number))")
      default: return .label(word)
      }
    case .checkBox: return .checkBox(word, isTicked: dice.once(in: 2))
    case .radio: return .radio(word, isChosen: dice.once(in: 2))
    case .button: return .button(word, .normal)
    case .icon(_, let color, let side):
      return .icon(dice.pick(shapes), kind == .color ? color : ink, side: side)
    case .badge(_, _, let side): return .badge(dice.pick(shapes), ink, side: side)
    case .dots: return .label(word)
    case .field: return .field(word, dice.pick(Widget.Thin.allCases))
    }
  }
}
