import CPixels
import Frames

/// One scale of a template, as correlation needs it.
struct TemplateLevel: Sendable {
  let width: Int
  let height: Int
  /// `level - mean`, rounded, where the pixel counts, 0 elsewhere; row after row.
  let weights: [Int16]
  /// The mean of the weights that count: what rounding has left.
  let bias: Float
  /// 1 where the pixel counts, 0 elsewhere; empty when all count.
  let mask: [Int16]
  /// How many pixels count.
  let count: Int
  /// Whether a mask leaves less than half of the pixels.
  let isSparse: Bool
  /// The sum of the weights, and of their squares.
  private let sums: (weights: Int, squares: Int)
  /// The square root of the sum of squared weights.
  let norm: Float
  /// Going on by so many rows shows enough of the template to compare places with each other.
  let rowStep: Int
  /// Weights and mask with rows of an even width, for scans; empty where the scale is too fine.
  private let pairs: [Int16]
  private let maskPairs: [Int16]
  /// What scans look at where a mask leaves little.
  private let taps: TemplateTaps?
  /// What stands for all of a shape where places are compared by some of its rows: it may have few.
  private let comparedTaps: TemplateTaps?

  /// The least share of the pixels by which a place can be told when the others are hidden. Where
  /// less is seen, all count: a place that looks alike is one where too little can be seen to say.
  private let leastSeen: Float

  private init(
    _ plane: Plane, mask shape: Plane?, _ parameters: MatchParameters, isFullSize: Bool = false
  ) {
    let preparation = parameters.preparation
    leastSeen = parameters.search.leastSeen
    width = plane.width
    height = plane.height
    let counting: [Int16] = shape.map { $0.samples.map { $0 == 255 ? 1 : 0 } } ?? []
    let mean = Int16(plane.mean(where: shape).rounded())
    weights = plane.samples.indices.map { at in
      counting.isEmpty || counting[at] == 1 ? Int16(plane.samples[at]) - mean : 0
    }
    mask = counting
    count = counting.isEmpty ? plane.samples.count : counting.reduce(0) { $0 + Int($1) }
    let (sum, squares) = weights.reduce(into: (0, 0)) { sums, weight in
      sums.0 += Int(weight)
      sums.1 += Int(weight) * Int(weight)
    }
    sums = (sum, squares)
    bias = Float(sum) / Float(max(1, count))
    norm = max(0, Float(squares) - Float(sum) * bias).squareRoot()
    rowStep = Self.rowStep(weights, width, squares, preparation)
    let isScanned = plane.samples.count <= preparation.largestScanned
    pairs = isScanned ? Self.evened(weights, width) : []
    maskPairs = isScanned && !mask.isEmpty ? Self.evened(mask, width) : []
    isSparse = Double(count) < preparation.sparseShare * Double(plane.samples.count)
    taps =
      isSparse
      ? TemplateTaps(
        weights, mask: mask, width: width,
        atMost: isFullSize ? preparation.fullSizeTaps : preparation.coarseTaps, preparation)
      : nil
    comparedTaps =
      isSparse && rowStep > 1
      ? TemplateTaps(
        weights, mask: mask, width: width, atMost: preparation.comparedTaps, preparation) : nil
  }

  /// The step at which about so many pixels are looked at; 1 where what stands out, such as fine
  /// lines, would be missed.
  private static func rowStep(
    _ weights: [Int16], _ width: Int, _ squares: Int, _ parameters: MatchParameters.Preparation
  ) -> Int {
    let step = min(parameters.mostRowStep, max(1, weights.count / parameters.comparedPixels))
    if step == 1 { return 1 }
    var seen = 0
    for start in stride(from: 0, to: weights.count, by: width * step) {
      for weight in weights[start..<(start + width)] { seen += Int(weight) * Int(weight) }
    }
    let share = Double(seen * step) / Double(max(1, squares))
    return parameters.rowEnergy.contains(share) ? step : 1
  }

  /// The template at full size, half size and so on, as long as something is left to be found.
  static func pyramid(
    of plane: Plane, mask: Plane?, _ parameters: MatchParameters
  ) -> [TemplateLevel] {
    let preparation = parameters.preparation
    var (coarse, shape) = (plane.filled(where: mask), mask)
    var levels = [TemplateLevel(coarse, mask: shape, parameters, isFullSize: true)]
    while coarse.width >= 2 && coarse.height >= 2 && levels.count < preparation.mostLevels {
      (coarse, shape) = halved(coarse, shape, preparation.leastShapeShare)
      let level = TemplateLevel(coarse, mask: shape, parameters)
      // Of thin shapes coarse scales keep what happens to be thick, which tells little of them.
      let share = Float(level.count) * Float(1 << (2 * levels.count)) / Float(levels[0].count)
      if shape != nil, levels.count > 1, share < preparation.leastShapeShare { break }
      // Too few pixels, or fine lines that have all but vanished, would fit anywhere.
      let leastNorm = preparation.leastLevelSpread * Float(level.count).squareRoot()
      if level.count < preparation.fewestLevelPixels || level.norm < leastNorm { break }
      levels.append(level)
    }
    return levels
  }

  /// A plane at half its size, with what counts of it: at least a share of its shape.
  private static func halved(_ plane: Plane, _ mask: Plane?, _ leastShare: Float) -> (
    Plane, Plane?
  ) {
    let half = plane.halved()
    guard let mask else { return (half, nil) }
    // How many of four pixels count.
    let counts = mask.halved().samples
    func shape(from least: UInt8) -> Plane {
      Plane(
        width: half.width, height: half.height, samples: counts.map { $0 >= least ? 255 : 0 })
    }
    // A coarse pixel counts only where all four of its pixels count, but for lines so thin that
    // little of them would be left.
    let strict = shape(from: 255)
    let kept = strict.samples.reduce(0) { $0 + ($1 == 255 ? 4 : 0) }
    let all = mask.samples.reduce(0) { $0 + ($1 == 255 ? 1 : 0) }
    return (half, Float(kept) < leastShare * Float(all) ? shape(from: 127) : strict)
  }

  /// Whether the scale can be correlated with every place.
  var canBeScanned: Bool { !pairs.isEmpty || taps != nil }

  /// The multiplications that one place takes.
  var effort: Int {
    let all = (width + 1) / 2 * 2 * height * (mask.isEmpty ? 1 : 3)
    return scannedTaps.map { 3 * $0.count } ?? all
  }

  /// The few samples that a scan looks at, where that costs less than to look at all.
  private var scannedTaps: TemplateTaps? {
    guard let taps, pairs.isEmpty || taps.count < width * height else { return nil }
    return taps
  }

  /// Correlates with places of a plane of the same scale.
  ///
  /// - Parameters:
  ///   - plane: the plane.
  ///   - from: the first place.
  ///   - columns: how many places across, all with the template inside the plane.
  ///   - rows: how many places down.
  ///   - scores: where the first correlation goes.
  ///   - columnStep: how far the next one lies.
  ///   - rowStep: how far the next row's lies.
  func scan(
    _ plane: Plane, from: PixelPoint, columns: Int, rows: Int,
    into scores: UnsafeMutablePointer<Float>, columnStep: Int, rowStep: Int
  ) {
    if let taps = scannedTaps {
      return taps.scan(
        plane, from: from, columns: columns, rows: rows, into: scores, columnStep: columnStep,
        rowStep: rowStep)
    }
    pairs.withUnsafeBufferPointer { pairs in
      maskPairs.withUnsafeBufferPointer { maskPairs in
        plane.samples.withUnsafeBufferPointer { samples in
          guard let samples = samples.baseAddress else { return }
          var shape = PixelsShape(
            width: Int32(width), height: Int32(height), pairs: Int32((width + 1) / 2),
            weights: pairs.baseAddress, mask: mask.isEmpty ? nil : maskPairs.baseAddress,
            count: Int32(count), bias: bias, norm: norm)
          let isDone = pixels_correlate(
            &shape, samples + (from.y * plane.width + from.x), plane.width, Int32(columns),
            Int32(rows), scores, columnStep, rowStep)
          precondition(isDone != 0, "out of memory")
        }
      }
    }
  }

  /// The normalised correlation with a place of a plane of the same scale, −1…1.
  ///
  /// - Parameters:
  ///   - plane: the plane.
  ///   - x: the place's left column.
  ///   - y: the place's top row.
  ///   - rowStep: how many rows to go on by; 1 looks at all.
  /// - Returns: the correlation; 0 where nothing stands out.
  func correlation(with plane: Plane, _ x: Int, _ y: Int, rowStep: Int = 1) -> Float {
    if rowStep > 1, let comparedTaps { return comparedTaps.correlation(with: plane, x, y) }
    return correlation(of: products(with: plane, x, y, rowStep: rowStep), rowStep: rowStep)
  }

  /// The normalised correlation with what is seen of a place of a plane of the same scale, −1…1.
  ///
  /// - Parameters:
  ///   - plane: the plane.
  ///   - x: the place's left column.
  ///   - y: the place's top row.
  ///   - hidden: parts of the plane that don't count, none overlapping another.
  /// - Returns: the correlation; 0 where nothing stands out.
  func correlation(with plane: Plane, _ x: Int, _ y: Int, hiding hidden: [PixelRect]) -> Float {
    if hidden.isEmpty { return correlation(with: plane, x, y) }
    let place = PixelRect(x: x, y: y, width: width, height: height)
    let parts = hidden.map { $0.intersection(place) }.filter { !$0.isEmpty }
    if parts.isEmpty { return correlation(with: plane, x, y) }
    let covered = parts.map { part(with: plane, $0, of: place) }
    func visible(_ whole: Int, _ share: (PartSums) -> Int64) -> Double {
      Double(whole) - covered.reduce(0) { $0 + Double(share($1)) }
    }
    let seen = visible(count, \.5)
    if Float(seen) < leastSeen * Float(count) { return correlation(with: plane, x, y) }
    let whole = products(with: plane, x, y, rowStep: 1)
    let (tap, level) = (visible(sums.weights, \.3), visible(Int(whole.1), \.1))
    let contrast = visible(sums.squares, \.4) - tap * tap / seen
    let spread = visible(Int(whole.2), \.2) - level * level / seen
    if 2 * spread < seen || 2 * contrast < seen { return 0 }
    return Float(
      (visible(Int(whole.0), \.0) - tap * level / seen) / (contrast * spread).squareRoot())
  }

  /// The normalised correlations with those places of a plane at which a part would be hidden.
  ///
  /// - Parameters:
  ///   - plane: the plane.
  ///   - hidden: parts of the plane that don't count, none overlapping another.
  ///   - places: the top left corners that matter, all with the template inside the plane.
  ///   - effort: the multiplications allowed at each part; where more were needed, it is passed
  ///     over.
  /// - Returns: the places with their correlations; some twice where several parts are hidden.
  func correlations(
    with plane: Plane, hiding hidden: [PixelRect], among places: PixelRect, atMost effort: Int
  ) -> [(place: PixelPoint, score: Float)] {
    hidden.flatMap { part -> [(place: PixelPoint, score: Float)] in
      let touched = PixelRect(
        x: part.x - width + 1, y: part.y - height + 1, width: part.width + width - 1,
        height: part.height + height - 1
      ).intersection(places)
      if touched.isEmpty || touched.size.area * width * height > effort { return [] }
      return (0..<touched.size.area).map { at in
        let (x, y) = (touched.x + at % touched.width, touched.y + at / touched.width)
        return (PixelPoint(x: x, y: y), correlation(with: plane, x, y, hiding: hidden))
      }
    }
  }

  /// What ``pixels_part_sums`` adds up.
  private typealias PartSums = (Int64, Int64, Int64, Int64, Int64, Int64)

  private func part(with plane: Plane, _ part: PixelRect, of place: PixelRect) -> PartSums {
    let at = (part.y - place.y) * width + part.x - place.x
    var sums: PartSums = (0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &sums) { sums in
      plane.samples.withUnsafeBufferPointer { samples in
        weights.withUnsafeBufferPointer { weights in
          mask.withUnsafeBufferPointer { mask in
            guard let samples = samples.baseAddress, let weights = weights.baseAddress,
              let sums = sums.bindMemory(to: Int64.self).baseAddress
            else { return }
            pixels_part_sums(
              samples + (part.y * plane.width + part.x), plane.width, weights + at,
              mask.isEmpty ? nil : mask.baseAddress?.advanced(by: at), width, Int32(part.width),
              Int32(part.height), sums)
          }
        }
      }
    }
    return sums
  }

  private func products(with plane: Plane, _ x: Int, _ y: Int, rowStep: Int)
    -> (Int64, Int64, Int64)
  {
    var sums: (Int64, Int64, Int64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &sums) { sums in
      plane.samples.withUnsafeBufferPointer { samples in
        guard let samples = samples.baseAddress,
          let sums = sums.bindMemory(to: Int64.self).baseAddress
        else { return }
        mask.withUnsafeBufferPointer { mask in
          pixels_products(
            samples + (y * plane.width + x), plane.width, weights,
            mask.isEmpty ? nil : mask.baseAddress, Int32(width), Int32(height), Int32(rowStep),
            sums)
        }
      }
    }
    return sums
  }

  /// Moves places uphill, to where none of the eight around correlates better.
  ///
  /// - Parameters:
  ///   - places: the places, in half samples.
  ///   - planes: a plane of the same scale at its four phases.
  /// - Returns: the places where that leads to, with their correlations.
  func hillClimbed(from places: [PixelPoint], in planes: [Plane]) -> [PixelsPeak] {
    precondition(planes.count == 4, "a scale has four phases")
    var peaks = places.map { PixelsPeak(x: Int32($0.x), y: Int32($0.y), score: 0) }
    weights.withUnsafeBufferPointer { weights in
      mask.withUnsafeBufferPointer { mask in
        var taps = PixelsTaps(
          width: Int32(width), height: Int32(height), weights: weights.baseAddress,
          mask: mask.isEmpty ? nil : mask.baseAddress, count: Int32(count), bias: bias, norm: norm)
        planes[0].withPixels { first in
          planes[1].withPixels { right in
            planes[2].withPixels { below in
              planes[3].withPixels { both in
                pixels_hill_climb(&taps, [first, right, below, both], Int32(peaks.count), &peaks)
              }
            }
          }
        }
      }
    }
    return peaks
  }

  /// The normalised correlations with places side by side and one below the other.
  ///
  /// - Parameters:
  ///   - plane: the plane.
  ///   - corners: the places' top left corners, at most eight across, all with the template inside
  ///     the plane.
  ///   - rowStep: how many rows to go on by; 1 looks at all.
  /// - Returns: the correlations, row after row; nil where each place has to be looked at by
  ///   itself.
  func correlations(with plane: Plane, at corners: PixelRect, rowStep: Int) -> [Float]? {
    if !mask.isEmpty { return nil }
    let count = corners.size.area
    return withUnsafeTemporaryAllocation(of: (Int64, Int64, Int64).self, capacity: count) { sums in
      let isDone = plane.samples.withUnsafeBufferPointer { samples in
        pixels_products_around(
          samples.baseAddress?.advanced(by: corners.y * plane.width + corners.x), plane.width,
          weights, Int32(width), Int32(height), Int32(rowStep), Int32(corners.width),
          Int32(corners.height), sums.baseAddress)
      }
      precondition(isDone != 0, "out of memory")
      return sums.map { correlation(of: $0, rowStep: rowStep) }
    }
  }

  /// The normalised correlation from the sums over a place.
  private func correlation(of sums: (Int64, Int64, Int64), rowStep: Int) -> Float {
    // Where rows are left out, the rest stands for all.
    let share = Float((height + rowStep - 1) / rowStep) / Float(height)
    let seen = max(1, Float(count) * share)
    let (product, sum, squares) = (Float(sums.0), Double(sums.1), Double(sums.2))
    let spread = Float(squares - sum * sum / Double(seen))
    if 2 * spread < seen || norm == 0 { return 0 }
    return (product - bias * Float(sum)) / (norm * (share * spread).squareRoot())
  }

  private static func evened(_ taps: [Int16], _ width: Int) -> [Int16] {
    if width % 2 == 0 { return taps }
    var evened: [Int16] = []
    evened.reserveCapacity(taps.count + taps.count / width)
    for start in stride(from: 0, to: taps.count, by: width) {
      evened += taps[start..<(start + width)]
      evened.append(0)
    }
    return evened
  }
}

extension Plane {
  /// The mean of the samples where a mask (255 counts) lets them count.
  fileprivate func mean(where mask: Plane?) -> Double {
    var (count, sum) = (0, 0)
    for at in samples.indices where mask == nil || mask?.samples[at] == 255 {
      count += 1
      sum += Int(samples[at])
    }
    return count == 0 ? 0 : Double(sum) / Double(count)
  }

  /// The plane with the mean in place of what does not count, lest it shine in where pixels are
  /// averaged.
  fileprivate func filled(where mask: Plane?) -> Plane {
    guard let mask else { return self }
    let mean = UInt8(self.mean(where: mask).rounded())
    var filled = self
    for at in samples.indices where mask.samples[at] != 255 { filled.samples[at] = mean }
    return filled
  }
}
