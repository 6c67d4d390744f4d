import CPixels
import Frames

/// Compares the chroma of one place with what the template leads one to expect there, on the
/// frame's own grid, which has a sample for two by two pixels.
struct ChromaComparison {
  /// The part of the frame's chroma samples that lies in the template.
  private let grid: PixelRect
  /// Where the first of them begins in the template, in pixels.
  private let start: PixelPoint
  /// The worst windows of blue and of red differences, in chroma samples; only of planes that may
  /// go further than luma does, where no more was asked for.
  private(set) var scans: [ResidualScan] = []

  /// Compares all samples that lie whole in the template.
  ///
  /// - Parameters:
  ///   - expected: the template under the frame's transform.
  ///   - weights: 1 for pixels of the template that are compared.
  ///   - patch: the frame around the place.
  ///   - rect: the place.
  ///   - luma: what noise and compression do to luma at the place.
  ///   - parameters: what noise and compression may leave, and how much is too much.
  ///   - known: the worst normalised residual of luma, where all pixels are compared: a plane
  ///     that can't go further is not scanned. Nil where both are to be.
  init(
    expected: RenderedReference, weights: [Float], patch: FramePatch, rect: PixelRect,
    luma: LumaComparison, _ parameters: MatchParameters, beyond known: Float?
  ) {
    let (model, limits) = (parameters.noise, parameters.limits.chroma)
    start = PixelPoint(x: rect.x % 2, y: rect.y % 2)
    grid = PixelRect(
      x: (rect.x + start.x) / 2, y: (rect.y + start.y) / 2, width: (rect.width - start.x) / 2,
      height: (rect.height - start.y) / 2)
    // Samples at the edge are left out: nothing would be left.
    if grid.width < 3 || grid.height < 3 { return }

    // The place in the patch's samples.
    let place = PixelPoint(
      x: grid.x - patch.chromaOrigin.x, y: grid.y - patch.chromaOrigin.y)
    let chroma = expected.chroma(from: start, size: grid.size)
    var planes = PixelsChroma()
    (planes.width, planes.height) = (Int32(grid.width), Int32(grid.height))
    planes.weights_stride = rect.width
    planes.stride = patch.cb.width
    planes.share = model.crosstalk
    planes.floor = model.chromaFloor + luma.noise * luma.noise * model.chromaNoise
    planes.edge_noise = model.chromaEdgeNoise
    planes.compression_noise = model.chromaCompression * luma.compressionNoise
    let first = place.y * planes.stride + place.x
    func isWorthAScan(_ seen: Plane, _ levels: [Float]) -> Bool {
      guard let known else { return true }
      return mayExceed(known, planes, limits, seen.samples, from: first, levels)
    }
    let (blue, red) = (isWorthAScan(patch.cb, chroma.cb), isWorthAScan(patch.cr, chroma.cr))
    guard blue || red else { return }

    let energies = expected.gradientEnergies(of: chroma)
    // A sample is the mean of four pixels.
    let variance = model.chromaGradientVariance * (luma.noise * luma.noise / 4)
    func rmsGradients(_ seen: Plane) -> [Float] {
      self.rmsGradients(seen, at: place, variance: variance, reach: model.seenChromaReach)
    }
    let (cbRMS, crRMS) = (rmsGradients(patch.cb), rmsGradients(patch.cr))
    func scan(
      _ seen: Plane, _ levels: [Float], _ energy: RenderedReference.GradientEnergy,
      _ seenRMS: [Float],
      _ other: [Float]
    ) -> ResidualScan {
      self.scan(
        planes, limits, seen.samples, from: first, levels, energy.gradient, energy.rms,
        seenRMS, other, weights)
    }
    if blue { scans.append(scan(patch.cb, chroma.cb, energies.cb, cbRMS, crRMS)) }
    if red { scans.append(scan(patch.cr, chroma.cr, energies.cr, crRMS, cbRMS)) }
  }

  /// Whether any normalised residual of a plane, all of whose samples are compared, may go further
  /// than a bound.
  private func mayExceed(
    _ bound: Float, _ planes: PixelsChroma, _ limits: MatchParameters.CriticalValues,
    _ seen: UnsafePointer<UInt8>, from first: Int, _ expected: UnsafePointer<Float>
  ) -> Bool {
    var (planes, limits) = (planes, limits.among(grid.size.area))
    (planes.seen, planes.expected) = (seen + first, expected)
    return withUnsafeTemporaryAllocation(
      of: Float.self, capacity: pixels_chroma_bound_scratch(planes.width)
    ) { pixels_chroma_may_exceed(&planes, &limits, bound, $0.baseAddress) != 0 }
  }

  /// Looks at the residuals of one plane; what lies outside shines into the outermost samples,
  /// which are left out.
  private func scan(
    _ planes: PixelsChroma, _ limits: MatchParameters.CriticalValues, _ seen: UnsafePointer<UInt8>,
    from first: Int,
    _ expected: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ rms: UnsafePointer<Float>, _ seenRMS: UnsafePointer<Float>,
    _ other: UnsafePointer<Float>, _ weights: UnsafePointer<Float>
  ) -> ResidualScan {
    var planes = planes
    planes.seen = seen + first
    (planes.expected, planes.gradient, planes.rms_gradient) = (expected, gradient, rms)
    (planes.seen_rms_gradient, planes.other_rms_gradient) = (seenRMS, other)
    planes.weights = weights + start.y * Int(planes.weights_stride) + start.x
    return ResidualScan(width: grid.width, height: grid.height, limits: limits) {
      limits, scratch in
      pixels_scan_chroma_residuals(&planes, &limits, scratch)
    }
  }

  /// The local RMS gradients of a plane of the frame, in the template and around it.
  private func rmsGradients(
    _ seen: Plane, at place: PixelPoint, variance: Float, reach: Int
  ) -> [Float] {
    let area = PixelRect(
      x: place.x, y: place.y, width: grid.width, height: grid.height
    ).insetBy(-reach - 1).intersection(PixelRect(seen.size))
    let part = PixelsPart(
      left: Int32(place.x - area.x), top: Int32(place.y - area.y), width: Int32(grid.width),
      height: Int32(grid.height))
    let (across, down, reach) = (Int32(area.width), Int32(area.height), Int32(reach))
    let first = area.y * seen.width + area.x
    return .made(grid.size.area) { rms in
      seen.samples.withUnsafeBufferPointer { samples in
        guard let samples = samples.baseAddress else { return }
        withUnsafeTemporaryAllocation(
          byteCount: pixels_chroma_rms_gradients_scratch(across, down, reach), alignment: 32
        ) { scratch in
          pixels_chroma_rms_gradients(
            samples + first, seen.width, across, down, part, reach, variance, rms,
            scratch.baseAddress)
        }
      }
    }
  }

  /// A rectangle of samples in pixels of the template.
  func inPixels(_ window: PixelRect) -> PixelRect {
    PixelRect(
      x: start.x + 2 * window.x, y: start.y + 2 * window.y, width: 2 * window.width,
      height: 2 * window.height)
  }
}
