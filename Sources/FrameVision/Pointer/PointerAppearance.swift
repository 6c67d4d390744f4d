public import Frames

/// What a mouse pointer looks like, as learnt from frames: the pixels that move with it.
public struct PointerAppearance: Sendable, Hashable {
  /// One pixel of the drawing.
  struct Sample: Sendable, Hashable {
    /// Column from the drawing's left edge.
    var x: Int
    /// Row from the drawing's top edge.
    var y: Int
    /// Luma.
    var luma: UInt8
    /// How many times it was compared, and how many times it showed something else.
    var comparisons = 0
    var differences = 0
  }

  /// The box around the drawing.
  public let size: PixelSize
  /// The drawing's pixels, in an order that visits all of it early, so that a wrong place shows
  /// after a few.
  private(set) var samples: [Sample]
  /// Pixels just outside the drawing, which in a right place are not all like the drawing.
  let ring: [PixelPoint]
  /// The mean difference, in luma levels, that the frames of the learning showed.
  let noise: Double

  /// Creates an appearance from a picture and the pixels that belong to the drawing.
  ///
  /// - Parameters:
  ///   - luma: the drawing in its box.
  ///   - isOpaque: one flag a pixel, row after row.
  ///   - noise: the mean difference, in luma levels, between the drawing and what frames show.
  init(luma: Plane, isOpaque: [Bool], noise: Double) {
    size = luma.size
    self.noise = noise
    var pixels: [Sample] = []
    for y in 0..<luma.height {
      for x in 0..<luma.width where isOpaque[y * luma.width + x] {
        pixels.append(Sample(x: x, y: y, luma: luma[x, y]))
      }
    }
    samples = Self.scattered(pixels)
    ring = Self.ring(around: isOpaque, size: luma.size)
  }

  /// How many pixels the drawing has.
  public var area: Int { samples.count }

  /// The mean luma of the drawing.
  var meanLuma: Double {
    Double(samples.reduce(0) { $0 + Int($1.luma) }) / Double(max(1, samples.count))
  }

  /// Whether the drawing, as far as it is known, is of one level.
  var isFlat: Bool {
    let mean = meanLuma
    let deviation = samples.reduce(0) { $0 + abs(Double($1.luma) - mean) }
    return deviation / Double(max(1, samples.count)) < 24
  }

  /// Counts which pixels show something else at a place where the drawing surely is, and drops
  /// those that mostly do.
  mutating func compare(with plane: Plane, at origin: PixelPoint) {
    let bounds = PixelRect(plane.size)
    for index in samples.indices {
      let sample = samples[index]
      let place = origin.offset(byX: sample.x, y: sample.y)
      guard bounds.contains(place) else { continue }
      samples[index].comparisons += 1
      if abs(Int(plane[place.x, place.y]) - Int(sample.luma)) > Self.tolerance {
        samples[index].differences += 1
      }
    }
    let kept = samples.filter { $0.comparisons < 4 || $0.differences * 2 <= $0.comparisons }
    if kept.count < samples.count, kept.count >= Self.fewest { samples = kept }
  }

  /// The difference, in luma levels, from which a pixel shows something else.
  private static let tolerance = 30
  /// A drawing is never cut down below this.
  private static let fewest = 48

  /// The elements in an order that jumps through them with a step that meets each once.
  private static func scattered(_ pixels: [Sample]) -> [Sample] {
    let count = pixels.count
    guard count > 2 else { return pixels }
    var step = max(1, Int(Double(count) * 0.618))
    while greatestCommonDivisor(step, count) != 1 { step += 1 }
    return (0..<count).map { pixels[$0 * step % count] }
  }

  private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }

  /// The pixels two to three away from the nearest pixel of the drawing.
  private static func ring(around isOpaque: [Bool], size: PixelSize) -> [PixelPoint] {
    func opaque(_ x: Int, _ y: Int) -> Bool {
      x >= 0 && y >= 0 && x < size.width && y < size.height && isOpaque[y * size.width + x]
    }
    func touches(_ x: Int, _ y: Int, reach: Int) -> Bool {
      for row in (y - reach)...(y + reach) {
        for column in (x - reach)...(x + reach) where opaque(column, row) { return true }
      }
      return false
    }
    var ring: [PixelPoint] = []
    for y in -3..<(size.height + 3) {
      for x in -3..<(size.width + 3)
      where !touches(x, y, reach: 1) && touches(x, y, reach: 3) {
        ring.append(PixelPoint(x: x, y: y))
      }
    }
    return ring
  }
}
