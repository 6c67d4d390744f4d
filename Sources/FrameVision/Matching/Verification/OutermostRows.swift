import Frames

/// The outermost rows and columns of a template, which the windows over all of it leave out: what a
/// shift or a blur makes of them depends on what lies beside, which the reference does not show.
///
/// But the frame shows it. Along each side the template is continued by what is seen there,
/// registered as the whole was, and looked at with the same statistics and critical values. Where a
/// side lies on the frame's own edge nothing is beside it, and capture chains leave there what they
/// will: it is not looked at.
struct OutermostRows {
  /// The template's luma under the frame's transform.
  let expected: RenderedReference
  /// The shift and blur of the whole.
  let registration: Registration
  /// 1 where a pixel of the template is compared.
  let weights: [Float]
  /// Luma of the frame, or of a part that begins on its grid of blocks.
  let frame: Plane
  /// Where the place lies in that plane.
  let origin: PixelPoint

  /// How far beside the compared rows filters look: they have three taps and are applied twice.
  private static let reach = 2
  /// How many rows of the template are looked at: the outermost, and those of its window.
  private static let depth = 4

  /// The worst of all four sides.
  ///
  /// - Parameters:
  ///   - luma: what was measured over the whole template.
  ///   - limits: how much is too much.
  /// - Returns: the worst statistic, and where in the template.
  func worst(_ luma: LumaComparison, _ limits: ResidualScan.Limits) -> ResidualScan.Finding {
    let (width, height) = (expected.width, expected.height)
    let (across, down) = (min(Self.depth, width), min(Self.depth, height))
    return [
      PixelRect(x: 0, y: 0, width: width, height: down),
      PixelRect(x: 0, y: height - down, width: width, height: down),
      PixelRect(x: 0, y: 0, width: across, height: height),
      PixelRect(x: width - across, y: 0, width: across, height: height),
    ].map { worst(of: $0, luma, limits) }
      .max { $0.normalizedResidual < $1.normalizedResidual } ?? ResidualScan.Finding()
  }

  private func worst(
    of side: PixelRect, _ luma: LumaComparison, _ limits: ResidualScan.Limits
  ) -> ResidualScan.Finding {
    let bounds = PixelRect(frame.size).offset(byX: -origin.x, y: -origin.y)
    let part = side.insetBy(-Self.reach).intersection(bounds)
    let place = part.offset(byX: origin.x, y: origin.y)
    let seen = frame.levels(in: place)
    var (levels, compared) = (seen, [Float](repeating: 0, count: seen.count))
    let own = part.intersection(
      PixelRect(x: 0, y: 0, width: expected.width, height: expected.height))
    for y in own.y..<own.maxY {
      for x in own.x..<own.maxX {
        let (to, from) = ((y - part.y) * part.width + x - part.x, y * expected.width + x)
        levels[to] = expected.luma[from]
        if side.contains(PixelPoint(x: x, y: y)) { compared[to] = weights[from] }
      }
    }
    let registered = registration.applied(to: levels, and: seen, width: part.width)
    let scan = luma.scan(
      limits, expected: registered.expected, seen: registered.seen, weights: compared, at: place,
      in: frame)
    var worst =
      [scan.boxSum, scan.variance, scan.mean]
      .max { $0.normalizedResidual < $1.normalizedResidual } ?? scan.mean
    worst.window = worst.window.offset(byX: part.x, y: part.y)
    return worst
  }
}
