import CPixels
import Frames

/// Looks at residuals window by window, each for itself, and finds the worst.
///
/// Three statistics, to which a comparison may add one of the whole, each over its critical value,
/// so that 1 is the limit:
/// - *box sum*: the sum of the residuals over three by three pixels. Strokes that are there or not
///   add up; what compression and a shift leave swings about zero.
/// - *variance*: the variance of the residuals over a window of six by six pixels.
/// - *mean*: the mean of the residuals over such a window.
struct ResidualScan {
  /// What a statistic found.
  struct Finding {
    /// The statistic over its critical value.
    var normalizedResidual: Float = 0
    /// Where, in samples of the planes.
    var window = PixelRect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The worst of each statistic.
  private(set) var boxSum = Finding()
  private(set) var variance = Finding()
  private(set) var mean = Finding()
  /// What is wrong with all windows together, where that was measured.
  var whole = Finding()

  /// The side of a tile, which is as large as a box; a window is two by two tiles.
  private static let tile = 3

  /// Looks at all windows.
  ///
  /// - Parameters:
  ///   - width: samples a row.
  ///   - height: rows.
  ///   - limits: how much is too much.
  ///   - scan: the loop over samples; it is handed the limits and a scratch.
  init(
    width: Int, height: Int, limits: MatchParameters.CriticalValues,
    by scan: (inout PixelsLimits, UnsafeMutablePointer<Float>?) -> PixelsWorst
  ) {
    if width < Self.tile || height < Self.tile { return }
    var limits = limits.among(width * height)
    let worst = withUnsafeTemporaryAllocation(
      byteCount: MemoryLayout<Float>.stride * pixels_residual_scan_scratch(Int32(width)),
      alignment: 64
    ) { scan(&limits, $0.bindMemory(to: Float.self).baseAddress) }
    boxSum = Finding(worst.box_sum, side: Self.tile)
    variance = Finding(worst.variance, side: 2 * Self.tile)
    mean = Finding(worst.mean, side: 2 * Self.tile)
  }

  /// The worst of all statistics.
  var worst: Finding {
    [boxSum, variance, mean, whole].max { $0.normalizedResidual < $1.normalizedResidual } ?? mean
  }
}

extension MatchParameters.CriticalValues {
  /// The same as loops over so many samples take it.
  func among(_ samples: Int) -> PixelsLimits {
    // Of many windows the worst lies further off by chance than of few.
    let crowd = Float(max(0, Float(samples).exponent - 12))
    return PixelsLimits(
      box_sum_squared: boxSum * boxSum * (1 + boxSumCrowd * crowd),
      box_sum_slack: 81 * slack * slack, variance: variance, mean_squared: mean * mean,
      noise_share: noiseShare * (1 + noiseCrowd * crowd))
  }
}

extension ResidualScan.Finding {
  fileprivate init(_ found: PixelsFinding, side: Int) {
    normalizedResidual = found.normalized_residual
    window = PixelRect(x: Int(found.x), y: Int(found.y), width: side, height: side)
  }
}
