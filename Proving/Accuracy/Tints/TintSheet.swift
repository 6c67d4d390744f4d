import FrameVision
import Frames
import Glibc
import ScreenKit

/// A screen with a few buttons or rows at rest, and the same screen where one of them is tinted.
struct TintSheet {
  let kind: TintKind
  /// The screen at rest, from which templates are cut.
  let screen: RGBImage
  /// The screen on which the first control is tinted.
  let tinted: RGBImage
  /// The controls' rectangles, edges included; the first is the one that is tinted.
  let controls: [PixelRect]
  /// How many pixels a template has around its control where it has any.
  let margin: Int
  private let before: Ink
  private let after: Ink

  private static let size = PixelSize(width: 960, height: 540)
  private static let fewest = 3

  /// Draws a sheet, or nothing where the dice make one that would be unfair.
  init?(_ kind: TintKind, seed: UInt64, number: Int) {
    var dice = Dice(seed, UInt64(number), kind.rawValue.utf8.reduce(3) { $0 &* 131 &+ UInt64($1) })
    self.kind = kind
    var theme = Theme(&dice)
    // Behind glass no two faces are the same.
    theme.panel.opacity = 1
    margin = dice.roll(6...14)
    let desktop = Desktop(size: Self.size, theme: theme, without: nil, seed: dice.next())
    let canvas = desktop.draw(time: 0)
    let words = [dice.pick(Words.targets)] + Words.others.shuffled(using: &dice)
    let order = Array(0..<words.count)
    let controls = Self.lay(words, order, kind, desktop, canvas, theme, &dice)
    guard controls.count >= Self.fewest else { return nil }
    screen = canvas.image()

    let first = dice.roll(0...(controls.count - 1))
    self.controls = [controls[first]] + controls.indices.filter { $0 != first }.map { controls[$0] }
    let face = controls[first].insetBy(1)
    before = kind.isRow ? theme.field : theme.button
    guard let tint = Tint(kind, of: before, theme, &dice) else { return nil }
    after = tint.face
    switch kind {
    case .ring:
      let ring = canvas.copy()
      ring.outline(face.insetBy(2), theme.accent, width: 2)
      guard abs(theme.accent.luma - before.luma) >= 40 else { return nil }
      tinted = ring.image()
    default: tinted = tint.applied(to: screen, in: face, letters: theme.ink)
    }
    for cut in TintCut.allCases {
      for control in 0..<Self.fewest where template(of: control, cut).weakness != nil { return nil }
    }
  }

  /// Draws the controls, a column after the other, and tells where they are.
  private static func lay(
    _ words: [String], _ order: [Int], _ kind: TintKind, _ desktop: Desktop, _ canvas: Canvas,
    _ theme: Theme, _ dice: inout Dice
  ) -> [PixelRect] {
    let room = desktop.stage.insetBy(16)
    var controls: [PixelRect] = []
    var (x, y) = (room.x, room.y)
    let gap = kind.isRow ? 0 : dice.roll(18...30)
    let width = min(room.width, dice.roll(160...320))
    for at in order where controls.count < 8 {
      let word = words[at]
      let height = theme.textSize * 5 / 3 + 4
      if y + height > room.maxY {
        if kind.isRow { break }
        (x, y) = ((controls.map(\.maxX).max() ?? x) + 24, room.y)
      }
      if kind.isRow {
        let row = PixelRect(x: x, y: y, width: width, height: height)
        canvas.fill(row, theme.field)
        canvas.outline(row, theme.edge)
        canvas.text(
          word, row.x + theme.textSize, row.y + theme.textSize / 4, theme.ink, font: theme.font,
          size: theme.textSize)
        controls.append(row)
        y += height
      } else {
        let nowhere = Canvas(PixelSize(width: 800, height: 100))
        let measured = Widget.button(word, .normal).draw(
          on: nowhere, at: PixelPoint(x: 0, y: 0), theme)
        if x + measured.width > room.maxX || y + measured.height > room.maxY { break }
        controls.append(
          Widget.button(word, .normal).draw(on: canvas, at: PixelPoint(x: x, y: y), theme))
        y += measured.height + gap
      }
    }
    return controls
  }

  /// Where a control's template is.
  func place(of control: Int, _ cut: TintCut) -> PixelRect {
    switch cut {
    case .tight: controls[control].insetBy(1)
    // A row's surroundings are the next rows'; no more of them than their edges.
    case .around:
      controls[control].insetBy(kind.isRow ? -1 : -margin).intersection(PixelRect(screen.size))
    }
  }

  /// A control's template, cut from the screen at rest.
  func template(of control: Int, _ cut: TintCut) -> Template {
    Template(screen.cropped(to: place(of: control, cut)))
  }

  /// How much of the tint is left after a tone change.
  func band(through tone: ToneChange) -> TintBand {
    if kind == .ring || kind == .disabled { return .tint }
    func color(_ ink: Ink) -> (y: Double, cb: Double, cr: Double) {
      var light = Light(Canvas.filled(ink))
      tone.apply(to: &light)
      let (red, green, blue) = (
        Double(light.red[0]), Double(light.green[0]), Double(light.blue[0])
      )
      let y = 0.299 * red + 0.587 * green + 0.114 * blue
      return (y, (blue - y) / 1.772, (red - y) / 1.402)
    }
    let (one, two) = (color(before), color(after))
    let (luma, blue, red) = (abs(one.y - two.y), one.cb - two.cb, one.cr - two.cr)
    let chroma = (blue * blue + red * red).squareRoot()
    if luma >= 10 || chroma >= 16 { return .tint }
    return luma < 6 && chroma < 9.6 ? .noise : .between
  }

  /// How far the tint goes, in luma and in chroma, in words.
  var words: String {
    "\(kind.rawValue) from \(Int(before.red)),\(Int(before.green)),\(Int(before.blue)) to "
      + "\(Int(after.red)),\(Int(after.green)),\(Int(after.blue))"
  }
}

/// What becomes of a control's colours.
private struct Tint {
  /// The face that is tinted.
  let face: Ink
  private let base: Ink
  private let kind: TintKind
  /// What lies over the control, and how opaque it is.
  private let cover: (ink: Ink, opacity: Double)

  private static let levels = 4...30

  /// Draws a tint; nil where the face has no room for it.
  init?(_ kind: TintKind, of base: Ink, _ theme: Theme, _ dice: inout Dice) {
    let level = Double(dice.roll(Self.levels))
    let signed = dice.once(in: 2) ? level : -level
    (self.base, self.kind) = (base, kind)
    var cover = (ink: base, opacity: 0.0)
    switch kind {
    case .face, .whole, .row:
      let shifted = base.shifted(by: signed)
      guard abs(abs(shifted.luma - base.luma) - level) < 1 else { return nil }
      face = shifted
    case .overlay:
      let ink = signed > 0 ? Ink(255, 255, 255) : Ink(0, 0, 0)
      let room = abs(ink.luma - base.luma)
      guard room > 3 * level else { return nil }
      cover = (ink, level / room)
      face = base.mixed(cover.opacity, with: ink)
    case .hue:
      let angle = dice.roll(0...(2 * Double.pi))
      let (cb, cr) = ((base.blue - base.luma) / 1.772, (base.red - base.luma) / 1.402)
      guard
        let ink = Ink.luma(base.luma, cb: cb + level * cos(angle), cr: cr + level * sin(angle))
      else { return nil }
      face = ink
    case .selected:
      cover = (theme.accent, dice.roll(0.06...0.5))
      face = base.mixed(cover.opacity, with: theme.accent)
    case .disabled:
      cover = (base, dice.roll(0.4...0.7))
      face = base
      guard abs(theme.ink.luma - base.luma) > 90 else { return nil }
    case .ring: face = base
    }
    self.cover = cover
  }

  /// Tints a place of a picture.
  func applied(to picture: RGBImage, in rect: PixelRect, letters: Ink) -> RGBImage {
    var picture = picture
    let (from, ink, to) = (parts(base), parts(letters), parts(face))
    let across = zip(from, ink).map { $1 - $0 }
    let span = across.reduce(0) { $0 + $1 * $1 }
    let covering = parts(cover.ink)
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX {
        let at = 4 * (y * picture.width + x)
        let pixel = (0..<3).map { Double(picture.pixels[at + $0]) }
        // How much of a letter the pixel is.
        let along = (0..<3).reduce(0.0) { $0 + (pixel[$1] - from[$1]) * across[$1] }
        let letter = span == 0 ? 0 : max(0, min(1, along / span))
        for part in 0..<3 {
          let value: Double
          switch kind {
          case .overlay, .disabled:
            value = pixel[part] + (covering[part] - pixel[part]) * cover.opacity
          case .whole: value = pixel[part] + to[part] - from[part]
          default: value = pixel[part] + (1 - letter) * (to[part] - from[part])
          }
          picture.pixels[at + part] = UInt8(max(0, min(255, value.rounded())))
        }
      }
    }
    return picture
  }

  private func parts(_ ink: Ink) -> [Double] { [ink.red, ink.green, ink.blue] }
}

extension Canvas {
  /// One pixel of a colour.
  fileprivate static func filled(_ ink: Ink) -> RGBImage {
    func byte(_ value: Double) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }
    return RGBImage(
      size: PixelSize(width: 1, height: 1),
      pixels: [byte(ink.red), byte(ink.green), byte(ink.blue), 255])
  }
}
