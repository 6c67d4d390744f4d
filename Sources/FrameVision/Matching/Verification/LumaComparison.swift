import CPixels
import Frames

/// What a capture chain leaves in a picture, as it was measured at a place.
struct CaptureQuality: Sendable {
  /// The deviation of the noise, in levels.
  var noise: Float
  /// The same as it moves the mean of a box of three by three pixels.
  var boxNoise: Float
  /// The edge noise: what compression and the rest leave at edges, as a share of their gradient.
  var edgeNoise: Float
  /// The compression noise near edges, as a share of the local RMS gradient.
  var compressionNoise: Float

  /// What may be left at another place of the same picture, other things being different there.
  func elsewhere(_ model: MatchParameters.NoiseModel) -> CaptureQuality {
    let (times, more) = (model.elsewhere, model.moreNoiseElsewhere)
    return CaptureQuality(
      noise: times * noise + more, boxNoise: times * boxNoise + more, edgeNoise: times * edgeNoise,
      compressionNoise: model.compressionElsewhere * compressionNoise)
  }
}

/// Compares the luma of one place with what the template leads one to expect there.
///
/// What a capture chain does to the whole picture (a shift by part of a pixel, blur, noise,
/// compression) is estimated over the whole template and allowed for; the residuals are looked at
/// window by window, each for itself.
struct LumaComparison {
  let width: Int
  let height: Int
  /// The expected levels, after the photometric transform, shift and blur.
  let expected: [Float]
  /// The levels seen, after what of the shift and blur is made on them.
  let seen: [Float]
  /// 1 where a pixel is compared, 0 where not.
  let weights: [Float]
  /// The gradients of the expected levels.
  private let gradients: RenderedReference.GradientEnergy
  /// The gradients in the blocks of the frame: compression may leave a share of them, or, as the
  /// template was compressed, too, in blocks that nobody knows, of the gradients around each pixel.
  private let blocks: BlockGradients
  /// What noise that is cut off at black and white makes of the levels; nil where it makes nothing.
  private let clippedNoise: ClippedNoise?
  /// The deviation of the noise, in levels.
  let noise: Float
  /// The deviation of noise without likeness between neighbours that would move the mean of three
  /// by three pixels as far as this noise does: compression leaves of noise what is smooth.
  let boxNoise: Float
  /// The edge noise: what compression and the rest leave at edges, as a share of their gradient.
  private(set) var edgeNoise: Float = 0
  /// The compression noise near edges, as a share of the local RMS gradient.
  private(set) var compressionNoise: Float = 0
  /// How far blur has spread each pixel, as a variance in square pixels.
  let blur: Float
  /// What noise and compression may leave, and how much is too much.
  private let model: MatchParameters.NoiseModel
  private let residualLimits: MatchParameters.ResidualLimits

  /// Compares planes of one size.
  ///
  /// - Parameters:
  ///   - expected: the template under the frame's transform.
  ///   - registration: the shift and blur of the whole.
  ///   - seen: the levels seen.
  ///   - weights: 1 where a pixel is compared.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  ///   - origin: where the place lies in that plane.
  ///   - parameters: what noise and compression may leave, and how much is too much.
  ///   - bound: what is known of the picture from elsewhere; no more is allowed for.
  init(
    expected: RenderedReference, registration: Registration, seen: [Float], weights: [Float],
    in frame: Plane, at origin: PixelPoint, _ parameters: MatchParameters,
    atMost bound: CaptureQuality? = nil
  ) {
    (model, residualLimits) = (parameters.noise, parameters.limits)
    self.weights = weights
    let (width, height) = (expected.width, expected.height)
    (self.width, self.height) = (width, height)
    let (levels, seen) = registration.applied(to: expected.luma, and: seen, width: width)
    self.seen = seen
    gradients =
      registration.isOnSeenAlone
      ? expected.lumaEnergy
      : RenderedReference.GradientEnergy(
        ofLuma: levels, width: width, height: height, reach: model.reach)
    blur = registration.blur
    let measured = Self.noise(
      of: seen, levels, gradients.gradient, weights, width: width, model)
    noise = min(measured.pixel, bound?.noise ?? .infinity)
    boxNoise = min(measured.boxSum, bound?.boxNoise ?? .infinity)
    clippedNoise = ClippedNoise(
      expected: levels, seen: seen, weights: weights, noise: noise, parameters.clipping)
    var expected = levels
    clippedNoise?.apply(to: &expected)
    self.expected = expected
    blocks = BlockGradients(
      of: PixelRect(origin, PixelSize(width: width, height: height)), in: frame,
      variance: model.gradientVariance * noise * noise)
    measureCompression()
    if let bound {
      edgeNoise = min(edgeNoise, bound.edgeNoise)
      compressionNoise = min(compressionNoise, bound.compressionNoise)
    }
  }

  /// What the capture chain left here.
  var quality: CaptureQuality {
    CaptureQuality(
      noise: noise, boxNoise: boxNoise, edgeNoise: edgeNoise, compressionNoise: compressionNoise)
  }

  /// The variance that is explained at a pixel.
  func explained(at place: Int) -> Float {
    let block = blocks.rmsGradient(at: PixelPoint(x: place % width, y: place / width))
    let (edge, compression) = (
      edgeNoise * gradients.gradient[place], compressionNoise * max(gradients.rms[place], block)
    )
    return noise * noise + edge * edge + compression * compression
  }

  /// The worst windows.
  ///
  /// - Parameters:
  ///   - limits: how much is too much.
  ///   - shape: 1 for the pixels of a shape that counts in part, those at its rim, too; nil where all
  ///     is compared.
  /// - Returns: the worst of each statistic.
  func scan(_ limits: MatchParameters.CriticalValues, shape: [Float]? = nil) -> ResidualScan {
    let limits = widened(limits)
    var sums = PixelsLumaSums()
    var scan = withPlanes { luma, blocks in
      ResidualScan(width: width, height: height, limits: limits) { limits, scratch in
        pixels_scan_luma_residuals(&luma, &blocks, &limits, scratch, &sums)
      }
    }
    scan.whole = ResidualScan.Finding(
      normalizedResidual: unlikeness(sums, shape),
      window: PixelRect(x: 0, y: 0, width: width, height: height))
    return scan
  }

  /// The worst windows of another part of the frame, as far as what was measured here explains it.
  ///
  /// - Parameters:
  ///   - limits: how much is too much.
  ///   - expected: the expected levels, after the photometric transform, shift and blur.
  ///   - seen: the levels seen, after what of the shift and blur is made on them.
  ///   - weights: 1 where a pixel is compared.
  ///   - place: where the part lies in the frame.
  ///   - frame: luma of the frame, or of a part that begins on its grid of blocks.
  /// - Returns: the worst of each statistic.
  func scan(
    _ limits: MatchParameters.CriticalValues, expected: [Float], seen: [Float], weights: [Float],
    at place: PixelRect, in frame: Plane
  ) -> ResidualScan {
    let gradients = RenderedReference.GradientEnergy(
      ofLuma: expected, width: place.width, height: place.height, reach: model.reach)
    let blocks = BlockGradients(
      of: place, in: frame, variance: model.gradientVariance * noise * noise)
    var expected = expected
    clippedNoise?.apply(to: &expected)
    let limits = widened(limits)
    var sums = PixelsLumaSums()
    return blocks.withBlocks { blocks in
      withPlanes(place.size, seen, expected, gradients.gradient, gradients.rms, weights) { luma in
        var blocks = blocks
        return ResidualScan(width: place.width, height: place.height, limits: limits) {
          limits, scratch in
          pixels_scan_luma_residuals(&luma, &blocks, &limits, scratch, &sums)
        }
      }
    }
  }

  /// Limits with what noise adds to them.
  private func widened(_ limits: MatchParameters.CriticalValues) -> MatchParameters.CriticalValues {
    // Noise that is cut off at black and white moves the mean.
    var limits = limits
    limits.mean = (limits.mean * limits.mean + residualLimits.meanNoise * noise * noise)
      .squareRoot()
    let smooth = (boxNoise * boxNoise - noise * noise) / 9
    limits.slack = (limits.slack * limits.slack + limits.boxSum * limits.boxSum * smooth)
      .squareRoot()
    return limits
  }

  /// Hands what there is at the place to a loop over pixels.
  private func withPlanes<Result>(
    _ body: (inout PixelsLuma, inout PixelsBlockGradients) -> Result
  ) -> Result {
    blocks.withBlocks { blocks in
      let size = PixelSize(width: width, height: height)
      return withPlanes(size, seen, expected, gradients.gradient, gradients.rms, weights) { luma in
        var blocks = blocks
        return body(&luma, &blocks)
      }
    }
  }

  private func withPlanes<Result>(
    _ size: PixelSize, _ seen: UnsafePointer<Float>, _ expected: UnsafePointer<Float>,
    _ gradient: UnsafePointer<Float>, _ rms: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>, _ body: (inout PixelsLuma) -> Result
  ) -> Result {
    var luma = PixelsLuma(
      width: Int32(size.width), height: Int32(size.height), seen: seen, expected: expected,
      gradient: gradient, rms_gradient: rms, weights: weights, floor: noise * noise,
      edge_noise: edgeNoise, compression_noise: compressionNoise,
      least_gradient: model.flatGradient)
    return body(&luma)
  }

  /// How much of the gradient energy is other than expected, as a normalised residual.
  ///
  /// A small shape on a ground of nearly its own luma differs from another one by no more, window
  /// by window, than compression may leave of it; but compression does not leave that everywhere.
  ///
  /// The edges of a shape lie for the most part on its rim, which is not compared, and have their
  /// energy all the same.
  private func unlikeness(_ sums: PixelsLumaSums, _ shape: [Float]?) -> Float {
    if sums.edge_count == 0 { return 0 }
    let energy =
      shape.map(energy) ?? sums.squared_levels - sums.levels * sums.levels / sums.count
    let variance = residualLimits.usualNoise * noise * noise + residualLimits.rounding
    let usual = Double(variance) * sums.edge_count
    return Float(
      max(0, sums.squared_residual - usual) / (residualLimits.lostShare * max(1, energy)))
  }

  /// How far the levels of a shape's pixels lie from their mean, squared and added up.
  private func energy(of shape: [Float]) -> Double {
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    for (level, weight) in zip(expected, shape) where weight != 0 {
      count += 1
      sum += Double(level)
      squares += Double(level) * Double(level)
    }
    return squares - sum * sum / max(1, count)
  }

  /// Every which row of so many pixels is enough to measure what is usual.
  private static func rowStep(_ area: Int, _ model: MatchParameters.NoiseModel) -> Int32 {
    Int32(max(1, area / model.sampledPixels))
  }

  /// Takes the usual step from pixel to pixel of the residuals on flat ground for noise; a part
  /// that is lighter as a whole makes no steps.
  private static func noise(
    of seen: [Float], _ expected: [Float], _ gradient: [Float], _ weights: [Float], width: Int,
    _ model: MatchParameters.NoiseModel
  ) -> (pixel: Float, boxSum: Float) {
    let height = seen.count / width
    var flat = Tally(scale: 4)
    _ = pixels_noise_steps(
      seen, expected, gradient, weights, Int32(width), Int32(height), rowStep(seen.count, model),
      model.flatGradient, &flat.counts)
    // Half of normal values lie within 0.6745 deviations; the noise of two pixels adds up, but
    // compression makes neighbours alike.
    let steps = max(
      model.leastNoise, model.likeness * (flat.quantile(0.5) ?? 0) / (0.6745 * 1.4142))
    // Coarsely compressed noise is smooth: it makes small steps, and yet the usual window differs.
    var spreads = Tally(scale: 4)
    var tiles = Tally(scale: 4)
    pixels_flat_spreads(
      seen, expected, gradient, weights, Int32(width), Int32(height), Int32(model.enoughWindows),
      model.flatGradient, &spreads.counts, &tiles.counts)
    let pixel = max(steps, spreads.quantile(0.5) ?? 0)
    // Half of the deviations of four normal values lie below 0.888.
    return (pixel, max(pixel, (tiles.quantile(0.5) ?? 0) / 0.888))
  }

  /// Takes the usual residuals at and near edges for what compression leaves there.
  private mutating func measureCompression() {
    var near = Tally(scale: 512)
    var edges = Tally(scale: 256)
    withPlanes { luma, blocks in
      pixels_compression_noise(
        &luma, &blocks, Self.rowStep(seen.count, model), noise * noise, model.edgeGradient,
        model.calmGradient, &edges.counts, &near.counts)
    }
    // Of normal values 95 of a hundred lie within 1.96 deviations, 80 within 1.2816.
    let usual = (near.quantile(0.95) ?? 1) / 1.96
    let atEdges = (edges.quantile(0.8) ?? 1) / 1.2816
    if usual < model.uncompressed && atEdges < model.uncompressedEdge {
      (compressionNoise, edgeNoise) = (model.uncompressed, model.uncompressedEdge)
    } else {
      compressionNoise = Self.limited(usual, to: model.compressionNoise)
      edgeNoise = Self.limited(atEdges, to: model.edgeNoise)
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
