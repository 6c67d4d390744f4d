import CPixels
import Frames

/// Compares the chroma of one place with what the template leads one to expect there, in squares of
/// two by two pixels on the frame's own grid.
struct TintComparison {
  /// The part of the frame's squares that lies in the template.
  private let squares: PixelRect
  /// Where the first of them begins in the template, in pixels.
  private let start: PixelPoint
  /// The worst squares of blue and of red differences, in squares of two by two pixels; only of
  /// planes that may go further than luma does, where no more was asked for.
  private(set) var scans: [SquareScan] = []

  /// How much of a chroma edge subsampling may displace.
  private static let edgeShare: Float = 0.2
  /// How much more chroma is compressed than luma.
  private static let compression: Float = 1.6
  /// How far compression carries an edge, in squares: a block.
  private static let reach = 6

  /// Compares all squares that lie whole in the template.
  ///
  /// - Parameters:
  ///   - expected: the template in the frame's tone.
  ///   - weights: 1 for pixels of the template that are compared.
  ///   - patch: the frame around the place.
  ///   - rect: the place.
  ///   - light: what noise and compression do to luma at the place.
  ///   - limits: how much is too much.
  ///   - known: how far luma goes, in units of its limit, where all pixels are compared: a plane
  ///     that can't go further is not scanned. Nil where both are to be.
  init(
    expected: TonedTemplate, weights: [Float], patch: FramePatch, rect: PixelRect,
    light: LightComparison, limits: SquareScan.Limits, beyond known: Float?
  ) {
    start = PixelPoint(x: rect.x % 2, y: rect.y % 2)
    squares = PixelRect(
      x: (rect.x + start.x) / 2, y: (rect.y + start.y) / 2, width: (rect.width - start.x) / 2,
      height: (rect.height - start.y) / 2)
    // Squares that reach to the edge are left out: nothing would be left.
    if squares.width < 3 || squares.height < 3 { return }

    // The place in the patch's squares.
    let place = PixelPoint(
      x: squares.x - patch.chromaOrigin.x, y: squares.y - patch.chromaOrigin.y)
    let tint = expected.tint(from: start, size: squares.size)
    var planes = PixelsTint()
    (planes.width, planes.height) = (Int32(squares.width), Int32(squares.height))
    planes.weights_stride = rect.width
    planes.stride = patch.cb.width
    planes.share = TonedTemplate.Tint.crosstalk
    planes.floor = 4 + light.noise * light.noise / 2
    planes.edge = Self.edgeShare
    planes.ring = Self.compression * light.ringing
    let first = place.y * planes.stride + place.x
    func isWorthAScan(_ seen: Plane, _ levels: [Float]) -> Bool {
      guard let known else { return true }
      return exceeds(known, planes, limits, seen.samples, from: first, levels)
    }
    let (blue, red) = (isWorthAScan(patch.cb, tint.cb), isWorthAScan(patch.cr, tint.cr))
    guard blue || red else { return }

    let standouts = expected.standouts(of: tint)
    let variance = light.noise * light.noise / 4
    let blueActivity = activity(patch.cb, at: place, variance: variance)
    let redActivity = activity(patch.cr, at: place, variance: variance)
    func scan(
      _ seen: Plane, _ levels: [Float], _ standout: TonedTemplate.Standout, _ activity: [Float],
      _ other: [Float]
    ) -> SquareScan {
      self.scan(
        planes, limits, seen.samples, from: first, levels, standout.relief, standout.around,
        activity, other, weights)
    }
    if blue { scans.append(scan(patch.cb, tint.cb, standouts.cb, blueActivity, redActivity)) }
    if red { scans.append(scan(patch.cr, tint.cr, standouts.cr, redActivity, blueActivity)) }
  }

  /// Whether any measure of a plane, all of whose squares are compared, may go further than so many
  /// times its limit.
  private func exceeds(
    _ excess: Float, _ planes: PixelsTint, _ limits: SquareScan.Limits,
    _ seen: UnsafePointer<UInt8>, from first: Int, _ expected: UnsafePointer<Float>
  ) -> Bool {
    var (planes, limits) = (planes, limits.among(squares.size.area))
    (planes.seen, planes.expected) = (seen + first, expected)
    return withUnsafeTemporaryAllocation(
      of: Float.self, capacity: pixels_tint_excess_scratch(planes.width)
    ) { pixels_tint_exceeds(&planes, &limits, excess, $0.baseAddress) != 0 }
  }

  /// Looks at the differences of one plane; what lies outside shines into the outermost squares,
  /// which are left out.
  private func scan(
    _ planes: PixelsTint, _ limits: SquareScan.Limits, _ seen: UnsafePointer<UInt8>,
    from first: Int,
    _ expected: UnsafePointer<Float>, _ relief: UnsafePointer<Float>,
    _ around: UnsafePointer<Float>, _ activity: UnsafePointer<Float>,
    _ other: UnsafePointer<Float>, _ weights: UnsafePointer<Float>
  ) -> SquareScan {
    var planes = planes
    planes.seen = seen + first
    (planes.expected, planes.relief, planes.around) = (expected, relief, around)
    (planes.activity, planes.other_activity) = (activity, other)
    planes.weights = weights + start.y * Int(planes.weights_stride) + start.x
    return SquareScan(width: squares.width, height: squares.height, limits: limits) {
      limits, scratch in
      pixels_scan_tint(&planes, &limits, scratch)
    }
  }

  /// How much stands out in a plane of the frame near each square, in the template and around it.
  private func activity(_ seen: Plane, at place: PixelPoint, variance: Float) -> [Float] {
    let area = PixelRect(
      x: place.x, y: place.y, width: squares.width, height: squares.height
    ).insetBy(-Self.reach - 1).intersection(PixelRect(seen.size))
    let part = PixelsPart(
      left: Int32(place.x - area.x), top: Int32(place.y - area.y), width: Int32(squares.width),
      height: Int32(squares.height))
    let (across, down, reach) = (Int32(area.width), Int32(area.height), Int32(Self.reach))
    let first = area.y * seen.width + area.x
    return .made(squares.size.area) { activity in
      seen.samples.withUnsafeBufferPointer { samples in
        guard let samples = samples.baseAddress else { return }
        withUnsafeTemporaryAllocation(
          byteCount: pixels_tint_activity_scratch(across, down, reach), alignment: 32
        ) { scratch in
          // The squared range of nine normal values is 9.4 variances on average.
          pixels_tint_activity(
            samples + first, seen.width, across, down, part, reach, 14 * variance, activity,
            scratch.baseAddress)
        }
      }
    }
  }

  /// A rectangle of squares in pixels of the template.
  func inPixels(_ square: PixelRect) -> PixelRect {
    PixelRect(
      x: start.x + 2 * square.x, y: start.y + 2 * square.y, width: 2 * square.width,
      height: 2 * square.height)
  }
}
