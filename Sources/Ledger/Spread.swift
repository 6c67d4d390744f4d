/// How values spread: the least, the quarters and the most.
public struct Spread: Sendable, Hashable {
  /// The smallest value.
  public var least: Double
  /// A quarter of the values is less.
  public var lowerQuartile: Double
  /// The middle value.
  public var median: Double
  /// A quarter of the values is more.
  public var upperQuartile: Double
  /// The largest value.
  public var most: Double

  /// The spread of values; nil where there are none.
  public init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    func quantile(_ share: Double) -> Double {
      // Drawn straight between two values.
      let place = share * Double(sorted.count - 1)
      let lower = Int(place)
      let upper = min(lower + 1, sorted.count - 1)
      return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
    }
    least = first
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    most = last
  }

  /// The five values in order.
  var values: [Double] { [least, lowerQuartile, median, upperQuartile, most] }
}

/// Draws spreads on one scale, which begins at zero: a line from the least to the most, a box from
/// quarter to quarter, a stroke at the middle.
struct SpreadPlot {
  private let most: Double
  private static let width = 180.0

  /// A scale for all of some spreads.
  init(_ spreads: [Spread?]) {
    most = max(spreads.compactMap { $0?.most }.max() ?? 0, .leastNonzeroMagnitude)
  }

  /// The picture of a spread.
  func view(_ spread: Spread) -> SpreadView {
    let at = spread.values.map { Int((max(0, $0) / most * (Self.width - 4)).rounded()) + 2 }
    return SpreadView(
      width: Int(Self.width), words: spread.values.map(\.words).joined(separator: ", "),
      least: at[0], lower: at[1], median: at[2], between: max(1, at[3] - at[1]), most: at[4])
  }
}

/// A spread on its scale, in pixels.
struct SpreadView {
  var width: Int
  var words: String
  var least: Int
  var lower: Int
  var median: Int
  /// From the lower quartile to the upper one.
  var between: Int
  var most: Int
}
