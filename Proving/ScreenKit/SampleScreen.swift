package import Frames

/// A drawn screen of 1080 lines, for measurements.
package struct SampleScreen: Sendable {
  /// The screen as the device draws it.
  package let picture: RGBImage
  /// Where the stage is, on which many widgets stand.
  package let stage: PixelRect
  private let seed: UInt64

  private static let size = PixelSize(width: 1920, height: 1080)

  /// Draws a screen full of widgets.
  package init(isDark: Bool, seed: UInt64) {
    let theme = Self.theme(isDark: isDark, seed: seed)
    let desktop = Desktop(size: Self.size, theme: theme, without: nil, seed: seed)
    let canvas = desktop.draw(time: 0)
    var dice = Dice(seed, 3)
    let stage = desktop.stage
    for y in stride(from: stage.y + 16, to: stage.maxY - 50, by: 52) {
      for x in stride(from: stage.x + 16, to: stage.maxX - 240, by: 260) {
        let word = dice.pick(Words.targets) + " \(dice.roll(10...99))"
        let origin = PixelPoint(x: x, y: y)
        let widgets: [Widget] = [
          .label(word), .checkBox(word, isTicked: dice.once(in: 2)), .button(word, .normal),
          .radio(word, isChosen: dice.once(in: 2)),
        ]
        dice.pick(widgets).draw(on: canvas, at: origin, theme)
      }
    }
    self.seed = seed
    self.stage = stage
    picture = canvas.image()
  }

  /// Draws a list in which so many lines are about as long as a phrase, which is one of them, and
  /// as many more are much shorter.
  package init(phrase: String, lines: Int, isDark: Bool, seed: UInt64) {
    let theme = Self.theme(isDark: isDark, seed: seed)
    let canvas = Canvas(Self.size)
    canvas.fill(PixelRect(Self.size), theme.panel)
    var dice = Dice(seed, 4)
    let (rows, chosen) = (min(lines, 20), dice.roll(0...(lines - 1)))
    func write(_ text: String, _ x: Int, _ y: Int) {
      canvas.text(text, x, y, theme.ink, font: theme.font, size: theme.textSize)
    }
    for line in 0..<lines {
      let (x, y) = (60 + line / rows * 900, 40 + line % rows * 50)
      let words = "\(dice.pick(Words.targets)) \(dice.roll(10...99))"
      let padding = String(repeating: "e", count: max(0, phrase.count - words.count - 1))
      write(line == chosen ? phrase : padding.isEmpty ? words : "\(words) \(padding)", x, y)
      write(String(dice.pick(Words.others).prefix(3)), x + 560, y)
    }
    self.seed = seed
    stage = PixelRect(Self.size)
    picture = canvas.image()
  }

  private static func theme(isDark: Bool, seed: UInt64) -> Theme {
    var dice = Dice(seed, 2)
    var theme = Theme(&dice, style: isDark ? .dark : .light)
    (theme.font, theme.textSize, theme.isAliased) = ("DejaVu Sans", 17, false)
    return theme
  }

  /// A frame of the screen as a capture card delivers it, and as its bytes: compressed with some
  /// noise, another one for each number.
  package func captured(number: UInt64) throws(PictureError) -> (frame: Frame, bytes: [UInt8]) {
    var disturbance = Disturbance()
    (disturbance.noise, disturbance.quality) = (2, 85)
    disturbance.seed = seed &+ 1000 &* number
    let bytes = try disturbance.compressed(picture, quality: 85)
    return (try JPEGCodec.decode(bytes), bytes)
  }
}
