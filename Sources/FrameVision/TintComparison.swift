import CPixels
import Frames

/// Compares the chroma of one place with what the template leads one to expect there, in squares of
/// two by two pixels on the frame's own grid.
struct TintComparison {
  /// The part of the frame's squares that lies in the template.
  private let squares: PixelRect
  /// Where the first of them begins in the template, in pixels.
  private let start: PixelPoint
  private var blue = Part()
  private var red = Part()

  /// What became of one plane.
  private struct Part {
    /// The differences.
    var rest: [Float] = []
    /// The variance that is explained; -1 where nothing is compared.
    var allowed: [Float] = []
  }

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
  init(
    expected: TonedTemplate, weights: [Float], patch: FramePatch, rect: PixelRect,
    light: LightComparison
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
    let variance = light.noise * light.noise / 4
    let blueActivity = activity(patch.cb, at: place, variance: variance)
    let redActivity = activity(patch.cr, at: place, variance: variance)
    func part(_ seen: Plane, _ expected: TonedTemplate.Chroma, _ activity: [Float]) -> Part {
      let allowed = allowed(expected, activity, weights: weights, width: rect.width, light: light)
      return Part(rest: rest(seen, at: place, expected.levels, allowed), allowed: allowed)
    }
    let crosstalk = TonedTemplate.Tint.crosstalk
    blue = part(patch.cb, tint.cb, blueActivity.raised(to: crosstalk, of: redActivity))
    red = part(patch.cr, tint.cr, redActivity.raised(to: crosstalk, of: blueActivity))
  }

  /// The variance that is explained in each square; -1 where nothing is compared.
  private func allowed(
    _ expected: TonedTemplate.Chroma, _ activity: [Float], weights: [Float], width: Int,
    light: LightComparison
  ) -> [Float] {
    weights.withUnsafeBufferPointer { weights in
      .made(squares.size.area) { allowed in
        guard let first = weights.baseAddress?.advanced(by: start.y * width + start.x) else {
          return
        }
        // What lies outside shines into the outermost squares, which are left out.
        pixels_tint_allowed(
          expected.relief, expected.around, activity, first, width, Int32(squares.width),
          Int32(squares.height), 4 + light.noise * light.noise / 2, Self.edgeShare,
          Self.compression * light.ringing, allowed)
      }
    }
  }

  /// The differences of a plane of the frame, whose first square is at a place, where something is
  /// allowed.
  private func rest(
    _ seen: Plane, at place: PixelPoint, _ expected: [Float], _ allowed: [Float]
  ) -> [Float] {
    seen.samples.withUnsafeBufferPointer { samples in
      .made(expected.count) { rest in
        guard let first = samples.baseAddress?.advanced(by: place.y * seen.width + place.x) else {
          return
        }
        pixels_tint_rest(
          first, seen.width, expected, allowed, Int32(squares.width), Int32(squares.height), rest)
      }
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

  /// The worst squares of blue and of red differences, in squares of two by two pixels.
  func scans(_ limits: SquareScan.Limits) -> [SquareScan] {
    [blue, red].map {
      SquareScan(rest: $0.rest, allowed: $0.allowed, width: squares.width, limits: limits)
    }
  }

  /// A rectangle of squares in pixels of the template.
  func inPixels(_ square: PixelRect) -> PixelRect {
    PixelRect(
      x: start.x + 2 * square.x, y: start.y + 2 * square.y, width: 2 * square.width,
      height: 2 * square.height)
  }
}
