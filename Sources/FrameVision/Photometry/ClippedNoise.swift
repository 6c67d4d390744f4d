/// What becomes of black and white where noise is cut off at both ends of the scale: half of the
/// noise is lost there, and what is left makes black lighter and white darker.
struct ClippedNoise {
  /// The mean of the positive half of normal values, in deviations.
  private static let halfMean: Float = 0.399

  /// What becomes of each level.
  private let curve: [Float]

  /// Measures how far both ends of the scale were moved at a place; nil where they were not.
  ///
  /// - Parameters:
  ///   - expected: the levels that are expected.
  ///   - seen: the levels seen.
  ///   - weights: 1 where a pixel is compared.
  ///   - noise: the deviation of the noise there.
  ///   - parameters: how far noise may move them.
  init?(
    expected: [Float], seen: [Float], weights: [Float], noise: Float,
    _ parameters: MatchParameters.Clipping
  ) {
    let (most, end) = (parameters.mostShift(noise), parameters.end)
    if most == 0 { return nil }
    var (black, white) = ((sum: Float(0), count: 0), (sum: Float(0), count: 0))
    for at in expected.indices where weights[at] != 0 {
      let level = expected[at]
      if level > end && level < 255 - end { continue }
      let offset = seen[at] - level
      // Further off lies something else.
      if abs(offset) > parameters.outlier * noise + parameters.furthest { continue }
      if level <= end {
        black = (black.sum + offset, black.count + 1)
      } else {
        white = (white.sum - offset, white.count + 1)
      }
    }
    func shift(_ side: (sum: Float, count: Int)) -> Float {
      side.count < parameters.fewestPixels ? 0 : max(0, min(most, side.sum / Float(side.count)))
    }
    let (up, down) = (shift(black), shift(white))
    if up < parameters.leastShift && down < parameters.leastShift { return nil }
    curve = (0...255).map { level in
      let level = Float(level)
      return level + Self.moved(level, by: up) - Self.moved(255 - level, by: down)
    }
  }

  /// How far a level moves that lies a distance from an end which moves by a shift.
  private static func moved(_ distance: Float, by shift: Float) -> Float {
    // The mean of what is lost of normal values falls about like this with the distance.
    let deviation = shift / halfMean
    if deviation == 0 || distance >= 2 * deviation { return 0 }
    let rest = 1 - distance / (2 * deviation)
    return shift * rest * rest * rest
  }

  /// Moves levels as the noise does.
  func apply(to levels: inout [Float]) {
    curve.withUnsafeBufferPointer { curve in
      for at in levels.indices { levels[at] = curve[Int(max(0, min(255, levels[at])) + 0.5)] }
    }
  }
}

extension MatchParameters.Clipping {
  /// Whether noise may have moved a level.
  func isExtreme(_ level: Float) -> Bool { level < reach || level > 255 - reach }

  /// How far noise of a deviation, as it is seen there, may have moved an end of the scale.
  func mostShift(_ noise: Float) -> Float {
    noise < leastNoise ? 0 : min(furthest, deviations * noise)
  }

  /// How far a level lies from what is expected, beyond what noise may have moved it from an end of
  /// the scale.
  func distance(_ expected: Float, seen: Float, mostShift: Float) -> Float {
    let offset = seen - expected
    if expected <= end && offset > 0 { return max(0, offset - mostShift) }
    if expected >= 255 - end && offset < 0 { return max(0, -offset - mostShift) }
    return abs(offset)
  }
}
