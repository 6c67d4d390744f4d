import Frames

/// Looks at differences in small squares, each for itself, and finds the worst.
///
/// Three measures, each in units of what can be explained, so that 1 is the limit:
/// - *stroke*: the sum of the differences over three by three pixels. Strokes that are there or not
///   add up; what compression and a shift leave swings about zero.
/// - *structure*: the variance of the differences over six by six pixels.
/// - *level*: the mean of the differences over six by six pixels.
struct SquareScan {
  /// How much each measure may reach.
  struct Limits {
    /// How many deviations of what is explained a stroke's sum may reach.
    var stroke: Float
    /// What is allowed to each pixel of a stroke besides, in levels.
    var slack: Float
    /// How often the variance that is explained a square may show.
    var structure: Float
    /// How far a square's mean may lie off, in levels.
    var level: Float
  }

  /// What a measure found.
  struct Finding {
    /// The measure, in units of its limit.
    var excess: Float = 0
    /// Where, in samples of the planes.
    var square = PixelRect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The worst of each measure.
  private(set) var stroke = Finding()
  private(set) var structure = Finding()
  private(set) var level = Finding()

  /// The side of a cell; a large square is two by two cells.
  private static let cell = 3

  /// Looks at all squares.
  ///
  /// - Parameters:
  ///   - rest: the differences.
  ///   - allowed: the variance that is explained at each place; negative where nothing is compared.
  ///   - width: samples a row.
  ///   - limits: how much is too much.
  init(rest: [Float], allowed: [Float], width: Int, limits: Limits) {
    let height = rest.count / max(1, width)
    if width < Self.cell || height < Self.cell { return }
    scanStrokes(rest, allowed, width, height, limits)
    scanSquares(rest, allowed, width, height, limits)
  }

  /// The worst of all measures.
  var worst: Finding {
    [stroke, structure, level].max { $0.excess < $1.excess } ?? level
  }

  private mutating func scanStrokes(
    _ rest: [Float], _ allowed: [Float], _ width: Int, _ height: Int, _ limits: Limits
  ) {
    // Sums over three rows, then over three columns of these; nothing counts as nothing.
    var sums = [Float](repeating: 0, count: width)
    var variances = sums
    let (limit, slack) = (limits.stroke * limits.stroke, 81 * limits.slack * limits.slack)
    for y in 0...(height - 3) {
      for x in 0..<width {
        let (a, b, c) = (y &* width &+ x, (y &+ 1) &* width &+ x, (y &+ 2) &* width &+ x)
        let (p, q, r) = (allowed[a], allowed[b], allowed[c])
        sums[x] = (p < 0 ? 0 : rest[a]) + (q < 0 ? 0 : rest[b]) + (r < 0 ? 0 : rest[c])
        variances[x] = max(0, p) + max(0, q) + max(0, r)
      }
      for x in 0...(width - 3) {
        let sum = sums[x] + sums[x &+ 1] + sums[x &+ 2]
        let variance = variances[x] + variances[x &+ 1] + variances[x &+ 2]
        let excess = sum * sum / (limit * variance + slack)
        if excess > stroke.excess {
          stroke = Finding(excess: excess, square: PixelRect(x: x, y: y, width: 3, height: 3))
        }
      }
    }
  }

  private struct Sums {
    var count: Float = 0
    var rest: Float = 0
    var squares: Float = 0
    var allowed: Float = 0

    static func += (a: inout Sums, b: Sums) {
      a.count += b.count
      a.rest += b.rest
      a.squares += b.squares
      a.allowed += b.allowed
    }
  }

  private mutating func scanSquares(
    _ rest: [Float], _ allowed: [Float], _ width: Int, _ height: Int, _ limits: Limits
  ) {
    let cell = Self.cell
    let (columns, rows) = ((width + cell - 1) / cell, (height + cell - 1) / cell)
    var cells = [Sums](repeating: Sums(), count: columns * rows)
    for y in 0..<height {
      for x in 0..<width {
        let place = y &* width &+ x
        if allowed[place] < 0 { continue }
        let at = (y / cell) &* columns &+ x / cell
        cells[at].count += 1
        cells[at].rest += rest[place]
        cells[at].squares += rest[place] * rest[place]
        cells[at].allowed += allowed[place]
      }
    }
    for row in 0..<max(1, rows - 1) {
      for column in 0..<max(1, columns - 1) {
        var sums = cells[row * columns + column]
        if column + 1 < columns { sums += cells[row * columns + column + 1] }
        if row + 1 < rows { sums += cells[(row + 1) * columns + column] }
        if row + 1 < rows && column + 1 < columns {
          sums += cells[(row + 1) * columns + column + 1]
        }
        if sums.count < Float(cell * cell) { continue }
        let square = PixelRect(x: column * cell, y: row * cell, width: 2 * cell, height: 2 * cell)
        let mean = sums.rest / sums.count
        let variance = (sums.squares - sums.rest * mean) / (sums.allowed * limits.structure)
        if variance > structure.excess { structure = Finding(excess: variance, square: square) }
        // The mean of correlated samples still carries part of the noise.
        let tolerance =
          limits.level * limits.level + 16 * sums.allowed / (sums.count * sums.count)
        let offset = mean * mean / tolerance
        if offset > level.excess { level = Finding(excess: offset, square: square) }
      }
    }
  }
}
