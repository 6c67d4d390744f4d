import Frames

/// Compares the luma of one place with what the template leads one to expect there.
///
/// What a capture chain does to the whole picture (a shift by part of a pixel, blur, noise,
/// compression) is estimated over the whole template and allowed for; what is left is looked at in
/// small squares, each for itself.
struct LightComparison {
  let width: Int
  let height: Int
  /// The expected levels, after tone, shift and blur.
  private(set) var expected: [Float]
  /// The levels seen, after what of the shift and blur is made on them.
  let seen: [Float]
  /// 1 where a pixel is compared, 0 where not.
  let weights: [Float]
  /// The range of the expected levels in the 3 by 3 pixels around each pixel.
  let relief: [Float]
  /// How much stands out near each pixel: a measure of what compression may leave there.
  let activity: [Float]
  /// The deviation of the noise, in levels.
  private(set) var noise: Float = 0
  /// What compression and the rest leave at edges, as a share of their relief.
  private(set) var edgeShare: Float = 0
  /// What compression leaves near edges, as a share of the activity.
  private(set) var ringing: Float = 0

  /// Noise below this is not believed: rounding alone makes some.
  private static let leastNoise: Float = 1.5
  private static let edgeShares: ClosedRange<Float> = 0.08...0.2
  private static let ringings: ClosedRange<Float> = 0.06...0.14
  /// A picture that has less ringing than this was never compressed.
  private static let uncompressed: Float = 0.01
  /// Relief below this is flat ground, and activity below it is calm.
  private static let flatRelief: Float = 12
  private static let calmActivity: Float = 16

  /// Compares planes of one size.
  ///
  /// - Parameters:
  ///   - expected: the levels of the template in the frame's tone.
  ///   - warp: the shift and blur of the whole.
  ///   - seen: the levels seen.
  ///   - weights: 1 where a pixel is compared.
  ///   - width: pixels a row.
  ///   - height: rows.
  ///   - frame: the frame's luma.
  ///   - origin: where the place lies in the frame.
  init(
    expected: [Float], warp: Warp, seen: [Float], weights: [Float], width: Int, height: Int,
    in frame: Plane, at origin: PixelPoint
  ) {
    self.weights = weights
    self.width = width
    self.height = height
    let (levels, seen) = warp.applied(to: expected, and: seen, width: width)
    self.seen = seen
    let map = ReliefMap(width: width, height: height)
    let relief = map.relief(of: levels)
    self.expected = levels
    self.relief = relief
    noise = Self.noise(seen, levels, relief, weights)
    activity = map.activity(expected: relief, in: frame, at: origin, noise: noise)
    measureCompression()
  }

  /// The variance that is explained at a pixel.
  @inline(__always)
  func allowance(at place: Int) -> Float {
    let (edge, ring) = (edgeShare * relief[place], ringing * activity[place])
    return noise * noise + edge * edge + ring * ring
  }

  /// The worst squares.
  func scan(_ limits: SquareScan.Limits) -> SquareScan {
    var rest = [Float](repeating: 0, count: seen.count)
    var allowed = [Float](repeating: -1, count: seen.count)
    // The outermost pixels depend on what lies outside the template.
    for y in 1..<max(1, height - 1) {
      for x in 1..<max(1, width - 1) {
        let at = y &* width &+ x
        if weights[at] == 0 { continue }
        rest[at] = seen[at] - expected[at]
        allowed[at] = allowance(at: at)
      }
    }
    return SquareScan(rest: rest, allowed: allowed, width: width, limits: limits)
  }

  /// Takes the usual step from pixel to pixel of the differences on flat ground for noise; a part
  /// that is lighter as a whole makes no steps.
  private static func noise(
    _ seen: [Float], _ expected: [Float], _ relief: [Float], _ weights: [Float]
  ) -> Float {
    var flat = Tally(scale: 4)
    for at in 1..<max(1, seen.count)
    where weights[at] * weights[at - 1] != 0 && max(relief[at], relief[at - 1]) < flatRelief {
      flat.add(abs((seen[at] - expected[at]) - (seen[at - 1] - expected[at - 1])))
    }
    // Half of normal values lie within 0.6745 deviations; the noise of two pixels adds up, but
    // compression makes neighbours alike.
    return max(leastNoise, 1.2 * (flat.quantile(0.5) ?? 0) / (0.6745 * 1.4142))
  }

  /// Takes the usual differences at and near edges for what compression leaves there.
  private mutating func measureCompression() {
    var near = Tally(scale: 512)
    var edges = Tally(scale: 256)
    for y in 1..<max(1, height - 1) {
      for x in 1..<max(1, width - 1) {
        let at = y &* width &+ x
        if weights[at] == 0 { continue }
        let square = (seen[at] - expected[at]) * (seen[at] - expected[at])
        let rest = max(0, square - noise * noise).squareRoot()
        if relief[at] >= 3 * Self.flatRelief {
          edges.add(rest / relief[at])
        } else if activity[at] >= Self.calmActivity {
          near.add(rest / activity[at])
        }
      }
    }
    // Nine tenths of normal values lie within 1.645 deviations, eight within 1.2816.
    let usual = (near.quantile(0.95) ?? 1) / 1.96
    let atEdges = (edges.quantile(0.8) ?? 1) / 1.2816
    if usual < Self.uncompressed && atEdges < 4 * Self.uncompressed {
      (ringing, edgeShare) = (Self.uncompressed, 4 * Self.uncompressed)
    } else {
      ringing = Self.limited(usual, to: Self.ringings)
      edgeShare = Self.limited(atEdges, to: Self.edgeShares)
    }
  }

  private static func limited(_ value: Float, to range: ClosedRange<Float>) -> Float {
    max(range.lowerBound, min(range.upperBound, value))
  }

  /// Counts of values in small steps.
  private struct Tally {
    let scale: Float
    private var counts = [Int](repeating: 0, count: 128)
    private var total = 0

    init(scale: Float) { self.scale = scale }

    mutating func add(_ value: Float) {
      counts[min(127, Int(value * scale))] += 1
      total += 1
    }

    /// The value below which a share of the values lies; nil where there are too few.
    func quantile(_ share: Float) -> Float? {
      if total < 10 { return nil }
      var left = Int(share * Float(total))
      for (step, count) in counts.enumerated() {
        left -= count
        if left < 0 { return (Float(step) + 0.5) / scale }
      }
      return nil
    }
  }
}
