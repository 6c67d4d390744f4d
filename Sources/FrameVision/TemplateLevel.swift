import Frames

/// One scale of a template, as correlation needs it.
struct TemplateLevel: Sendable {
  let width: Int
  let height: Int
  /// `value - mean` where the pixel counts, 0 elsewhere; row after row.
  let weights: [Int16]
  /// 1 where the pixel counts, 0 elsewhere; empty when all count.
  let mask: [Int16]
  /// How many pixels count.
  let count: Int
  /// The square root of the sum of squared weights.
  let norm: Float

  init(luma: Plane, mask plane: Plane?) {
    width = luma.width
    height = luma.height
    let counting: [Int16] = plane.map { $0.samples.map { $0 == 255 ? 1 : 0 } } ?? []
    var (total, sum) = (0, 0)
    for at in luma.samples.indices where counting.isEmpty || counting[at] == 1 {
      total += 1
      sum += Int(luma.samples[at])
    }
    let mean = total == 0 ? 0 : Int16((Double(sum) / Double(total)).rounded())
    var squares = 0
    weights = luma.samples.indices.map { at in
      guard counting.isEmpty || counting[at] == 1 else { return 0 }
      let weight = Int16(luma.samples[at]) - mean
      squares += Int(weight) * Int(weight)
      return weight
    }
    mask = counting
    count = total
    norm = Float(squares).squareRoot()
  }

  /// The template at full size, half size and so on, as long as both sides keep 5 pixels.
  static func pyramid(luma: Plane, mask: Plane?) -> [TemplateLevel] {
    var levels = [TemplateLevel(luma: luma, mask: mask)]
    var (light, shape) = (luma, mask)
    while light.width >= 10 && light.height >= 10 && levels.count < 5 {
      light = light.halved()
      // A coarse pixel counts only where all four of its pixels count.
      shape = shape.map { plane in
        let half = plane.halved()
        return Plane(
          width: half.width, height: half.height, samples: half.samples.map { $0 == 255 ? 255 : 0 })
      }
      let level = TemplateLevel(luma: light, mask: shape)
      if level.count < 25 || level.norm < 2 * Float(level.count).squareRoot() { break }
      levels.append(level)
    }
    return levels
  }
}
