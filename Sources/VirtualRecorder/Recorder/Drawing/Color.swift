/// A colour with opacity, components from 0 to 1.
struct Color: Hashable, Sendable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha: Double

  /// Creates a colour from the digits of its web notation, such as `0x1e90ff`.
  init(_ digits: UInt32, alpha: Double = 1) {
    red = Double(digits >> 16 & 0xff) / 255
    green = Double(digits >> 8 & 0xff) / 255
    blue = Double(digits & 0xff) / 255
    self.alpha = alpha
  }

  /// The colour with another opacity.
  func opacity(_ alpha: Double) -> Color {
    var color = self
    color.alpha = alpha
    return color
  }

  /// The colour moved toward white (positive) or black (negative) by a part of the way.
  func lighter(_ part: Double) -> Color {
    let goal = part > 0 ? 1.0 : 0.0
    var color = self
    color.red += (goal - red) * abs(part)
    color.green += (goal - green) * abs(part)
    color.blue += (goal - blue) * abs(part)
    return color
  }

  static let black = Color(0x000000)
  static let white = Color(0xffffff)
}
