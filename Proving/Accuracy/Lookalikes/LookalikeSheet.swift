import Frames
import ScreenKit

/// A screen with a text, the same screen with one that looks nearly the same, and one with both.
struct LookalikeSheet {
  let kind: LookalikeKind
  /// What is looked for, and what must not be taken for it.
  let texts: (wanted: String, other: String)
  /// The screen with the wanted text.
  let screen: RGBImage
  /// The screen with the other one in its place.
  let otherScreen: RGBImage
  /// The screen with both.
  let both: RGBImage
  /// Where the wanted text is on the first and the third screen.
  let place: PixelRect
  /// What the texts are drawn with.
  let words: String

  private static let size = PixelSize(width: 960, height: 540)
  private static let largeSize = PixelSize(width: 1280, height: 720)

  /// Draws a sheet, or nothing where both texts look the same in the font, or find no room.
  init?(_ kind: LookalikeKind, seed: UInt64, number: Int) {
    var dice = Dice(seed, UInt64(number), kind.rawValue.utf8.reduce(5) { $0 &* 131 &+ UInt64($1) })
    self.kind = kind
    var theme = Theme(&dice)
    theme.panel.opacity = 1
    theme.isAliased = false
    let texts = kind.texts(&dice)
    self.texts = texts
    let isLarge = kind == .large
    let letterSize = isLarge ? dice.roll(62...164) : theme.textSize
    if isLarge { theme.textSize = dice.roll(13...26) }
    let size = isLarge ? Self.largeSize : Self.size
    let look = Look(kind, theme, letterSize, &dice)
    guard look.tells(texts.wanted, from: texts.other) else { return nil }
    let desktop = Desktop(size: size, theme: theme, without: nil, seed: dice.next())
    let room = isLarge ? PixelRect(size).insetBy(20) : desktop.stage.insetBy(20)
    let isAtEdge = kind == .odd && look.style == .edge
    let measured = look.measured(texts.wanted).union(look.measured(texts.other))
    let height = measured.height + 3 * look.letterSize / 2
    guard measured.width < room.width, height + measured.height < room.height else { return nil }
    let first = PixelPoint(
      x: isAtEdge ? 2 : room.x + dice.roll(0...(room.width - measured.width)),
      y: room.y + dice.roll(0...(room.height - height - measured.height)))
    let second = PixelPoint(
      x: room.x + dice.roll(0...(room.width - measured.width)), y: first.y + height)
    func drawn(_ shown: [(String, PixelPoint)]) -> RGBImage {
      let canvas: Canvas
      // On a desktop there are lone letters and ones, too.
      if kind == .large || kind == .odd || kind == .ones {
        canvas = Canvas(size)
        canvas.fill(PixelRect(size), look.ground)
      } else {
        canvas = desktop.draw(time: 0)
      }
      for (text, point) in shown { look.draw(text, at: point, on: canvas) }
      return canvas.image()
    }
    screen = drawn([(texts.wanted, first)])
    otherScreen = drawn([(texts.other, first)])
    both = drawn([(texts.other, second), (texts.wanted, first)])
    place = look.measured(texts.wanted).offset(byX: first.x, y: first.y)
    words = "\(texts.wanted)/\(texts.other) in \(theme.font) \(letterSize), \(look.style.rawValue)"
  }
}

/// How a text of a sheet is drawn.
private struct Look {
  /// What stands behind a text.
  enum Style: String {
    case panel, box, colored, edge
  }

  let style: Style
  let letterSize: Int
  let ground: Ink
  private let ink: Ink
  private let edge: Ink
  private let font: String

  init(_ kind: LookalikeKind, _ theme: Theme, _ letterSize: Int, _ dice: inout Dice) {
    self.letterSize = letterSize
    font = theme.font
    style = kind == .odd ? dice.pick([.box, .colored, .edge]) : .panel
    switch style {
    case .colored: (ink, ground) = (Ink(16, 24, 120), Ink(40, 150, 70))
    case .panel, .edge: (ink, ground) = (theme.ink, theme.panel)
    case .box: (ink, ground) = (theme.ink, theme.button)
    }
    edge = theme.edge
  }

  /// The rectangle of a text drawn at 0,0, from the top of its line to the bottom.
  func measured(_ text: String) -> PixelRect {
    let canvas = Canvas(PixelSize(width: 8, height: 8))
    return canvas.text(text, 0, 0, ink, font: font, size: letterSize)
  }

  func draw(_ text: String, at point: PixelPoint, on canvas: Canvas) {
    let box = measured(text).offset(byX: point.x, y: point.y)
    switch style {
    case .panel, .edge: break
    case .colored: canvas.fill(box.insetBy(-letterSize / 2), ground)
    case .box:
      canvas.fill(box.insetBy(-letterSize / 3), ground)
      canvas.outline(box.insetBy(-letterSize / 3), edge)
    }
    canvas.text(text, point.x, point.y, ink, font: font, size: letterSize)
  }

  /// Whether two texts are two pictures in the font: somebody who knows both can tell them apart.
  func tells(_ one: String, from two: String) -> Bool {
    let least = LetterPictures.leastDifference(
      between: one, and: two, in: font, size: letterSize)
    return 40 * least >= letterSize * letterSize && least >= 5
  }
}
