import Frames

/// One line of text, cut out and brought into the form that the recogniser reads best: dark on
/// white, calm around, letters of one size.
struct TextStrip {
  /// The picture to read.
  let picture: Plane
  /// Where the cut lies in the frame.
  private let cut: PixelRect
  private let scale: Double
  private let margin: Int

  /// The height to which tall letters are brought, in pixels.
  private static let letterHeight = 24.0

  /// Cuts a spot out of a picture.
  init(_ spot: TextSpot, of luma: Plane) {
    cut = spot.box.insetBy(-2).intersection(PixelRect(luma.size))
    scale = max(1, min(4, Self.letterHeight / Double(max(1, spot.letterHeight))))
    margin = 12
    let width = Int(Double(cut.width) * scale) + 2 * margin
    let height = Int(Double(cut.height) * scale) + 2 * margin
    // Ground becomes white, letters dark; what is beyond either is cut.
    let gain = 200 / Double(spot.contrast)
    let table = (0..<256).map { level -> Float in
      let depth = Double(spot.isLight ? level - spot.ground : spot.ground - level)
      return Float(max(0, min(255, 245 - depth * gain)))
    }
    let toned = luma.cropped(to: cut).samples.map { table[Int($0)] }
    var samples = [UInt8](repeating: 245, count: width * height)
    let columns = Self.taps(cut.width, width - 2 * margin, scale)
    let rows = Self.taps(cut.height, height - 2 * margin, scale)
    var line = [Float](repeating: 0, count: cut.width)
    for (y, row) in rows.enumerated() {
      for x in 0..<cut.width {
        var sum: Float = 0
        for tap in 0..<4 { sum += row.weights[tap] * toned[row.at[tap] * cut.width + x] }
        line[x] = sum
      }
      let start = (y + margin) * width + margin
      for (x, column) in columns.enumerated() {
        var sum: Float = 0
        for tap in 0..<4 { sum += column.weights[tap] * line[column.at[tap]] }
        samples[start + x] = UInt8(max(0, min(255, sum.rounded())))
      }
    }
    picture = Plane(width: width, height: height, samples: samples)
  }

  private struct Taps {
    var at: SIMD4<Int>
    var weights: SIMD4<Float>
  }

  /// Which samples make up each sample of a scaled row, by cubic convolution (Keys 1981, a = -1/2).
  private static func taps(_ from: Int, _ to: Int, _ scale: Double) -> [Taps] {
    (0..<to).map { index in
      let center = (Double(index) + 0.5) / scale - 0.5
      let first = Int(center.rounded(.down))
      let t = Float(center - Double(first))
      let (t2, t3) = (t * t, t * t * t)
      let weights = SIMD4(
        -0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t,
        0.5 * t3 - 0.5 * t2)
      var at = SIMD4<Int>()
      for tap in 0..<4 { at[tap] = max(0, min(from - 1, first - 1 + tap)) }
      return Taps(at: at, weights: weights)
    }
  }

  /// Where a rectangle of the picture lies in the frame.
  func inFrame(_ rect: PixelRect) -> PixelRect {
    func scaled(_ value: Int) -> Int { Int((Double(value - margin) / scale).rounded()) }
    let (left, top) = (scaled(rect.x), scaled(rect.y))
    let (right, bottom) = (scaled(rect.maxX), scaled(rect.maxY))
    return PixelRect(
      x: cut.x + left, y: cut.y + top, width: max(1, right - left), height: max(1, bottom - top))
  }
}
