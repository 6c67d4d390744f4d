import CPixels
import Frames

/// What a capture chain leaves in a picture, as it was measured at a place.
struct CaptureQuality: Sendable {
  /// The deviation of the noise, in levels.
  var noise: Float
  /// The same as it moves the mean of three by three pixels.
  var strokeNoise: Float
  /// What compression and the rest leave at edges, as a share of their relief.
  var edgeShare: Float
  /// What compression leaves near edges, as a share of the activity.
  var ringing: Float

  /// What may be left at another place of the same picture, other things being different there.
  var elsewhere: CaptureQuality {
    CaptureQuality(
      noise: 1.3 * noise + 0.5, strokeNoise: 1.3 * strokeNoise + 0.5, edgeShare: 1.3 * edgeShare,
      ringing: 1.5 * ringing)
  }
}

/// Compares the luma of one place with what the template leads one to expect there.
///
/// What a capture chain does to the whole picture (a shift by part of a pixel, blur, noise,
/// compression) is estimated over the whole template and allowed for; what is left is looked at in
/// small squares, each for itself.
struct LightComparison {
  let width: Int
  let height: Int
  /// The expected levels, after tone, shift and blur.
  let expected: [Float]
  /// The levels seen, after what of the shift and blur is made on them.
  let seen: [Float]
  /// 1 where a pixel is compared, 0 where not.
  let weights: [Float]
  /// What stands out in the expected levels.
  private let light: TonedTemplate.Standout
  /// What stands out in the blocks of the frame: compression may leave something of it, or, as the
  /// template was compressed, too, in blocks that nobody knows, of what stands out around each pixel.
  private let blocks: BlockActivity
  /// The deviation of the noise, in levels.
  let noise: Float
  /// The deviation of noise without likeness between neighbours that would move the mean of three
  /// by three pixels as far as this noise does: compression leaves of noise what is smooth.
  let strokeNoise: Float
  /// What compression and the rest leave at edges, as a share of their relief.
  private(set) var edgeShare: Float = 0
  /// What compression leaves near edges, as a share of the activity.
  private(set) var ringing: Float = 0
  /// How far blur has spread each pixel, as a variance in square pixels.
  let blur: Float

  /// Noise below this is not believed: rounding alone makes some.
  private static let leastNoise: Float = 1.5
  /// The shares that are believed where the picture was compressed.
  static let edgeShares: ClosedRange<Float> = 0.08...0.10
  private static let ringings: ClosedRange<Float> = 0.06...0.14
  /// A picture that has less ringing than this was never compressed.
  private static let uncompressed: Float = 0.01
  /// Relief below this is flat ground, and activity below it is calm.
  private static let flatRelief: Float = 12
  private static let calmActivity: Float = 16

  /// Compares planes of one size.
  ///
  /// - Parameters:
  ///   - expected: the template in the frame's tone.
  ///   - warp: the shift and blur of the whole.
  ///   - seen: the levels seen.
  ///   - weights: 1 where a pixel is compared.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  ///   - origin: where the place lies in that plane.
  ///   - bound: what is known of the picture from elsewhere; no more is allowed for.
  init(
    expected: TonedTemplate, warp: Warp, seen: [Float], weights: [Float], in frame: Plane,
    at origin: PixelPoint, atMost bound: CaptureQuality? = nil
  ) {
    self.weights = weights
    let (width, height) = (expected.width, expected.height)
    (self.width, self.height) = (width, height)
    let (levels, seen) = warp.applied(to: expected.luma, and: seen, width: width)
    self.seen = seen
    light =
      warp.isOnSeenAlone
      ? expected.light
      : TonedTemplate.Standout(ofLight: levels, width: width, height: height)
    blur = warp.blur
    let measured = Self.noise(of: seen, levels, light.relief, weights, width: width)
    noise = min(measured.pixel, bound?.noise ?? .infinity)
    strokeNoise = min(measured.stroke, bound?.strokeNoise ?? .infinity)
    var expected = levels
    ClippedNoise(expected: levels, seen: seen, weights: weights, noise: noise)?
      .apply(to: &expected)
    self.expected = expected
    blocks = BlockActivity(
      of: PixelRect(origin, PixelSize(width: width, height: height)), in: frame, noise: noise)
    measureCompression()
    if let bound {
      edgeShare = min(edgeShare, bound.edgeShare)
      ringing = min(ringing, bound.ringing)
    }
  }

  /// What the capture chain left here.
  var quality: CaptureQuality {
    CaptureQuality(
      noise: noise, strokeNoise: strokeNoise, edgeShare: edgeShare, ringing: ringing)
  }

  /// The variance that is explained at a pixel.
  func explained(at place: Int) -> Float {
    let block = blocks.activity(at: PixelPoint(x: place % width, y: place / width))
    let (edge, ring) = (edgeShare * light.relief[place], ringing * max(light.around[place], block))
    return noise * noise + edge * edge + ring * ring
  }

  /// The worst squares.
  func scan(_ limits: SquareScan.Limits) -> SquareScan {
    // Noise that is cut off at black and white moves the mean.
    var limits = limits
    limits.level = (limits.level * limits.level + 0.25 * noise * noise).squareRoot()
    let smooth = (strokeNoise * strokeNoise - noise * noise) / 9
    limits.slack = (limits.slack * limits.slack + limits.stroke * limits.stroke * smooth)
      .squareRoot()
    var sums = PixelsUnlikeness()
    var scan = withPlanes { light, blocks in
      SquareScan(width: width, height: height, limits: limits) { limits, scratch in
        pixels_scan_light(&light, &blocks, &limits, scratch, &sums)
      }
    }
    scan.whole = SquareScan.Finding(
      excess: unlikeness(sums), square: PixelRect(x: 0, y: 0, width: width, height: height))
    return scan
  }

  /// Hands what there is at the place to a loop over pixels.
  private func withPlanes<Result>(
    _ body: (inout PixelsLight, inout PixelsBlocks) -> Result
  ) -> Result {
    blocks.withBlocks { blocks in
      withPlanes(seen, expected, light.relief, light.around, weights) { light in
        var blocks = blocks
        return body(&light, &blocks)
      }
    }
  }

  private func withPlanes<Result>(
    _ seen: UnsafePointer<Float>, _ expected: UnsafePointer<Float>,
    _ relief: UnsafePointer<Float>, _ around: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>, _ body: (inout PixelsLight) -> Result
  ) -> Result {
    var light = PixelsLight(
      width: Int32(width), height: Int32(height), seen: seen, expected: expected, relief: relief,
      around: around, weights: weights, floor: noise * noise, edge: edgeShare, ring: ringing,
      stands: Self.flatRelief)
    return body(&light)
  }

  /// How much of what stands out is other than expected, in units of its limit.
  ///
  /// A small shape on a ground of nearly its own light differs from another one by no more, square by
  /// square, than compression may leave of it; but compression does not leave that everywhere.
  private func unlikeness(_ sums: PixelsUnlikeness) -> Float {
    if sums.edge_count == 0 { return 0 }
    let energy = sums.squared_levels - sums.levels * sums.levels / sums.count
    let usual = Double(1.5 * noise * noise + Self.rounding) * sums.edge_count
    return Float(max(0, sums.squared_rest - usual) / (Self.lostShare * max(1, energy)))
  }

  /// The share of what stands out that compression may take away, squared; and the variance that
  /// rounding here and there makes.
  private static let lostShare = 0.07
  private static let rounding: Float = 1

  /// Every which row of so many pixels is enough to measure what is usual.
  private static func rowStep(_ area: Int) -> Int32 { Int32(max(1, area / 6000)) }
  /// So many squares on flat ground are enough for that.
  private static let enoughSquares: Int32 = 100

  /// Takes the usual step from pixel to pixel of the differences on flat ground for noise; a part
  /// that is lighter as a whole makes no steps.
  private static func noise(
    of seen: [Float], _ expected: [Float], _ relief: [Float], _ weights: [Float], width: Int
  ) -> (pixel: Float, stroke: Float) {
    let height = seen.count / width
    var flat = Tally(scale: 4)
    _ = pixels_noise_steps(
      seen, expected, relief, weights, Int32(width), Int32(height), rowStep(seen.count),
      flatRelief, &flat.counts)
    // Half of normal values lie within 0.6745 deviations; the noise of two pixels adds up, but
    // compression makes neighbours alike.
    let steps = max(leastNoise, 1.2 * (flat.quantile(0.5) ?? 0) / (0.6745 * 1.4142))
    // Coarsely compressed noise is smooth: it makes small steps, and yet the usual square differs.
    var spreads = Tally(scale: 4)
    var cells = Tally(scale: 4)
    pixels_flat_spreads(
      seen, expected, relief, weights, Int32(width), Int32(height), enoughSquares, flatRelief,
      &spreads.counts, &cells.counts)
    let pixel = max(steps, spreads.quantile(0.5) ?? 0)
    // Half of the deviations of four normal values lie below 0.888.
    return (pixel, max(pixel, (cells.quantile(0.5) ?? 0) / 0.888))
  }

  /// Takes the usual differences at and near edges for what compression leaves there.
  private mutating func measureCompression() {
    var near = Tally(scale: 512)
    var edges = Tally(scale: 256)
    withPlanes { light, blocks in
      pixels_compression(
        &light, &blocks, Self.rowStep(seen.count), noise * noise, 3 * Self.flatRelief,
        Self.calmActivity,
        &edges.counts, &near.counts)
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
    var counts = [Int32](repeating: 0, count: 128)

    /// The value below which a share of the values lies; nil where there are too few.
    func quantile(_ share: Float) -> Float? {
      let total = counts.reduce(0, +)
      if total < 10 { return nil }
      var left = Int32(share * Float(total))
      for (step, count) in counts.enumerated() {
        left -= count
        if left < 0 { return (Float(step) + 0.5) / scale }
      }
      return nil
    }
  }
}
