import Frames

/// Finds the places where a template may be, by normalised correlation from coarse to fine.
struct CandidateSearch {
  let template: Template
  let frame: SearchableFrame
  let area: PixelRect

  /// How many places go from one scale to the next finer one.
  private static let kept = 64

  private struct Place {
    var x: Int
    var y: Int
    var score: Float
  }

  /// Top left corners at full size, best first.
  func candidates() -> [PixelPoint] {
    if area.width < template.size.width || area.height < template.size.height { return [] }
    var level = template.levels.count - 1
    var places = scan(level: level)
    while level > 0 {
      level -= 1
      places = refine(places, level: level)
    }
    return places.map { PixelPoint(x: $0.x, y: $0.y) }
  }

  /// Correlates at every position of a scale and keeps the best peaks.
  private func scan(level: Int) -> [Place] {
    let plane = frame.luma(level: level)
    let shape = template.levels[level]
    let left = area.x >> level
    let top = area.y >> level
    let right = min(area.maxX >> level, plane.width) - shape.width
    let bottom = min(area.maxY >> level, plane.height) - shape.height
    if right < left || bottom < top { return [] }
    let columns = right - left + 1
    var scores = [Float](repeating: 0, count: columns * (bottom - top + 1))
    for y in top...bottom {
      for x in left...right {
        scores[(y - top) * columns + x - left] = Self.correlation(shape, plane, x, y)
      }
    }
    return peaks(scores, columns: columns).map {
      Place(x: $0.x + left, y: $0.y + top, score: $0.score)
    }
  }

  private func peaks(_ scores: [Float], columns: Int) -> [Place] {
    let rows = scores.count / columns
    var peaks: [Place] = []
    for y in 0..<rows {
      for x in 0..<columns {
        let score = scores[y * columns + x]
        if score < 0.4 { continue }
        var isPeak = true
        for ny in max(0, y - 1)...min(rows - 1, y + 1) {
          for nx in max(0, x - 1)...min(columns - 1, x + 1)
          where scores[ny * columns + nx] > score {
            isPeak = false
          }
        }
        if isPeak { peaks.append(Place(x: x, y: y, score: score)) }
      }
    }
    return Array(peaks.sorted(by: Self.isBetter).prefix(Self.kept))
  }

  /// Moves places from the next coarser scale to the best position nearby.
  private func refine(_ places: [Place], level: Int) -> [Place] {
    let plane = frame.luma(level: level)
    let shape = template.levels[level]
    let maxX = (level == 0 ? area.maxX : min(plane.width, area.maxX >> level)) - shape.width
    let maxY = (level == 0 ? area.maxY : min(plane.height, area.maxY >> level)) - shape.height
    let (minX, minY) = (area.x >> level, area.y >> level)
    var refined: [Place] = []
    for place in places {
      var best: Place?
      for y in (2 * place.y - 2)...(2 * place.y + 3) where y >= minY && y <= maxY {
        for x in (2 * place.x - 2)...(2 * place.x + 3) where x >= minX && x <= maxX {
          let score = Self.correlation(shape, plane, x, y)
          if score > best?.score ?? -1 { best = Place(x: x, y: y, score: score) }
        }
      }
      if let best, !refined.contains(where: { $0.x == best.x && $0.y == best.y }) {
        refined.append(best)
      }
    }
    let floor = max(0.5, (refined.map(\.score).max() ?? 0) - 0.25)
    return refined.filter { $0.score >= floor }.sorted(by: Self.isBetter)
  }

  private static func isBetter(_ a: Place, _ b: Place) -> Bool {
    (b.score, a.y, a.x) < (a.score, b.y, b.x)
  }

  /// Normalised correlation of a template's scale with one place of a plane, −1…1.
  private static func correlation(_ shape: TemplateLevel, _ plane: Plane, _ x: Int, _ y: Int)
    -> Float
  {
    var (product, sum, squares) = (Int64(0), Int64(0), Int64(0))
    plane.samples.withUnsafeBufferPointer { samples in
      shape.weights.withUnsafeBufferPointer { weights in
        for row in 0..<shape.height {
          let line = UnsafeBufferPointer(
            rebasing: samples[((y + row) * plane.width + x)...].prefix(shape.width))
          let weight = UnsafeBufferPointer(
            rebasing: weights[(row * shape.width)...].prefix(shape.width))
          var (p, s, q) = (Int32(0), Int32(0), Int32(0))
          if shape.mask.isEmpty {
            for at in 0..<shape.width {
              let value = Int16(line[at])
              p &+= Int32(value) &* Int32(weight[at])
              s &+= Int32(value)
              q &+= Int32(value) &* Int32(value)
            }
          } else {
            for at in 0..<shape.width {
              let value = Int16(line[at]) &* shape.mask[row * shape.width + at]
              p &+= Int32(value) &* Int32(weight[at])
              s &+= Int32(value)
              q &+= Int32(value) &* Int32(value)
            }
          }
          product += Int64(p)
          sum += Int64(s)
          squares += Int64(q)
        }
      }
    }
    let count = Float(shape.count)
    let variance = Float(squares) - Float(sum) * Float(sum) / count
    if variance < count { return 0 }
    return Float(product) / (shape.norm * variance.squareRoot())
  }
}
