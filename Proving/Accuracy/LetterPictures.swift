import Frames
import ScreenKit

/// Texts as a font draws them, compared pixel by pixel: whether somebody who knows both can tell them
/// apart.
enum LetterPictures {
  /// The fewest pixels that two texts differ in, moved against each other by up to two pixels.
  static func leastDifference(
    between one: String, and two: String, in font: String, size: Int
  ) -> Int {
    let (first, second) = (picture(one, in: font, size), picture(two, in: font, size))
    return (-2...2).map { shift in
      var count = 0
      for y in 0..<first.height {
        for x in 0..<first.width {
          let other = x + shift
          let level = other < 0 || other >= second.width ? 0 : second[other, y]
          if abs(Int(first[x, y]) - Int(level)) > 90 { count += 1 }
        }
      }
      return count
    }.min() ?? 0
  }

  /// A text, white on black.
  private static func picture(_ text: String, in font: String, _ size: Int) -> Plane {
    let canvas = Canvas(PixelSize(width: 12 * size, height: 2 * size))
    canvas.fill(PixelRect(canvas.size), Ink(0, 0, 0))
    canvas.text(text, 4, 2, Ink(255, 255, 255), font: font, size: size)
    return Frame(image: canvas.image()).luma
  }
}
