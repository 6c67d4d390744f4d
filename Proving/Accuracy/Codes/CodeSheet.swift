import Frames
import ScreenKit

/// A field with a code in it, and the same field with one in which a letter is another that looks
/// nearly the same.
struct CodeSheet {
  /// The code.
  let code: String
  /// The code with one letter exchanged.
  let other: String
  /// Which letters may occur.
  let alphabet: String
  /// Where the field is.
  let field: PixelRect
  /// Draws a text in the field.
  let drawing: (String) -> RGBImage
  /// What becomes of the picture on its way.
  let disturbance: Disturbance
  /// What it is drawn with.
  let words: String

  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let digits = "0123456789"
  private static let alphabets = [
    digits + "ABCDEF", "ACDEFGHJKMNPQRTUVWXY34679", lower + digits, lower.uppercased() + digits,
    lower + lower.uppercased() + digits,
    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789",
  ]
  private static let fonts = [
    "DejaVu Sans", "Liberation Sans", "Roboto", "Noto Sans", "Open Sans", "DejaVu Sans Bold",
    "Roboto Bold", "Liberation Mono", "DejaVu Sans Condensed", "Liberation Sans Narrow",
    "DejaVu Sans Mono", "Noto Sans Mono",
  ]
  private static let pairs = [
    "0O", "0o", "Oo", "OQ", "OD", "1l", "1I", "2Z", "2z", "Zz", "5S", "5s", "Ss", "8B", "6b", "6G",
    "9g",
    "9q", "gq", "CG", "Cc", "Kk", "Pp", "UV", "uv", "Uu", "Vv", "Ww", "Xx", "ce", "hn", "ft",
    "4A", "EF", "vy", "ij", "VY", "lI", "li",
  ]
  private static let size = PixelSize(width: 480, height: 120)

  /// Draws a sheet; nil where no letter of the code has one that looks like it and is another picture
  /// in the font.
  init?(seed: UInt64, number: Int) {
    var dice = Dice(seed, UInt64(number), 71)
    let theme = Theme(&dice)
    alphabet = dice.pick(Self.alphabets)
    let letters = Array(alphabet)
    let length = dice.roll(6...10)
    var code = (0..<length).map { _ in dice.pick(letters) }
    let font = dice.pick(Self.fonts)
    let letterSize = dice.roll(13...28)
    let hasCaret = dice.once(in: 3)
    var exchanges: [(Int, Character)] = []
    for at in code.indices {
      for pair in Self.pairs where pair.contains(code[at]) {
        guard let other = pair.first(where: { $0 != code[at] }), alphabet.contains(other),
          Self.tells(code[at], from: other, in: font, letterSize)
        else { continue }
        exchanges.append((at, other))
      }
    }
    guard !exchanges.isEmpty else { return nil }
    let (at, other) = dice.pick(exchanges)
    self.code = String(code)
    code[at] = other
    self.other = String(code)
    field = PixelRect(x: 60, y: 40, width: 360, height: letterSize + 18)
    let box = field
    let left = box.x + dice.roll(4...20)
    func drawn(_ text: String) -> RGBImage {
      let canvas = Canvas(Self.size)
      canvas.fill(PixelRect(Self.size), theme.panel.opacity < 1 ? Ink(40, 44, 50) : theme.panel)
      canvas.fill(box, theme.field)
      canvas.outline(box, theme.edge)
      let line = canvas.text(text, left, box.y + 6, theme.ink, font: font, size: letterSize)
      if hasCaret {
        canvas.fill(
          PixelRect(x: line.maxX + 1, y: line.y, width: 1, height: line.height), theme.ink)
      }
      return canvas.image()
    }
    drawing = drawn
    disturbance = Disturbance.mild(&dice)
    words =
      "\(self.code)/\(self.other) in \(font) \(letterSize)\(hasCaret ? ", caret" : ""), "
      + "\(disturbance)"
  }

  /// Whether two letters are two pictures in a font: somebody who knows both can tell them apart.
  private static func tells(_ one: Character, from two: Character, in font: String, _ size: Int)
    -> Bool
  {
    let least = LetterPictures.leastDifference(
      between: String(one), and: String(two), in: font, size: size)
    // A bar that is but a row taller than another is the same to anybody.
    let isOfBars = Set([one, two]) == ["l", "I"]
    return (isOfBars ? 20 : 40) * least >= size * size && least >= 5
  }
}
