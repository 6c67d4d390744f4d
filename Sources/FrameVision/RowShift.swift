import Frames

/// How far a row of a picture must be moved sideways to go on in another row, where that is far and
/// certain.
///
/// Rows are compared at a quarter of their width, their mean taken away: a broken stream also loses
/// its brightness.
struct RowShift {
  /// How many columns make one cell.
  static let cell = 4
  /// The least distance that counts, in cells.
  private static let nearest = 2
  /// How often a row must go up and down, in its own range, before it can be told from a layout's
  /// few boxes.
  private static let fewestSwings = 6
  /// The least range of a row, in levels.
  private static let leastRange: Int32 = 40

  private let above: [Int32]
  private let below: [Int32]

  /// Compares two pairs of neighbouring rows.
  init(_ luma: Plane, above: Int, below: Int) {
    self.above = Self.cells(luma, above)
    self.below = Self.cells(luma, below)
  }

  /// The distance in pixels; nil where the rows go on straight, or can't be told to go on
  /// elsewhere.
  var distance: Int? {
    let count = above.count
    guard Self.isRich(above), Self.isRich(below) else { return nil }
    let reach = count / 2
    let differences = (-reach...reach).map(difference)
    let sorted = differences.sorted()
    let usual = sorted[sorted.count / 2]
    guard let best = differences.indices.min(by: { differences[$0] < differences[$1] }) else {
      return nil
    }
    let least = differences[best]
    let straight = differences[(reach - 1)...(reach + 1)].reduce(Int32.max, min)
    if abs(best - reach) < Self.nearest { return nil }
    let rival = differences.indices.reduce(Int32.max) {
      abs($1 - best) > 3 ? min($0, differences[$1]) : $0
    }
    guard 5 * least <= 2 * usual, 2 * straight >= usual, 5 * least <= 2 * straight,
      3 * least <= 2 * rival
    else { return nil }
    return (best - reach) * Self.cell
  }

  /// The mean difference with one row moved, in sixteenths of a level.
  private func difference(at shift: Int) -> Int32 {
    let count = above.count
    let (from, to) = (max(0, -shift), min(count, count - shift))
    return above.withUnsafeBufferPointer { above in
      below.withUnsafeBufferPointer { below in
        var sum: Int32 = 0
        for x in from..<to { sum &+= abs(above[x] &- below[x &+ shift]) }
        return 2 * sum / Int32(to - from)
      }
    }
  }

  /// Whether a row goes up and down so often that it fits in one place only.
  private static func isRich(_ row: [Int32]) -> Bool {
    guard let low = row.min(), let high = row.max(), high - low >= 8 * leastRange else {
      return false
    }
    var travel: Int32 = 0
    var last = row[0]
    // Small steps are noise.
    for value in row where abs(value - last) * 12 >= high - low {
      travel += abs(value - last)
      last = value
    }
    return travel >= Int32(fewestSwings) * (high - low) / 2
  }

  /// Eight times the level of each cell of two rows, less the mean.
  private static func cells(_ luma: Plane, _ row: Int) -> [Int32] {
    let count = luma.width / cell
    let second = min(row + 1, luma.height - 1)
    var cells = [Int32](repeating: 0, count: count)
    for at in 0..<count {
      for x in (at * cell)..<(at * cell + cell) {
        cells[at] += Int32(luma.samples[row * luma.width + x])
        cells[at] += Int32(luma.samples[second * luma.width + x])
      }
    }
    let mean = cells.reduce(0, +) / Int32(count)
    return cells.map { $0 - mean }
  }
}
