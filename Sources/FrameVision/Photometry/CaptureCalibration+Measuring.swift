public import Frames

extension CaptureCalibration {
  /// Measures what a capture chain makes of pictures.
  ///
  /// - Parameters:
  ///   - frames: frames of one still screen, in their order; where parts of it move, most must not.
  ///   - references: by name, what may be seen in them.
  public init(of frames: [Frame], references: [String: PhotometricReference]) {
    let named = references.sorted { $0.key < $1.key }
    let consensus = PhotometricConsensus(references: named.map(\.value))
    var sights: [(name: String, sight: ReferenceSight)] = []
    // The first frame tells the transform, the last one is measured by it.
    let looked = [frames.first, frames.last].compactMap { $0 }
    for (at, frame) in looked.enumerated() {
      let searchable = SearchableFrame(frame, consensus: consensus)
      for (name, reference) in named {
        let search = TemplateSearch(
          reference.template, in: searchable, region: reference.region, ignoring: [])
        if at == looked.count - 1, let sight = search.sight { sights.append((name, sight)) }
      }
    }
    let known = consensus.known
    let all = PhotometricTransform.all
    self.init(
      transform: known.map { all[$0.best].name },
      possible: known.map { known in known.possible.sorted().map { all[$0].name } } ?? [],
      noise: Self.noise(frames), references: sights.map(\.name))
    guard let known, !sights.isEmpty else { return }
    let colors = sights.flatMap { $0.sight.colors(under: known.best) }
    tone = Self.tone(colors)
    gains = Self.gains(colors)
    edges = Edges(
      blur: Self.median(sights.map(\.sight.blur)),
      edgeNoise: Self.median(sights.map(\.sight.quality.edgeNoise)),
      compressionNoise: Self.median(sights.map(\.sight.quality.compressionNoise)))
  }

  /// How many levels share a measure of noise, and how many differences it takes.
  private static let levelsEach = 16
  private static let fewestDifferences = 2000
  /// One pixel in so many is looked at.
  private static let pixelStep = 7

  /// The noise by level: the usual difference of a pixel from frame to frame. What moves is no more
  /// than half, and does not count in a median.
  private static func noise(_ frames: [Frame]) -> [Noise] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 256 / levelsEach)
    for (one, other) in zip(frames, frames.dropFirst()) where one.size == other.size {
      let (before, after) = (one.luma.samples, other.luma.samples)
      for at in stride(from: 0, to: min(before.count, after.count), by: pixelStep) {
        counts[Int(before[at]) / levelsEach][abs(Int(after[at]) - Int(before[at]))] += 1
      }
    }
    return counts.enumerated().compactMap { at, counts in
      let all = counts.reduce(0, +)
      if all < fewestDifferences { return nil }
      // Half of normal values lie within 0.6745 deviations; the noise of two pixels adds up. Between
      // whole levels the median is where half of them would lie if each were spread evenly.
      var (below, level) = (0, 0)
      while 2 * (below + counts[level]) < all {
        below += counts[level]
        level += 1
      }
      let inside = (Double(all) / 2 - Double(below)) / Double(counts[level])
      let median = level == 0 ? inside / 2 : Double(level) - 0.5 + inside
      return Noise(
        level: at * levelsEach + levelsEach / 2,
        deviation: rounded(median / (0.6745 * 2.squareRoot())))
    }
  }

  /// How far from grey a colour may lie to count as grey, and how many levels share a point.
  private static let greyness: Float = 10
  private static let levelsEachPoint = 8

  private static func tone(_ colors: [ReferenceSight.Color]) -> [Tone] {
    var points: [Int: (weight: Double, expected: Double, seen: Double)] = [:]
    for color in colors
    where abs(color.own.cb - 128) <= greyness && abs(color.own.cr - 128) <= greyness {
      let weight = Double(color.weight)
      var point = points[Int(color.own.y) / levelsEachPoint] ?? (0, 0, 0)
      point.weight += weight
      point.expected += weight * Double(color.own.y)
      point.seen += weight * Double(color.seen.y)
      points[Int(color.own.y) / levelsEachPoint] = point
    }
    return points.sorted { $0.key < $1.key }.map { _, point in
      Tone(
        expected: rounded(point.expected / point.weight), seen: rounded(point.seen / point.weight))
    }
  }

  private static let fewestColors = 3

  /// The gains that explain best what the transform leaves.
  private static func gains(_ colors: [ReferenceSight.Color]) -> Gains? {
    if colors.count < fewestColors { return nil }
    func gain(_ primary: (YCbCr) -> Float) -> Double {
      var (products, squares) = (0.0, 0.0)
      for color in colors {
        let (expected, seen) = (Double(primary(color.expected)), Double(primary(color.seen)))
        // What is cut off at white says nothing.
        if expected > 250 || seen > 250 { continue }
        products += Double(color.weight) * expected * seen
        squares += Double(color.weight) * expected * expected
      }
      return squares == 0 ? 1 : rounded(products / squares)
    }
    return Gains(
      red: gain { $0.y + 1.402 * ($0.cr - 128) },
      green: gain { $0.y - 0.344136 * ($0.cb - 128) - 0.714136 * ($0.cr - 128) },
      blue: gain { $0.y + 1.772 * ($0.cb - 128) })
  }

  private static func median(_ numbers: [Float]) -> Double {
    let sorted = numbers.sorted()
    return sorted.isEmpty ? 0 : rounded(Double(sorted[sorted.count / 2]))
  }

  private static func rounded(_ number: Double) -> Double { (1000 * number).rounded() / 1000 }
}

/// A reference where it was surely seen.
struct ReferenceSight {
  /// A flat colour of the reference.
  struct Color {
    /// Its own.
    var own: YCbCr
    /// What the frame's transform makes of it.
    var expected: YCbCr
    /// What was seen.
    var seen: YCbCr
    /// How much it counts.
    var weight: Float
  }

  /// What compared it.
  let judge: TemplateJudge
  /// Where it was seen.
  let origin: PixelPoint
  /// What the capture chain left there.
  let quality: CaptureQuality
  /// How far the frame's picture is blurred beyond the reference's, as a variance in square pixels.
  let blur: Float

  /// The reference's flat colours under a transform, with what was seen of them.
  func colors(under transform: Int) -> [Color] {
    let patch = judge.frame.patch(around: PixelRect(origin, judge.template.size))
    return judge.template.photometricSamples.seen(in: patch, at: origin).map { color, seen in
      Color(
        own: color.value, expected: color.predictions[transform], seen: seen, weight: color.weight)
    }
  }
}

extension TemplateSearch {
  /// Where the reference is for good; nil where it is not.
  var sight: ReferenceSight? {
    guard pass.isSure, case .matched = answer, let verdict = pass.judged.first(where: \.isMatch)
    else { return nil }
    let comparison = pass.judge.compare(
      at: verdict.origin, after: TemplateJudge.FirstLook(transforms: [verdict.transform]))
    return ReferenceSight(
      judge: pass.judge, origin: verdict.origin, quality: verdict.quality,
      blur: comparison.luma.blur)
  }
}
