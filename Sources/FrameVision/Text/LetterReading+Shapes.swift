import Frames

extension LetterReading {
  /// Whether a letter is no plain ring: it has a mark, or more than one hole, inside.
  func isMarkedInside(_ letter: PixelRect) -> Bool {
    if let piece = pieces.first(where: { $0.box == letter }), piece.parts.count > 1 { return true }
    let around = letter.insetBy(-1).intersection(PixelRect(normalized.size))
    let ground = normalized.cropped(to: around).samples.map {
      $0 < Self.white - Self.foregroundDepth ? 0 : AdaptiveThreshold.dark
    }
    let holes = ComponentLabeling.components(
      in: ground, width: around.width, bit: AdaptiveThreshold.dark
    ).filter {
      $0.box.x > 0 && $0.box.y > 0 && $0.box.maxX < around.width && $0.box.maxY < around.height
        && 8 * $0.box.height > letter.height
    }
    return holes.count > 1
  }

  /// Whether a letter has a dot over its stem.
  func hasDot(_ letter: PixelRect) -> Bool {
    guard let parts = pieces.first(where: { $0.box == letter })?.parts, parts.count == 2 else {
      return false
    }
    let (one, other) = (parts[0], parts[1])
    return one.maxY <= other.y || other.maxY <= one.y
  }

  /// How much two letters differ, in their ink: 0 for the same, 1 and more for nothing in common.
  func difference(of one: PixelRect, from other: PixelRect) -> Double {
    func level(_ box: PixelRect, _ x: Int, _ y: Int) -> Int {
      x < -1 || x > box.width || box.x + x < 0 || box.x + x >= normalized.width
        ? 0 : 245 - min(245, Int(normalized[box.x + x, y]))
    }
    let (top, bottom) = (
      max(0, min(one.y, other.y) - 1), min(normalized.height, max(one.maxY, other.maxY) + 1)
    )
    let width = max(one.width, other.width) + 2
    var least = Double.infinity
    for shift in -2...2 {
      var (apart, ink, otherInk) = (0, 0, 0)
      for y in top..<bottom {
        for x in -2..<width {
          let (a, b) = (level(one, x, y), level(other, x + shift, y))
          apart += abs(a - b)
          ink += a
          otherInk += b
        }
      }
      least = min(least, Double(apart) / Double(max(1, ink, otherInk)))
    }
    return least
  }
}
