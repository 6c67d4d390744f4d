import Frames

/// One line of text, cut out and brought into the form that the recogniser reads best: dark on
/// white, calm around, letters of one size.
struct NormalizedTextLine {
  /// The picture to read.
  let picture: Plane
  /// Where the cut lies in the frame.
  private let cut: PixelRect
  private let scale: Double
  private let margin: Int

  /// How the line is drawn.
  enum Drawing: Hashable {
    /// As most lines are read best.
    case usual
    /// Larger, for a second opinion.
    case large
    /// Larger still.
    case huge
    /// As usual, but to be read with the letters moved apart.
    case apart

    /// The height to which tall letters are brought, in pixels.
    fileprivate var letterHeight: Double {
      switch self {
      case .usual, .apart: 24
      case .large: 34
      case .huge: 48
      }
    }
  }

  /// Cuts a candidate out of a picture.
  init(_ candidate: TextLineCandidate, of luma: Plane, drawing: Drawing = .usual) {
    cut = candidate.box.insetBy(-2).intersection(PixelRect(luma.size))
    scale = max(1, min(4, drawing.letterHeight / Double(max(1, candidate.letterHeight))))
    margin = 12
    let width = Int(Double(cut.width) * scale) + 2 * margin
    let height = Int(Double(cut.height) * scale) + 2 * margin
    let leveled = Self.leveled(candidate, cut, of: luma)
    var samples = [UInt8](repeating: 245, count: width * height)
    let columns = Self.taps(cut.width, width - 2 * margin, scale)
    let rows = Self.taps(cut.height, height - 2 * margin, scale)
    var line = [Float](repeating: 0, count: cut.width)
    for (y, row) in rows.enumerated() {
      for x in 0..<cut.width {
        var sum: Float = 0
        for tap in 0..<4 { sum += row.weights[tap] * leveled[row.at[tap] * cut.width + x] }
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

  /// The cut's levels: ground becomes white, letters dark; what is beyond either is cut.
  private static func leveled(_ candidate: TextLineCandidate, _ cut: PixelRect, of luma: Plane)
    -> [Float]
  {
    let gain = 200 / Double(candidate.contrast)
    func table(_ depth: (Int) -> Int) -> [Float] {
      (0..<256).map { Float(max(0, min(255, 245 - Double(depth($0)) * gain))) }
    }
    if candidate.isUneven {
      // Slow changes of the ground go with what is wide; noise leaves a little of it everywhere.
      let around = cut.insetBy(-12).intersection(PixelRect(luma.size))
      let residue = Plane(
        width: around.width, height: around.height,
        samples: TopHat.residue(in: luma.cropped(to: around), isLight: candidate.isLight))
      let part = residue.cropped(to: cut.offset(byX: -around.x, y: -around.y)).samples
      let noise = Int(part.sorted()[part.count * 2 / 5])
      let levels = table { $0 - noise }
      return part.map { levels[Int($0)] }
    }
    let levels = table { candidate.isLight ? $0 - candidate.ground : candidate.ground - $0 }
    return luma.cropped(to: cut).samples.map { levels[Int($0)] }
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
