/// A colour to draw with, in levels from 0 to 255, and its opacity from 0 to 1.
package struct Ink: Hashable, Sendable {
  /// Red, 0 to 255.
  package var red: Double
  /// Green, 0 to 255.
  package var green: Double
  /// Blue, 0 to 255.
  package var blue: Double
  /// Opacity, 0 to 1.
  package var opacity = 1.0

  /// Creates a colour from its parts.
  package init(_ red: Double, _ green: Double, _ blue: Double, opacity: Double = 1) {
    (self.red, self.green, self.blue, self.opacity) = (red, green, blue, opacity)
  }

  /// Luma by ITU-R BT.601.
  package var luma: Double { 0.299 * red + 0.587 * green + 0.114 * blue }

  /// The colour with a number of levels added to each part, within 0 and 255.
  package func shifted(by levels: Double) -> Ink {
    func limited(_ value: Double) -> Double { max(0, min(255, value + levels)) }
    return Ink(limited(red), limited(green), limited(blue), opacity: opacity)
  }

  /// The colour on the way to another one, from 0 (this) to 1 (the other).
  package func mixed(_ share: Double, with other: Ink) -> Ink {
    func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
    return Ink(
      between(red, other.red), between(green, other.green), between(blue, other.blue),
      opacity: between(opacity, other.opacity))
  }

  /// A colour by its luma (BT.601) and its differences of blue and red from grey, or nil where no
  /// red, green and blue make that.
  package static func luma(_ luma: Double, cb: Double, cr: Double) -> Ink? {
    let (red, blue) = (luma + 1.402 * cr, luma + 1.772 * cb)
    let green = (luma - 0.299 * red - 0.114 * blue) / 0.587
    let ink = Ink(red.rounded(), green.rounded(), blue.rounded())
    return [red, green, blue].allSatisfy { (0...255).contains($0) } ? ink : nil
  }
}
