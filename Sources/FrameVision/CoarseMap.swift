import Frames

/// A template at a coarse scale, ready to be correlated with every place of a soft plane.
struct CoarseTemplate: Sendable {
  let width: Int
  let height: Int
  /// Columns of `weights` and `mask`: the width filled up to a multiple of four.
  let stride: Int
  /// Level minus mean where the pixel counts, 0 elsewhere.
  let weights: [Float]
  /// 1 where the pixel counts; empty when all do.
  let mask: [Float]
  let count: Float
  /// The root of the sum of squared weights.
  let norm: Float

  init(_ luma: Plane, mask plane: Plane?) {
    let soft = SoftPlane(luma)
    width = soft.width
    height = soft.height
    stride = (soft.width + 3) / 4 * 4
    let counting = soft.samples.indices.map {
      plane.map { $0.samples } == nil || plane?.samples[$0] == 255
    }
    let values = soft.samples.indices.filter { counting[$0] }.map { soft.samples[$0] }
    count = Float(values.count)
    let mean = values.reduce(0, +) / max(1, count)
    norm = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    var weights = [Float](repeating: 0, count: stride * soft.height)
    var mask = weights
    for y in 0..<soft.height {
      for x in 0..<soft.width where counting[y * soft.width + x] {
        weights[y * stride + x] = soft.samples[y * soft.width + x] - mean
        mask[y * stride + x] = 1
      }
    }
    self.weights = weights
    self.mask = values.count == soft.samples.count ? [] : mask
  }
}

/// The normalised correlation of a coarse template with each place of a part of a soft plane.
struct CoarseMap {
  let columns: Int
  let rows: Int
  /// −1…1 a place; places where nothing stands out have 0.
  private(set) var scores: [Float]

  /// Correlates at every place where the template lies in an area of the plane.
  ///
  /// - Precondition: the template fits into the area, the area lies in the plane.
  init(_ template: CoarseTemplate, _ plane: SoftPlane, in area: PixelRect) {
    columns = area.width - template.width + 1
    rows = area.height - template.height + 1
    scores = [Float](repeating: 0, count: columns * rows)
    var products = scores
    Self.correlate(template.weights, template, plane, area, &products, columns, rows)
    var sums = [Float](repeating: 0, count: columns * rows)
    var squares = sums
    if template.mask.isEmpty {
      Self.boxSums(template, plane, area, &sums, &squares, columns, rows)
    } else {
      Self.correlate(template.mask, template, plane, area, &sums, columns, rows)
      let squared = SoftPlane(squaring: plane)
      Self.correlate(template.mask, template, squared, area, &squares, columns, rows)
    }
    let (count, norm) = (template.count, template.norm)
    let least = count * 0.5
    for at in scores.indices {
      let variance = squares[at] - sums[at] * sums[at] / count
      scores[at] = variance > least ? products[at] / (norm * variance.squareRoot()) : 0
    }
  }

  /// Adds up the plane under a kernel of the template's size, at each place.
  private static func correlate(
    _ kernel: [Float], _ shape: CoarseTemplate, _ plane: SoftPlane, _ area: PixelRect,
    _ out: inout [Float], _ columns: Int, _ rows: Int
  ) {
    // Four taps are taken at a time; the last ones may reach past the row's end.
    let padded = plane.samples + [0, 0, 0, 0]
    out.withUnsafeMutableBufferPointer { out in
      padded.withUnsafeBufferPointer { samples in
        kernel.withUnsafeBufferPointer { kernel in
          guard let out = out.baseAddress, let samples = samples.baseAddress else { return }
          for row in 0..<rows {
            let target = out + row * columns
            for ty in 0..<shape.height {
              let line = samples + ((area.y + row + ty) * plane.width + area.x)
              for tx in Swift.stride(from: 0, to: shape.width, by: 4) {
                let at = ty * shape.stride + tx
                let (a, b, c, d) = (kernel[at], kernel[at + 1], kernel[at + 2], kernel[at + 3])
                let from = line + tx
                for x in 0..<columns {
                  target[x] +=
                    (a * from[x] + b * from[x &+ 1]) + (c * from[x &+ 2] + d * from[x &+ 3])
                }
              }
            }
          }
        }
      }
    }
  }

  /// The sums of levels and of their squares under the template's box, at each place.
  private static func boxSums(
    _ shape: CoarseTemplate, _ plane: SoftPlane, _ area: PixelRect, _ sums: inout [Float],
    _ squares: inout [Float], _ columns: Int, _ rows: Int
  ) {
    // Doubles keep the running sums exact: levels are multiples of a sixteenth.
    var column = [Double](repeating: 0, count: area.width)
    var columnSquares = column
    for row in 0..<rows {
      let first = row == 0 ? 0 : row + shape.height - 1
      for y in first..<(row + shape.height) {
        let line = (area.y + y) * plane.width + area.x
        for x in 0..<area.width {
          let value = Double(plane.samples[line &+ x])
          column[x] += value
          columnSquares[x] += value * value
        }
      }
      if row > 0 {
        let line = (area.y + row - 1) * plane.width + area.x
        for x in 0..<area.width {
          let value = Double(plane.samples[line &+ x])
          column[x] -= value
          columnSquares[x] -= value * value
        }
      }
      var (sum, square) = (0.0, 0.0)
      for x in 0..<area.width {
        sum += column[x]
        square += columnSquares[x]
        if x >= shape.width {
          sum -= column[x - shape.width]
          square -= columnSquares[x - shape.width]
        }
        if x >= shape.width - 1 {
          let at = row * columns + x - shape.width + 1
          // Centred on the mean of the whole, so that single precision is enough.
          sums[at] = Float(sum)
          squares[at] = Float(square)
        }
      }
    }
  }

  /// The highest places, each higher than its eight neighbours, best first.
  func peaks(atLeast least: Float, keeping most: Int) -> [(x: Int, y: Int, score: Float)] {
    var peaks: [(x: Int, y: Int, score: Float)] = []
    for y in 0..<rows {
      for x in 0..<columns {
        let score = scores[y &* columns &+ x]
        if score < least { continue }
        var isPeak = true
        search: for ny in max(0, y - 1)...min(rows - 1, y + 1) {
          for nx in max(0, x - 1)...min(columns - 1, x + 1) {
            let other = scores[ny &* columns &+ nx]
            if other > score || (other == score && (ny, nx) < (y, x)) {
              isPeak = false
              break search
            }
          }
        }
        if isPeak { peaks.append((x, y, score)) }
      }
    }
    return Array(peaks.sorted { ($1.score, $0.y, $0.x) < ($0.score, $1.y, $1.x) }.prefix(most))
  }
}

extension SoftPlane {
  /// A plane of squared levels.
  fileprivate init(squaring plane: SoftPlane) {
    width = plane.width
    height = plane.height
    samples = plane.samples.map { $0 * $0 }
  }
}
