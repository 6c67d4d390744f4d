import CPixels
import Testing

/// Residuals and the variances explained, as a plain scan looks at them.
private struct Residuals {
  let width: Int
  let height: Int
  /// 0 where nothing is compared, as are the variances.
  var residuals: [Float]
  var variances: [Float]
  var isCompared: [Bool]

  /// Takes what two closures tell of the samples that are compared; the outermost are not.
  init(
    _ width: Int, _ height: Int, isCompared: (Int) -> Bool, residual: (Int) -> Float,
    variance: (Int) -> Float
  ) {
    (self.width, self.height) = (width, height)
    let compared = (0..<(width * height)).map { at in
      let (x, y) = (at % width, at / width)
      return x > 0 && y > 0 && x < width - 1 && y < height - 1 && isCompared(at)
    }
    self.isCompared = compared
    residuals = compared.indices.map { compared[$0] ? residual($0) : 0 }
    variances = compared.indices.map { compared[$0] ? variance($0) : 0 }
  }

  /// The places of a window, cut at the edges.
  func window(_ x: Int, _ y: Int, side: Int) -> [Int] {
    (y..<min(height, y + side)).flatMap { row in
      (x..<min(width, x + side)).map { row * width + $0 }
    }
  }

  /// How far each box goes, by its corner.
  func boxSums(_ limits: PixelsLimits) -> [Int: Float] {
    var found: [Int: Float] = [:]
    for y in 0...(height - 3) {
      for x in 0...(width - 3) {
        // Column by column, as the scan does: it gives the same numbers.
        func sum(_ values: [Float]) -> Float {
          (x..<(x + 3)).reduce(0) { sum, column in
            let places = (y..<(y + 3)).map { $0 * width + column }
            return sum + (values[places[0]] + values[places[1]] + values[places[2]])
          }
        }
        let (sum, variance) = (sum(residuals), sum(variances))
        found[y * width + x] =
          sum * sum / (limits.box_sum_squared * variance + limits.box_sum_slack)
      }
    }
    return found
  }

  /// How far each window of six by six goes by its variance and by its mean, by its corner.
  func windows(_ limits: PixelsLimits) -> (variances: [Int: Float], means: [Int: Float]) {
    var (spreads, means): ([Int: Float], [Int: Float]) = ([:], [:])
    for y in stride(from: 0, to: max(1, (height + 2) / 3 * 3 - 3), by: 3) {
      for x in stride(from: 0, to: max(1, (width + 2) / 3 * 3 - 3), by: 3) {
        let places = window(x, y, side: 6).filter { isCompared[$0] }
        if places.count < 9 { continue }
        let number = Float(places.count)
        let sum = places.reduce(Float(0)) { $0 + residuals[$1] }
        let squares = places.reduce(Float(0)) { $0 + residuals[$1] * residuals[$1] }
        let variance = places.reduce(Float(0)) { $0 + variances[$1] }
        spreads[y * width + x] = (squares - sum * sum / number) / (variance * limits.variance)
        let mean = sum / number
        means[y * width + x] =
          mean * mean / (limits.mean_squared + limits.noise_share * variance / (number * number))
      }
    }
    return (spreads, means)
  }

  /// Whether what a scan found is the worst there is of each measure.
  func expectWorst(
    _ found: PixelsWorst, _ limits: PixelsLimits, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (windows, boxSums) = (windows(limits), boxSums(limits))
    #expect(
      found.box_sum.normalized_residual == boxSums.values.max(), sourceLocation: sourceLocation)
    expectWorst(found.box_sum, of: boxSums, "box sum", sourceLocation: sourceLocation)
    expectWorst(found.variance, of: windows.variances, "variance", sourceLocation: sourceLocation)
    expectWorst(found.mean, of: windows.means, "mean", sourceLocation: sourceLocation)
  }

  private func expectWorst(
    _ found: PixelsFinding, of values: [Int: Float], _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let worst = values.values.max() ?? 0
    #expect(
      abs(found.normalized_residual - worst) <= 1e-4 * max(1, worst), what,
      sourceLocation: sourceLocation)
    let there = values[Int(found.y) * width + Int(found.x)] ?? 0
    #expect(abs(there - worst) <= 1e-4 * max(1, worst), what, sourceLocation: sourceLocation)
  }
}

extension PixelLoops {
  /// The scan for the worst windows finds what a plain one finds.
  @Suite("Scan of residuals")
  struct ResidualScanTests {
    static let sizes = [(3, 3), (7, 8), (12, 20), (37, 29), (64, 33), (261, 15), (300, 40)]
    private static let limits = PixelsLimits(
      box_sum_squared: 25, box_sum_slack: 700, variance: 13, mean_squared: 49, noise_share: 16)

    private static func scratch(_ width: Int) -> [Float] {
      // A scan must not rely on what is there before.
      [Float](repeating: .nan, count: pixels_residual_scan_scratch(Int32(width)))
    }

    @Test("luma", arguments: sizes, 0..<4)
    func luma(_ size: (Int, Int), seed: Int) {
      let planes = Planes(size, seed: seed)
      let residuals = Residuals(planes.width, planes.height) {
        planes.weights[$0] != 0
      } residual: {
        planes.residual($0)
      } variance: { at in
        let most = max(planes.rmsGradient[at], planes.block(at))
        let (a, b) = (0.1 * planes.gradient[at], 0.12 * most)
        return 3 + a * a + b * b
      }
      var (limits, sums, worst) = (Self.limits, PixelsLumaSums(), PixelsWorst())
      var scratch = Self.scratch(planes.width)
      planes.withLuma { luma, blocks in
        worst = pixels_scan_luma_residuals(&luma, &blocks, &limits, &scratch, &sums)
      }
      residuals.expectWorst(worst, limits)
      Self.expectSums(sums, planes, residuals)
    }

    @Test("of boxes that are equally bad the first is named", arguments: sizes, 0..<4)
    func firstBoxSum(_ size: (Int, Int), seed: Int) {
      var planes = Planes(size, seed: seed)
      var dice = Dice(seed)
      // Small whole numbers make many boxes as bad as the worst.
      planes.expected = planes.expected.map { _ in 100 }
      planes.seen = planes.seen.map { _ in Float(Int.random(in: 99...101, using: &dice)) }
      planes = planes.withoutGradients
      let residuals = Residuals(planes.width, planes.height) {
        planes.weights[$0] != 0
      } residual: {
        planes.residual($0)
      } variance: { _ in
        3
      }
      var (limits, sums, worst) = (Self.limits, PixelsLumaSums(), PixelsWorst())
      var scratch = Self.scratch(planes.width)
      planes.withLuma { luma, blocks in
        worst = pixels_scan_luma_residuals(&luma, &blocks, &limits, &scratch, &sums)
      }
      let boxSums = residuals.boxSums(limits)
      let most = boxSums.values.max() ?? 0
      let first = boxSums.keys.filter { boxSums[$0] == most }.min() ?? 0
      #expect(worst.box_sum.normalized_residual == most)
      // Where nothing differs, nothing is named.
      #expect(most == 0 || Int(worst.box_sum.y) * planes.width + Int(worst.box_sum.x) == first)
    }

    /// What is added up besides.
    private static func expectSums(
      _ sums: PixelsLumaSums, _ planes: Planes, _ residuals: Residuals
    ) {
      let compared = residuals.isCompared.indices.filter { residuals.isCompared[$0] }
      let edges = compared.filter { planes.gradient[$0] >= 12 }
      func isClose(_ sum: Double, _ places: [Int], _ value: (Int) -> Float) -> Bool {
        let wanted = places.reduce(Double(0)) { $0 + Double(value($1)) }
        return abs(sum - wanted) <= 1e-5 * max(1, abs(wanted))
      }
      #expect(sums.count == Double(compared.count))
      #expect(sums.edge_count == Double(edges.count))
      #expect(isClose(sums.levels, compared) { planes.expected[$0] })
      #expect(isClose(sums.squared_levels, compared) { planes.expected[$0] * planes.expected[$0] })
      #expect(isClose(sums.squared_residual, edges) { planes.residual($0) * planes.residual($0) })
    }

    @Test("chroma", arguments: sizes, 0..<4)
    func chroma(_ size: (Int, Int), seed: Int) {
      let planes = Planes(size, seed: seed)
      let other = Planes(size, seed: seed + 9)
      let pixels = Planes((2 * size.0 + 1, 2 * size.1), seed: seed)
      let seen = planes.seen.map { UInt8(max(0, min(255, $0))) }
      let line = pixels.width
      let residuals = Residuals(planes.width, planes.height) { at in
        let first = at / planes.width * 2 * line + at % planes.width * 2
        return [first, first + 1, first + line, first + line + 1].allSatisfy {
          pixels.weights[$0] != 0
        }
      } residual: {
        Float(seen[$0]) - planes.expected[$0]
      } variance: { at in
        let most = max(planes.rmsGradient[at], other.rmsGradient[at], 0.5 * other.gradient[at])
        let (a, b) = (0.2 * planes.gradient[at], 0.16 * most)
        return 4 + a * a + b * b
      }
      var (limits, scratch) = (Self.limits, Self.scratch(planes.width))
      var worst = PixelsWorst()
      Self.withChroma(planes, other, seen, weights: pixels.weights, line: line) { chroma in
        worst = pixels_scan_chroma_residuals(&chroma, &limits, &scratch)
      }
      residuals.expectWorst(worst, limits)
    }

    @Test(
      "whether chroma goes further than a bound: never denied wrongly, exact under noise alone",
      arguments: [(8, 9), (10, 6), (12, 20), (37, 29), (64, 33), (261, 15), (300, 40)], 0..<6)
    func bound(_ size: (Int, Int), seed: Int) {
      var planes = Planes(size, seed: 3 * seed)
      let other = Planes(size, seed: 3 * seed + 9)
      let weights = [Float](repeating: 1, count: 4 * size.0 * size.1)
      if seed % 2 > 0 {
        // One part is off as a whole: in a corner or in the middle.
        let (left, top) = (seed == 1 ? 1 : size.0 / 2, seed == 1 ? 1 : size.1 / 2)
        for at in planes.seen.indices
        where left..<(left + 5) ~= at % size.0 && top..<(top + 5) ~= at / size.0 {
          planes.seen[at] += 14
        }
      }
      let seen = planes.seen.map { UInt8(max(0, min(255, $0))) }
      // Box sums go furthest, then variances: each measure is to decide once.
      var limits = Self.limits
      if seed / 2 > 0 { limits.box_sum_slack = 1e6 }
      if seed / 2 > 1 { limits.variance = 1e6 }
      func look(_ planes: Planes, _ other: Planes) -> (most: Float, mayExceed: (Float) -> Bool) {
        var (limits, worst) = (limits, PixelsWorst())
        var scratch = Self.scratch(planes.width)
        Self.withChroma(planes, other, seen, weights: weights, line: 2 * size.0) { chroma in
          worst = pixels_scan_chroma_residuals(&chroma, &limits, &scratch)
        }
        return (
          max(
            worst.box_sum.normalized_residual, worst.variance.normalized_residual,
            worst.mean.normalized_residual),
          { bound in
            var (limits, answer) = (limits, false)
            var scratch = [Float](
              repeating: .nan, count: pixels_chroma_bound_scratch(Int32(planes.width)))
            Self.withChroma(planes, other, seen, weights: weights, line: 2 * size.0) { chroma in
              answer = pixels_chroma_may_exceed(&chroma, &limits, bound, &scratch) != 0
            }
            return answer
          }
        )
      }
      let explained = look(planes, other)
      #expect(explained.mayExceed(explained.most * 0.9999))
      let noisy = look(planes.withoutGradients, other.withoutGradients)
      #expect(noisy.mayExceed(noisy.most * 0.9999))
      #expect(noisy.mayExceed(noisy.most * 1.01) == (size.0 < 10 || size.1 < 6))
    }

    /// Hands a plane of chroma to a loop, and the gradients of it and of another.
    private static func withChroma(
      _ planes: Planes, _ other: Planes, _ seen: [UInt8], weights: [Float], line: Int,
      _ body: (inout PixelsChroma) -> Void
    ) {
      func call(
        _ seen: UnsafePointer<UInt8>, _ expected: UnsafePointer<Float>,
        _ gradient: UnsafePointer<Float>, _ rms: UnsafePointer<Float>,
        _ seenRMS: UnsafePointer<Float>, _ otherRMS: UnsafePointer<Float>,
        _ weights: UnsafePointer<Float>
      ) {
        var chroma = PixelsChroma(
          width: Int32(planes.width), height: Int32(planes.height), seen: seen,
          stride: planes.width,
          expected: expected, gradient: gradient, rms_gradient: rms, seen_rms_gradient: seenRMS,
          other_rms_gradient: otherRMS, share: 0.5, weights: weights, weights_stride: line,
          floor: 4, edge_noise: 0.2, compression_noise: 0.16)
        body(&chroma)
      }
      call(
        seen, planes.expected, planes.gradient, planes.rmsGradient, other.rmsGradient,
        other.gradient,
        weights)
    }
  }
}
