import Frames

/// Compares the chroma of one place with what the template leads one to expect there, in squares of
/// two by two pixels on the frame's own grid.
struct TintComparison {
  /// The part of the frame's squares that lies in the template.
  private let squares: PixelRect
  /// Where the first of them begins in the template, in pixels.
  private let start: PixelPoint
  /// Differences of blue and red, and the variance that is explained; -1 where nothing is compared.
  private var blue: [Float]
  private var red: [Float]
  private var allowed: [Float]

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
    expected: ExpectedPlanes, weights: [Float], patch: FramePatch, rect: PixelRect,
    light: LightComparison
  ) {
    start = PixelPoint(x: rect.x % 2, y: rect.y % 2)
    squares = PixelRect(
      x: (rect.x + start.x) / 2, y: (rect.y + start.y) / 2, width: (rect.width - start.x) / 2,
      height: (rect.height - start.y) / 2)
    let count = max(0, squares.size.area)
    blue = [Float](repeating: 0, count: count)
    red = blue
    allowed = [Float](repeating: -1, count: count)
    if squares.width < 3 || squares.height < 3 { return }

    // The place in the patch's squares.
    let place = PixelPoint(
      x: squares.x - patch.chromaOrigin.x, y: squares.y - patch.chromaOrigin.y)
    let (cb, cr) = (means(of: expected.cb, rect.width), means(of: expected.cr, rect.width))
    let map = ReliefMap(width: squares.width, height: squares.height)
    let relief = Self.larger(map.relief(of: cb), map.relief(of: cr))
    let around = Self.larger(
      map.rootMeanSquares(relief, reach: 4),
      activity(patch, at: place, variance: light.noise * light.noise / 4))
    let ringing = Self.compression * light.ringing
    // What lies outside shines into the outermost squares.
    for row in 1..<(squares.height - 1) {
      for column in 1..<(squares.width - 1) {
        let at = row * squares.width + column
        let pixel = (start.y + 2 * row) * rect.width + start.x + 2 * column
        if weights[pixel] * weights[pixel + 1] == 0
          || weights[pixel + rect.width] * weights[pixel + rect.width + 1] == 0
        {
          continue
        }
        let seen = (place.y + row) * patch.cb.width + place.x + column
        blue[at] = Float(patch.cb.samples[seen]) - cb[at]
        red[at] = Float(patch.cr.samples[seen]) - cr[at]
        let (edge, ring) = (Self.edgeShare * relief[at], ringing * around[at])
        allowed[at] = 4 + light.noise * light.noise / 2 + edge * edge + ring * ring
      }
    }
  }

  /// The mean of a plane of the template over each square.
  private func means(of plane: [Float], _ width: Int) -> [Float] {
    var means = [Float](repeating: 0, count: squares.size.area)
    for row in 0..<squares.height {
      for column in 0..<squares.width {
        let at = (start.y + 2 * row) * width + start.x + 2 * column
        means[row * squares.width + column] =
          (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4
      }
    }
    return means
  }

  /// How much stands out in the frame's chroma near each square, in the template and around it.
  private func activity(_ patch: FramePatch, at place: PixelPoint, variance: Float) -> [Float] {
    let area = PixelRect(
      x: place.x, y: place.y, width: squares.width, height: squares.height
    ).insetBy(-Self.reach - 1).intersection(PixelRect(patch.cb.size))
    let map = ReliefMap(width: area.width, height: area.height)
    let reliefs = [patch.cb, patch.cr].map { map.relief(of: $0.levels(in: area)) }
    let activity = map.rootMeanSquares(Self.larger(reliefs[0], reliefs[1]), reach: Self.reach)
    var inside = [Float](repeating: 0, count: squares.size.area)
    for row in 0..<squares.height {
      let from = (place.y - area.y + row) * area.width + place.x - area.x
      for column in 0..<squares.width {
        // The squared range of nine normal values is 9.4 variances on average.
        let square = activity[from + column] * activity[from + column] - 14 * variance
        inside[row * squares.width + column] = max(0, square).squareRoot()
      }
    }
    return inside
  }

  private static func larger(_ a: [Float], _ b: [Float]) -> [Float] {
    a.indices.map { max(a[$0], b[$0]) }
  }

  /// The worst squares of blue and of red differences, in squares of two by two pixels.
  func scans(_ limits: SquareScan.Limits) -> [SquareScan] {
    [blue, red].map {
      SquareScan(rest: $0, allowed: allowed, width: squares.width, limits: limits)
    }
  }

  /// A rectangle of squares in pixels of the template.
  func inPixels(_ square: PixelRect) -> PixelRect {
    PixelRect(
      x: start.x + 2 * square.x, y: start.y + 2 * square.y, width: 2 * square.width,
      height: 2 * square.height)
  }
}
