import Frames

/// Compares the chroma of one place with what the template leads one to expect there, in squares of
/// two by two pixels on the frame's own grid.
struct TintComparison {
  private let columns: Int
  private let rows: Int
  /// Differences of blue and red, and the variance that is explained; -1 where nothing is compared.
  private var blue: [Float]
  private var red: [Float]
  private var allowed: [Float]
  private let start: PixelPoint

  /// How much of a chroma edge subsampling may displace.
  private static let edgeShare: Float = 0.2
  /// How much more chroma is compressed than luma.
  private static let compression: Float = 1.6

  init(
    expected: ExpectedPlanes, weights: [Float], frame: SearchableFrame, rect: PixelRect,
    light: LightComparison
  ) {
    // The first whole square of the frame's grid inside the template.
    start = PixelPoint(x: rect.x % 2, y: rect.y % 2)
    columns = max(0, (rect.width - start.x) / 2)
    rows = max(0, (rect.height - start.y) / 2)
    let chroma = frame.squareChroma
    let (width, count) = (rect.width, columns * rows)
    var (blueExpected, redExpected) = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
    )
    blue = blueExpected
    red = blueExpected
    allowed = [Float](repeating: -1, count: count)
    for row in 0..<rows {
      for column in 0..<columns {
        let at = (start.y + 2 * row) * width + start.x + 2 * column
        let to = row * columns + column
        let (cb, cr) = (expected.cb, expected.cr)
        blueExpected[to] = (cb[at] + cb[at + 1] + cb[at + width] + cb[at + width + 1]) / 4
        redExpected[to] = (cr[at] + cr[at + 1] + cr[at + width] + cr[at + width + 1]) / 4
        let seenAt =
          ((rect.y + start.y) / 2 + row) * chroma.cb.width + (rect.x + start.x) / 2 + column
        blue[to] = Float(chroma.cb.samples[seenAt]) - blueExpected[to]
        red[to] = Float(chroma.cr.samples[seenAt]) - redExpected[to]
        if weights[at] * weights[at + 1] * weights[at + width] * weights[at + width + 1] != 0 {
          allowed[to] = 0
        }
      }
    }
    if columns < 3 || rows < 3 { return }
    let map = ReliefMap(width: columns, height: rows)
    let relief = zip(map.relief(of: blueExpected), map.relief(of: redExpected)).map { max($0, $1) }
    let activity = map.rootMeanSquares(relief, reach: 4)
    let ringing = Self.compression * light.ringing
    for at in 0..<count where allowed[at] == 0 {
      let (edge, ring) = (Self.edgeShare * relief[at], ringing * activity[at])
      allowed[at] = 4 + light.noise * light.noise / 2 + edge * edge + ring * ring
    }
  }

  /// The worst squares of blue and of red differences, in squares of two by two pixels.
  func scans(_ limits: SquareScan.Limits) -> [SquareScan] {
    [blue, red].map { SquareScan(rest: $0, allowed: allowed, width: columns, limits: limits) }
  }

  /// A rectangle of squares in pixels of the template.
  func inPixels(_ square: PixelRect) -> PixelRect {
    PixelRect(
      x: start.x + 2 * square.x, y: start.y + 2 * square.y, width: 2 * square.width,
      height: 2 * square.height)
  }
}
