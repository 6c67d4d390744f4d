import CPixels
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

  /// The tallest letters that are not halved beforehand, in pixels.
  private static let tallestLetter = 66

  /// Cuts a candidate out of a picture.
  init(_ candidate: TextLineCandidate, of luma: Plane, drawing: Drawing = .usual) {
    cut = candidate.box.insetBy(-2).intersection(PixelRect(luma.size))
    margin = 12
    var part = Part(
      size: cut.size, levels: Self.leveled(candidate, cut, of: luma))
    var (letterHeight, halves) = (candidate.letterHeight, 1.0)
    while letterHeight > Self.tallestLetter, part.size.width > 1, part.size.height > 1 {
      part = part.halved
      (letterHeight, halves) = (letterHeight / 2, halves / 2)
    }
    let enlargement = max(1, min(4, drawing.letterHeight / Double(max(1, letterHeight))))
    scale = halves * enlargement
    let width = Int(Double(part.size.width) * enlargement) + 2 * margin
    let height = Int(Double(part.size.height) * enlargement) + 2 * margin
    var samples = [UInt8](repeating: 245, count: width * height)
    let columns = Self.taps(part.size.width, width - 2 * margin, enlargement)
    let rows = Self.taps(part.size.height, height - 2 * margin, enlargement)
    var line = [Float](repeating: 0, count: part.size.width)
    for (y, row) in rows.enumerated() {
      for x in 0..<part.size.width {
        var sum: Float = 0
        for tap in 0..<4 {
          sum += row.weights[tap] * part.levels[row.at[tap] * part.size.width + x]
        }
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

  /// Levels of a part of the picture.
  private struct Part {
    var size: PixelSize
    var levels: [Float]

    /// The part at half its size, each sample the mean of four.
    var halved: Part {
      let (width, height) = (size.width / 2, size.height / 2)
      return Part(
        size: PixelSize(width: width, height: height),
        levels: .made(width * height) { means in
          levels.withUnsafeBufferPointer { levels in
            guard let first = levels.baseAddress else { return }
            pixels_halve_levels(first, size.width, Int32(width), Int32(height), means)
          }
        })
    }
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

  /// Where a rectangle of the frame lies in the picture.
  func inPicture(_ rect: PixelRect) -> PixelRect {
    func scaled(_ value: Int) -> Int { Int((Double(value) * scale).rounded()) + margin }
    let (left, top) = (scaled(rect.x - cut.x), scaled(rect.y - cut.y))
    return PixelRect(
      x: left, y: top, width: scaled(rect.maxX - cut.x) - left,
      height: scaled(rect.maxY - cut.y) - top)
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
