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
  func worst(_ luma: LumaComparison, _ limits: MatchParameters.CriticalValues)
    -> ResidualScan.Finding
  {
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

  /// Brings what is expected of the outermost pixels as near to what is seen as what lies beside them
  /// leaves open: the frame shows that moved by part of a pixel, too, so that where the two pixels
  /// beside differ, the nearer one is known only to that part of their difference.
  private func forgive(
    _ expected: inout [Float], _ seen: [Float], beside raw: [Float], in part: PixelRect
  ) {
    let (right, bottom) = (self.expected.width - 1, self.expected.height - 1)
    let shift = registration.shift
    func forgive(_ x: Int, _ y: Int, outward dx: Int, _ dy: Int, _ moved: Float) {
      let (farX, farY) = (x + 2 * dx, y + 2 * dy)
      guard part.contains(PixelPoint(x: x, y: y)), part.contains(PixelPoint(x: farX, y: farY))
      else { return }
      let at = (y - part.y) * part.width + x - part.x
      let step = dy * part.width + dx
      let open = abs(moved) * abs(raw[at + step] - raw[at + 2 * step])
      expected[at] += max(-open, min(open, seen[at] - expected[at]))
    }
    for y in max(0, part.y)...min(bottom, part.maxY - 1) {
      forgive(0, y, outward: -1, 0, shift.x)
      forgive(right, y, outward: 1, 0, shift.x)
    }
    for x in max(0, part.x)...min(right, part.maxX - 1) {
      forgive(x, 0, outward: 0, -1, shift.y)
      forgive(x, bottom, outward: 0, 1, shift.y)
    }
  }

  private func worst(
    of side: PixelRect, _ luma: LumaComparison, _ limits: MatchParameters.CriticalValues
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
    var registered = registration.applied(to: levels, and: seen, width: part.width)
    forgive(&registered.expected, registered.seen, beside: seen, in: part)
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
