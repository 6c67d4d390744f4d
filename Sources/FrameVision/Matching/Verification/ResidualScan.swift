import CPixels
import Frames

/// Looks at differences in small squares, each for itself, and finds the worst.
///
/// Three measures, to which a comparison may add one of the whole, each in units of what can be
/// explained, so that 1 is the limit:
/// - *stroke*: the sum of the differences over three by three pixels. Strokes that are there or not
///   add up; what compression and a shift leave swings about zero.
/// - *structure*: the variance of the differences over six by six pixels.
/// - *level*: the mean of the differences over six by six pixels.
struct SquareScan {
  /// How much each measure may reach.
  struct Limits {
    /// How many deviations of what is explained a stroke's sum may reach.
    var stroke: Float
    /// What is allowed to each pixel of a stroke besides, in levels.
    var slack: Float
    /// How often the variance that is explained a square may show.
    var structure: Float
    /// How far a square's mean may lie off, in levels.
    var level: Float

    /// How much of the noise the mean of a square may carry: neighbours are alike.
    private static let noiseShare: Float = 16

    /// The same as loops over so many samples take it.
    func among(_ samples: Int) -> PixelsLimits {
      // Of many squares the worst lies further off by chance than of few.
      let crowd = Float(max(0, Float(samples).exponent - 12))
      return PixelsLimits(
        stroke_squared: stroke * stroke * (1 + 0.04 * crowd), stroke_slack: 81 * slack * slack,
        structure: structure, level_squared: level * level,
        noise_share: Self.noiseShare * (1 + 0.12 * crowd))
    }
  }

  /// What a measure found.
  struct Finding {
    /// The measure, in units of its limit.
    var excess: Float = 0
    /// Where, in samples of the planes.
    var square = PixelRect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The worst of each measure.
  private(set) var stroke = Finding()
  private(set) var structure = Finding()
  private(set) var level = Finding()
  /// What is wrong with all squares together, where that was measured.
  var whole = Finding()

  /// The side of a cell; a large square is two by two cells.
  private static let cell = 3

  /// Looks at all squares.
  ///
  /// - Parameters:
  ///   - width: samples a row.
  ///   - height: rows.
  ///   - limits: how much is too much.
  ///   - scan: the loop over samples; it is handed the limits and a scratch.
  init(
    width: Int, height: Int, limits: Limits,
    by scan: (inout PixelsLimits, UnsafeMutablePointer<Float>?) -> PixelsWorst
  ) {
    if width < Self.cell || height < Self.cell { return }
    var limits = limits.among(width * height)
    let worst = withUnsafeTemporaryAllocation(
      byteCount: MemoryLayout<Float>.stride * pixels_scan_scratch(Int32(width)), alignment: 64
    ) { scan(&limits, $0.bindMemory(to: Float.self).baseAddress) }
    stroke = Finding(worst.stroke, side: Self.cell)
    structure = Finding(worst.variance, side: 2 * Self.cell)
    level = Finding(worst.mean, side: 2 * Self.cell)
  }

  /// The worst of all measures.
  var worst: Finding {
    [stroke, structure, level, whole].max { $0.excess < $1.excess } ?? level
  }
}

extension SquareScan.Finding {
  fileprivate init(_ found: PixelsFinding, side: Int) {
    excess = found.excess
    square = PixelRect(x: Int(found.x), y: Int(found.y), width: side, height: side)
  }
}
