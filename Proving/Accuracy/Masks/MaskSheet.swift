import FrameVision
import Frames
import ScreenKit

/// A screen with a shape of which only its own pixels count, later pictures of which show something
/// else where it is open.
struct MaskSheet {
  /// The template, cut from the screen as it was.
  let template: Template
  /// Its picture.
  let cutting: RGBImage
  /// Where it lies.
  let place: PixelRect
  /// A later picture of the screen.
  let screen: RGBImage
  /// The same with the shape open by another pixel all around, or a thinner line.
  let thinner: RGBImage
  /// The same without the shape.
  let without: RGBImage
  /// Other templates of the screen, by which a tone of the whole picture is told.
  let references: [Template]
  /// What was drawn.
  let words: String

  private static let sizes = [
    PixelSize(width: 1920, height: 1080), PixelSize(width: 1280, height: 720),
    PixelSize(width: 960, height: 540),
  ]

  init(_ kind: MaskKind, seed: UInt64, number: Int) {
    var dice = Dice(seed, UInt64(number), kind.rawValue.utf8.reduce(5) { $0 &* 131 &+ UInt64($1) })
    let theme = Theme(&dice)
    let size = dice.pick(Self.sizes)
    let desktop = Desktop(size: size, theme: theme, without: nil, seed: dice.next())
    let shape = MaskShape(kind, theme, in: size, &dice)
    let (clutter, inside) = (dice.next(), [dice.next(), dice.next()])

    /// The screen at a time, with a shape.
    func draw(_ shape: MaskShape?, time: Int) -> RGBImage {
      let canvas = desktop.draw(time: time)
      var dice = Dice(clutter)
      for _ in 0..<3 {
        let (width, height) = (dice.roll(80...size.width / 3), dice.roll(60...size.height / 3))
        canvas.scenery(
          PixelRect(
            x: dice.roll(0...size.width - width), y: dice.roll(0...size.height - height),
            width: width, height: height), seed: dice.next())
      }
      // Others of the same sort, of other measures.
      for _ in 0..<3 { MaskShape(kind, theme, in: size, &dice).draw(on: canvas) }
      if let shape {
        canvas.scenery(shape.box, seed: inside[time == 0 ? 0 : 1])
        shape.draw(on: canvas)
      }
      return canvas.image()
    }
    place = shape.box
    let before = draw(shape, time: 0)
    references = desktop.parts.filter { $0.intersection(shape.box).isEmpty }
      .map { Template(before.cropped(to: $0)) }.filter { $0.weakness == nil }
    var cutting = before.cropped(to: shape.box)
    for y in 0..<shape.box.height {
      for x in 0..<shape.box.width where !shape.counts(x, y) {
        cutting.pixels[4 * (y * shape.box.width + x) + 3] = 0
      }
    }
    template = Template(cutting)
    self.cutting = cutting
    screen = draw(shape, time: 7)
    thinner = draw(shape.thinner, time: 7)
    without = draw(nil, time: 7)
    words = "\(shape.box) on \(size), \(shape.thickness) pixels thick"
  }

  /// What is shown.
  func picture(for question: MaskOutcome.Question) -> RGBImage {
    switch question {
    case .own: screen
    case .thinner: thinner
    case .without: without
    }
  }
}

/// A shape that is open inside.
private struct MaskShape {
  let kind: MaskKind
  let box: PixelRect
  var thickness: Int
  private let theme: Theme
  private let word: String
  /// The word's own rectangle.
  private var wordBox = PixelRect(x: 0, y: 0, width: 0, height: 0)

  init(_ kind: MaskKind, _ theme: Theme, in size: PixelSize, _ dice: inout Dice) {
    self.kind = kind
    self.theme = theme
    word = dice.pick(Words.targets)
    var extent: PixelSize
    switch kind {
    case .frame, .corner, .bars:
      extent = PixelSize(
        width: dice.roll(90...size.width * 2 / 3), height: dice.roll(90...size.height * 2 / 3))
      thickness = min(dice.roll(4...64), min(extent.width, extent.height) / 4)
    case .ring:
      let side = dice.roll(36...160)
      extent = PixelSize(width: side, height: side)
      thickness = dice.roll(5...max(6, side / 6))
    case .word:
      let measured = Canvas(PixelSize(width: 900, height: 120)).text(
        word, 20, 20, theme.ink, font: theme.font, size: theme.textSize)
      extent = PixelSize(
        width: measured.width + dice.roll(30...120), height: measured.height + dice.roll(24...60))
      thickness = 2
      wordBox = PixelRect(
        x: (extent.width - measured.width) / 2, y: (extent.height - measured.height) / 2,
        width: measured.width, height: measured.height)
    }
    extent.width = min(extent.width, size.width - 8)
    box = PixelRect(
      x: dice.roll(4...size.width - extent.width - 4),
      y: dice.roll(4...size.height - extent.height - 4), width: extent.width,
      height: extent.height)
  }

  /// The same shape with a line that is thinner by a pixel inside.
  var thinner: MaskShape {
    var shape = self
    shape.thickness -= 1
    return shape
  }

  /// Whether a pixel of the box is the shape's.
  func counts(_ x: Int, _ y: Int) -> Bool {
    let (right, bottom) = (box.width - thickness, box.height - thickness)
    switch kind {
    case .frame: return x < thickness || y < thickness || x >= right || y >= bottom
    case .corner: return x < thickness || y >= bottom
    case .bars: return y < thickness || y >= bottom
    case .word:
      return x < thickness || y < thickness || x >= right || y >= bottom
        || wordBox.contains(PixelPoint(x: x, y: y))
    case .ring:
      let middle = Double(box.width) / 2
      let (dx, dy) = (Double(x) + 0.5 - middle, Double(y) + 0.5 - middle)
      let radius = (dx * dx + dy * dy).squareRoot()
      return radius <= middle - 1 && radius >= middle - Double(thickness)
    }
  }

  func draw(on canvas: Canvas) {
    var face = theme.button
    face.opacity = 1
    let rim = Ink(20, 20, 24)
    switch kind {
    case .ring:
      let middle = Double(box.width) / 2
      let (x, y) = (Double(box.x) + middle, Double(box.y) + middle)
      canvas.ring(
        x, y, radius: middle - Double(thickness) / 2, theme.accent, width: Double(thickness))
      canvas.ring(x, y, radius: middle - 1.5, rim, width: 2)
    case .frame, .corner, .bars:
      for band in bands {
        canvas.fill(band, face)
        canvas.outline(band, rim)
      }
      if let top = bands.first, thickness >= 20 {
        canvas.text(
          word, top.x + 8, top.y + max(1, (thickness - 14) / 2), theme.ink, font: theme.font,
          size: 11)
      }
    case .word:
      canvas.fill(wordBox.offset(byX: box.x, y: box.y), face)
      canvas.text(
        word, box.x + wordBox.x, box.y + wordBox.y, theme.ink, font: theme.font,
        size: theme.textSize)
      canvas.outline(box, rim, width: Double(thickness))
    }
  }

  /// The sides that it has.
  private var bands: [PixelRect] {
    let top = PixelRect(x: box.x, y: box.y, width: box.width, height: thickness)
    let bottom = PixelRect(
      x: box.x, y: box.maxY - thickness, width: box.width, height: thickness)
    let left = PixelRect(x: box.x, y: box.y, width: thickness, height: box.height)
    let right = PixelRect(
      x: box.maxX - thickness, y: box.y, width: thickness, height: box.height)
    return switch kind {
    case .corner: [left, bottom]
    case .bars: [top, bottom]
    case .frame, .ring, .word: [left, right, bottom, top]
    }
  }
}
