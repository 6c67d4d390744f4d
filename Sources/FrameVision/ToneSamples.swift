import Frames

/// The flat colours of a template and where they are, from which a frame's tone is told.
struct ToneSamples: Sendable {
  /// One flat colour.
  struct Color: Sendable {
    /// The colour itself.
    var value: YCbCr
    /// Where it is seen, a choice spread over the template.
    var places: [PixelPoint]
    /// How much of the template has it: the square root of its pixels.
    var weight: Float
  }

  let colors: [Color]

  private static let mostColors = 12
  private static let mostPlaces = 200
  /// How much worse than the best a tone may explain the flat colours and still be the one, in
  /// levels.
  private static let slack: Float = 1.5

  init(_ planes: FullPlanes, mask: Plane?) {
    let groups = Self.groups(of: Self.flatPixels(planes.luma, mask), planes)
    colors = groups.map { places in
      let step = max(1, places.count / Self.mostPlaces)
      let chosen = stride(from: 0, to: places.count, by: step).map { places[$0] }
      let width = planes.luma.width
      func mean(_ plane: Plane) -> Float {
        Float(chosen.reduce(0) { $0 + Int(plane.samples[$1]) }) / Float(chosen.count)
      }
      return Color(
        value: YCbCr(y: mean(planes.luma), cb: mean(planes.cb), cr: mean(planes.cr)),
        places: chosen.map { PixelPoint(x: $0 % width, y: $0 / width) },
        weight: Float(places.count).squareRoot())
    }
  }

  /// The calmest pixels: those with the least range around them.
  private static func flatPixels(_ luma: Plane, _ mask: Plane?) -> [Int] {
    var ranges: [(at: Int, range: Int)] = []
    for y in 1..<max(1, luma.height - 1) {
      for x in 1..<max(1, luma.width - 1) {
        var (low, high, counts) = (255, 0, true)
        for ny in (y - 1)...(y + 1) {
          for nx in (x - 1)...(x + 1) {
            let at = ny * luma.width + nx
            low = min(low, Int(luma.samples[at]))
            high = max(high, Int(luma.samples[at]))
            if let mask, mask.samples[at] != 255 { counts = false }
          }
        }
        if counts { ranges.append((y * luma.width + x, high - low)) }
      }
    }
    if ranges.isEmpty { return [] }
    let sorted = ranges.map(\.range).sorted()
    let limit = max(10, sorted[sorted.count / 3])
    return ranges.filter { $0.range <= limit }.map(\.at)
  }

  /// Pixels grouped by colour, the most frequent colours first.
  private static func groups(of pixels: [Int], _ planes: FullPlanes) -> [[Int]] {
    var bins: [Int: [Int]] = [:]
    for at in pixels {
      let key =
        Int(planes.luma.samples[at] >> 3) << 16 | Int(planes.cb.samples[at] >> 4) << 8
        | Int(planes.cr.samples[at] >> 4)
      bins[key, default: []].append(at)
    }
    let fewest = max(4, pixels.count / 200)
    return bins.filter { $0.value.count >= fewest }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .prefix(mostColors).map(\.value)
  }

  /// The tones under which a place of a frame has the template's colours.
  ///
  /// - Parameters:
  ///   - picture: the frame.
  ///   - origin: where the template's top left corner lies.
  ///   - visible: whether a pixel of the template is to be looked at.
  /// - Returns: the tones that explain the colours about as well as any, the best of each kind of
  ///   mistake, the likeliest first; none alone where nothing is flat.
  func likelyTones(
    in picture: SearchableFrame, at origin: PixelPoint, where visible: (PixelPoint) -> Bool
  ) -> [Tone] {
    let seen = colors.compactMap { color -> (color: Color, value: YCbCr)? in
      let places = color.places.filter(visible)
      if places.count * 4 < color.places.count || places.isEmpty { return nil }
      return (color, picture.medianColor(at: places, origin: origin))
    }
    let total = seen.reduce(0) { $0 + $1.color.weight }
    if total == 0 { return [.none] }
    var likely: [(tone: Tone, cost: Float)] = []
    for family in Tone.families {
      var best: (tone: Tone, cost: Float)?
      for tone in family {
        var cost: Float = 0
        for (color, value) in seen {
          let expected = tone.applied(to: color.value)
          let light = abs(expected.y - value.y)
          let tint = abs(expected.cb - value.cb) + abs(expected.cr - value.cr)
          cost += color.weight * min(40, light + 0.5 * tint)
        }
        // What is as likely without a mistake is none.
        cost = cost / total + (tone.isNone ? 0 : 0.3)
        if cost < best?.cost ?? .infinity { best = (tone, cost) }
      }
      if let best { likely.append(best) }
    }
    let least = likely.map(\.cost).min() ?? 0
    return likely.filter { $0.cost <= least + Self.slack }.sorted { $0.cost < $1.cost }.map(\.tone)
  }
}

extension SearchableFrame {
  /// The middle one of the colours at some places.
  func medianColor(at places: [PixelPoint], origin: PixelPoint) -> YCbCr {
    let (stepX, stepY) = (normal.chromaStepX, normal.chromaStepY)
    func median(_ plane: Plane, _ stepX: Int, _ stepY: Int) -> Float {
      var counts = [Int](repeating: 0, count: 256)
      for place in places {
        let (x, y) = ((origin.x + place.x) / stepX, (origin.y + place.y) / stepY)
        counts[Int(plane.samples[y * plane.width + x])] += 1
      }
      // The middle of the samples, interpolated inside its level.
      let half = Float(places.count) / 2
      var below = 0
      for (level, count) in counts.enumerated() where count > 0 {
        if Float(below + count) >= half {
          return Float(level) - 0.5 + (half - Float(below)) / Float(count)
        }
        below += count
      }
      return 255
    }
    return YCbCr(
      y: median(normal.luma, 1, 1), cb: median(normal.cb, stepX, stepY),
      cr: median(normal.cr, stepX, stepY))
  }
}
