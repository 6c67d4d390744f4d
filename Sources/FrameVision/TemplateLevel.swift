import Frames

/// One scale of a template, as correlation needs it.
struct TemplateLevel: Sendable {
  /// Templates of more pixels are not correlated with every place at their scale.
  private static let largestCoarse = 6000
  /// The most scales of a template.
  private static let mostLevels = 5
  /// The least width and height of a scale, and the fewest pixels of it that count.
  private static let leastSide = 6
  private static let fewestPixels = 40

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
  /// The square root of the sum of squared weights.
  let norm: Float
  /// What every place of a frame is correlated with; nil where that would take too long.
  let coarse: CoarseTemplate?

  private init(luma: Plane, mask plane: Plane?) {
    width = luma.width
    height = luma.height
    let counting: [Int16] = plane.map { $0.samples.map { $0 == 255 ? 1 : 0 } } ?? []
    let mean = Int16(luma.mean(where: plane).rounded())
    weights = luma.samples.indices.map { at in
      counting.isEmpty || counting[at] == 1 ? Int16(luma.samples[at]) - mean : 0
    }
    mask = counting
    count = counting.isEmpty ? luma.samples.count : counting.reduce(0) { $0 + Int($1) }
    let (sum, squares) = weights.reduce(into: (0, 0)) { sums, weight in
      sums.0 += Int(weight)
      sums.1 += Int(weight) * Int(weight)
    }
    bias = Float(sum) / Float(max(1, count))
    norm = max(0, Float(squares) - Float(sum) * bias).squareRoot()
    coarse = luma.size.area <= Self.largestCoarse ? CoarseTemplate(luma, mask: plane) : nil
  }

  /// The template at full size, half size and so on, as long as something is left to be found.
  static func pyramid(luma: Plane, mask: Plane?) -> [TemplateLevel] {
    var (light, shape) = (luma.filled(where: mask), mask)
    var levels = [TemplateLevel(luma: light, mask: shape)]
    while light.width >= 2 * leastSide && light.height >= 2 * leastSide
      && levels.count < mostLevels
    {
      light = light.halved()
      // A coarse pixel counts only where all four of its pixels count.
      shape = shape.map { plane in
        let half = plane.halved()
        return Plane(
          width: half.width, height: half.height, samples: half.samples.map { $0 == 255 ? 255 : 0 })
      }
      let level = TemplateLevel(luma: light, mask: shape)
      // Too few pixels, or fine lines that have all but vanished, would fit anywhere.
      if level.count < fewestPixels || level.norm < 3 * Float(level.count).squareRoot() { break }
      levels.append(level)
    }
    return levels
  }

  /// The normalised correlation with a place of a plane of the same scale, −1…1.
  func correlation(with plane: Plane, _ x: Int, _ y: Int) -> Float {
    var (product, sum, squares) = (0, 0, 0)
    plane.samples.withUnsafeBufferPointer { samples in
      weights.withUnsafeBufferPointer { weights in
        mask.withUnsafeBufferPointer { mask in
          for row in 0..<height {
            let from = (y &+ row) &* plane.width &+ x
            let at = row &* width
            var (p, s, q) = (Int32(0), Int32(0), Int32(0))
            if mask.isEmpty {
              for column in 0..<width {
                let value = Int16(samples[from &+ column])
                p &+= Int32(value) &* Int32(weights[at &+ column])
                s &+= Int32(value)
                q &+= Int32(value) &* Int32(value)
              }
            } else {
              for column in 0..<width {
                let value = Int16(samples[from &+ column]) &* mask[at &+ column]
                p &+= Int32(value) &* Int32(weights[at &+ column])
                s &+= Int32(value)
                q &+= Int32(value) &* Int32(value)
              }
            }
            product &+= Int(p)
            sum &+= Int(s)
            squares &+= Int(q)
          }
        }
      }
    }
    let spread = squares - sum * sum / max(1, count)
    if 2 * spread < count || norm == 0 { return 0 }
    return (Float(product) - bias * Float(sum)) / (norm * Float(spread).squareRoot())
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
