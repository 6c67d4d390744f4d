import CPixels
import Frames

/// The flat colours of a template and where they are, from which a frame's transform is told.
struct PhotometricSamples: Sendable {
  /// One flat colour.
  struct Color: Sendable {
    /// The colour itself.
    var value: YCbCr
    /// Where it is seen, a choice spread over the template.
    var places: [PixelsPoint]
    /// How much of the template has it: the square root of its pixels.
    var weight: Float
    /// What becomes of it under each transform.
    var predictions: [YCbCr]
  }

  let colors: [Color]
  /// By what the transform is told.
  let parameters: MatchParameters.Photometry
  private let clipping: MatchParameters.Clipping
  private let width: Int
  /// What becomes under each transform of colours that stand for all parts of the template.
  private let references: [[YCbCr]]
  /// How many pixels each of them stands for.
  private let referenceCounts: [Int]

  init(_ planes: FullPlanes, mask: Plane?, _ all: MatchParameters) {
    let parameters = all.photometry
    (self.parameters, clipping) = (parameters, all.clipping)
    width = planes.luma.width
    let references = Self.references(planes, mask, parameters)
    self.references = PhotometricTransform.all.map { transform in
      references.map { transform.applied(to: $0.color) }
    }
    referenceCounts = references.map(\.count)
    let flat = Self.flatPixels(planes.luma, mask, parameters)
    let groups = Self.groups(of: flat, planes, parameters)
    colors = groups.map { places in
      let step = max(1, places.count / parameters.mostPlaces)
      let chosen = stride(from: 0, to: places.count, by: step).map { places[$0] }
      let width = planes.luma.width
      func mean(_ plane: Plane) -> Float {
        Float(chosen.reduce(0) { $0 + Int(plane.samples[$1]) }) / Float(chosen.count)
      }
      let value = YCbCr(y: mean(planes.luma), cb: mean(planes.cb), cr: mean(planes.cr))
      return Color(
        value: value,
        places: chosen.map { PixelsPoint(x: Int32($0 % width), y: Int32($0 / width)) },
        weight: Float(places.count).squareRoot(),
        predictions: PhotometricTransform.all.map { $0.applied(to: value) })
    }
  }

  /// Colours that stand for all parts of the template, small ones too: transforms that treat light
  /// blue differently are not alike because they treat white and dark blue alike.
  private static func references(
    _ planes: FullPlanes, _ mask: Plane?, _ parameters: MatchParameters.Photometry
  ) -> [(color: YCbCr, count: Int)] {
    var bins = [(count: Int, y: Int, cb: Int, cr: Int)](repeating: (0, 0, 0, 0), count: 1 << 13)
    var counting = 0
    for at in planes.luma.samples.indices where mask?.samples[at] ?? 255 == 255 {
      let (y, cb, cr) = (planes.luma.samples[at], planes.cb.samples[at], planes.cr.samples[at])
      let bin = Int(y >> 5) << 10 | Int(cb >> 3) << 5 | Int(cr >> 3)
      bins[bin].count += 1
      bins[bin].y += Int(y)
      bins[bin].cb += Int(cb)
      bins[bin].cr += Int(cr)
      counting += 1
    }
    let fewest = max(parameters.fewestPixels, counting / parameters.smallestPart)
    return bins.filter { $0.count >= fewest }.map {
      let count = Float($0.count)
      let color = YCbCr(
        y: Float($0.y) / count, cb: Float($0.cb) / count, cr: Float($0.cr) / count)
      return (color, $0.count)
    }
  }

  /// The calmest pixels: those with the least range around them.
  private static func flatPixels(
    _ luma: Plane, _ mask: Plane?, _ parameters: MatchParameters.Photometry
  ) -> [Int] {
    var ranges: [(at: Int, range: Int)] = []
    var counts = [Int](repeating: 0, count: 256)
    let width = luma.width
    luma.samples.withUnsafeBufferPointer { samples in
      for y in 1..<max(1, luma.height - 1) {
        for x in 1..<max(1, width - 1) {
          let at = y &* width &+ x
          var (low, high) = (samples[at], samples[at])
          for row in stride(from: at &- width, through: at &+ width, by: width) {
            for place in (row &- 1)...(row &+ 1) {
              low = min(low, samples[place])
              high = max(high, samples[place])
            }
          }
          if let mask, !isWhole(mask, around: at) { continue }
          ranges.append((at, Int(high - low)))
          counts[Int(high - low)] += 1
        }
      }
    }
    var left = ranges.count / 3
    let third = counts.firstIndex { count in
      left -= count
      return left < 0
    }
    let limit = max(parameters.flatRange, third ?? 0)
    return ranges.filter { $0.range <= limit }.map(\.at)
  }

  /// Whether a pixel and all around it count.
  private static func isWhole(_ mask: Plane, around at: Int) -> Bool {
    [at - mask.width, at, at + mask.width].allSatisfy { row in
      mask.samples[(row - 1)...(row + 1)].allSatisfy { $0 == 255 }
    }
  }

  /// Pixels grouped by colour, the most frequent colours first.
  private static func groups(
    of pixels: [Int], _ planes: FullPlanes, _ parameters: MatchParameters.Photometry
  ) -> [[Int]] {
    var bins: [Int: [Int]] = [:]
    for at in pixels {
      let key =
        Int(planes.luma.samples[at] >> 3) << 16 | Int(planes.cb.samples[at] >> 4) << 8
        | Int(planes.cr.samples[at] >> 4)
      bins[key, default: []].append(at)
    }
    let fewest = max(parameters.fewestPixels, pixels.count / parameters.smallestColor)
    return bins.filter { $0.value.count >= fewest }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .prefix(parameters.mostColors).map(\.value)
  }

  /// Measures how well each transform explains the template's flat colours at a place.
  ///
  /// - Parameters:
  ///   - patch: the frame around the place.
  ///   - origin: where the template's top left corner lies in the frame.
  ///   - range: the frame's darkest and lightest levels.
  ///   - weights: 0 for pixels of the template that are not to be looked at; nil to look at all.
  /// - Returns: the fit; nil where nothing is flat.
  func fit(
    in patch: FramePatch, at origin: PixelPoint, range: LevelRange, weights: [Float]?
  ) -> PhotometricFit? {
    var seen: [(color: Color, value: YCbCr, cut: Float)] = []
    for color in colors {
      var places = color.places
      if let weights {
        places.removeAll { weights[Int($0.y) * width + Int($0.x)] == 0 }
        if places.count * 4 < color.places.count || places.isEmpty { continue }
      }
      let value = patch.medianColor(at: places, origin: origin)
      // Only what is nearly black or white is moved by noise.
      let noise =
        clipping.isExtreme(value.y) ? patch.noise(at: places, around: value.y, origin: origin) : 0
      seen.append((color, value, clipping.mostShift(noise)))
    }
    let total = seen.reduce(0) { $0 + $1.color.weight }
    if total == 0 { return nil }
    var costs = [Float](repeating: 0, count: PhotometricTransform.all.count)
    for (color, value, cut) in seen {
      for index in costs.indices {
        let expected = color.predictions[index]
        let luma = clipping.distance(expected.y, seen: value.y, mostShift: cut)
        let chroma = abs(expected.cb - value.cb) + abs(expected.cr - value.cr)
        costs[index] +=
          color.weight * min(parameters.mostCost, luma + parameters.chromaWeight * chroma)
      }
    }
    return PhotometricFit(
      costs: costs.map { $0 / total },
      isPossible: PhotometricTransform.all.map { $0.fits(range) }, slack: parameters.slack)
  }

  /// The flat colours with what a place shows of each.
  func seen(in patch: FramePatch, at origin: PixelPoint) -> [(color: Color, seen: YCbCr)] {
    colors.map { ($0, patch.medianColor(at: $0.places, origin: origin)) }
  }

  /// The transforms that explain a place's flat colours about as well as any, the best of each kind
  /// of mistake and what is as good, the likeliest first.
  ///
  /// - Parameters:
  ///   - fit: how well each explains them; nil where nothing is flat.
  ///   - known: the transforms that are asked about; nil for all that the frame may have.
  /// - Returns: the transforms, at least one: none where nothing is flat and nothing is known.
  func likelyTransforms(by fit: PhotometricFit?, among known: [Int]? = nil) -> [Int] {
    guard let fit else { return [known?.first ?? 0] }
    var likely: [(index: Int, cost: Float)] = []
    for family in PhotometricTransform.familyRanges {
      let fitting = known?.filter(family.contains) ?? family.filter { fit.isPossible[$0] }
      guard let least = fitting.min(by: { fit.costs[$0] < fit.costs[$1] }) else { continue }
      // Where all that is flat is white that can be no lighter, or black, others are as good: what
      // is not flat must tell.
      let others = fitting.filter {
        $0 != least && fit.costs[$0] <= fit.costs[least] + parameters.tie
      }
      for index in [least] + others {
        // What is as likely without a mistake is none.
        likely.append((index, fit.costs[index] + (index == 0 ? 0 : parameters.mistakeCost)))
      }
    }
    let least = likely.map(\.cost).min() ?? 0
    var distinct: [Int] = []
    for candidate in likely.sorted(by: { ($0.cost, $0.index) < ($1.cost, $1.index) })
    where candidate.cost <= least + parameters.slack
      && !distinct.contains(where: { isAlike($0, candidate.index) })
    {
      distinct.append(candidate.index)
    }
    return distinct
  }

  /// Whether two transforms make about the same of the template.
  private func isAlike(_ a: Int, _ b: Int) -> Bool {
    let (luma, chroma) = (parameters.alike, 2 * parameters.alike)
    return zip(references[a], references[b]).allSatisfy { one, other in
      abs(one.y - other.y) < luma && abs(one.cb - other.cb) < chroma
        && abs(one.cr - other.cr) < chroma
    }
  }

  /// How far apart two transforms move any colour of the template, in levels of luma or chroma.
  func distance(_ a: Int, _ b: Int) -> Float {
    zip(references[a], references[b]).reduce(0) { max($0, Self.distance($1.0, $1.1)) }
  }

  private static func distance(_ a: YCbCr, _ b: YCbCr) -> Float {
    max(abs(a.y - b.y), abs(a.cb - b.cb), abs(a.cr - b.cr))
  }

  /// Whether a transform moves so much of the template as a tint of a control would: by what a match
  /// without a transform does not bear, in an area as large as the smallest control's face.
  func movesAsTint(_ index: Int) -> Bool {
    let moved = referenceCounts.indices.reduce(0) { sum, at in
      let isMoved =
        Self.distance(references[index][at], references[0][at]) > parameters.clearMove
      return sum + (isMoved ? referenceCounts[at] : 0)
    }
    return moved >= parameters.smallestFace
  }

  /// Whether a transform moves flat colours of the template as no tint of a control does: at least
  /// two of them, apart from each other, and not merely towards a colour that lies over them.
  ///
  /// - Parameters:
  ///   - index: the transform.
  ///   - range: the frame's darkest and lightest levels, which a mistake of range shows in.
  /// - Returns: whether the template alone tells it from a tint.
  func tellsFromTint(_ index: Int, range: LevelRange) -> Bool {
    let mistake = PhotometricTransform.all[index].mistake
    let moves = colors.filter { $0.weight >= parameters.largeColor }.map { color in
      let (from, to) = (color.value, color.predictions[index])
      return YCbCr(y: to.y - from.y, cb: to.cb - from.cb, cr: to.cr - from.cr)
    }
    func spread(_ part: KeyPath<YCbCr, Float>) -> (least: Float, most: Float) {
      (moves.map { $0[keyPath: part] }.min() ?? 0, moves.map { $0[keyPath: part] }.max() ?? 0)
    }
    let (luma, blue, red) = (spread(\.y), spread(\.cb), spread(\.cr))
    let isBothWays = luma.least <= -parameters.clearMove && luma.most >= parameters.clearMove
    switch mistake {
    case .none, .brightness, .contrast, .gamma: return false
    // Nothing that lies over a control adds contrast.
    case .expanded: return isBothWays
    // Black and white themselves are in the picture, and grey.
    case .compressed:
      let error = max(abs(range.low - 16), abs(range.high - 235))
      return error <= (isBothWays ? 2 : 1) * parameters.rangeError
    case .matrix601As709, .matrix709As601:
      return max(luma.most - luma.least, blue.most - blue.least, red.most - red.least)
        >= 2 * parameters.clearMove
    }
  }
}

/// How well each transform explains a template's flat colours at a place of a frame.
struct PhotometricFit: Sendable {
  /// The mean distance of the colours seen from those expected, a transform each, in levels.
  let costs: [Float]
  /// Whether the frame's darkest and lightest levels allow for the transform.
  let isPossible: [Bool]
  /// How much worse than the best a transform may explain the flat colours and still be the one, in
  /// levels.
  let slack: Float

  /// Which transforms explain the colours about as well as any that the frame may have.
  var supported: [Bool] {
    let least = costs.indices.reduce(Float.infinity) {
      isPossible[$1] ? min($0, costs[$1]) : $0
    }
    return costs.indices.map { isPossible[$0] && costs[$0] <= least + slack }
  }
}

extension FramePatch {
  /// The deviation of the noise at some places of one colour, in levels.
  fileprivate func noise(
    at places: [PixelsPoint], around level: Float, origin: PixelPoint
  ) -> Float {
    let corner = PixelPoint(x: origin.x - self.origin.x, y: origin.y - self.origin.y)
    let sum = places.reduce(Float(0)) {
      $0 + abs(Float(luma[corner.x + Int($1.x), corner.y + Int($1.y)]) - level)
    }
    // The mean distance of normal values is 0.8 deviations.
    return 1.25 * sum / Float(max(1, places.count))
  }

  /// The middle one of the colours at some places.
  fileprivate func medianColor(at places: [PixelsPoint], origin: PixelPoint) -> YCbCr {
    func median(_ plane: Plane, from corner: PixelPoint, halvings: Int32) -> Float {
      plane.withPixels {
        pixels_median(
          $0, places, Int32(places.count), Int32(origin.x - corner.x), Int32(origin.y - corner.y),
          halvings)
      }
    }
    // An incomplete square at the frame's edge has no sample where chroma was averaged.
    let corner = PixelPoint(x: 2 * chromaOrigin.x, y: 2 * chromaOrigin.y)
    return YCbCr(
      y: median(luma, from: self.origin, halvings: 0), cb: median(cb, from: corner, halvings: 1),
      cr: median(cr, from: corner, halvings: 1))
  }
}
