import CPixels
import Frames

/// How far a row of a picture must be moved sideways to go on in another row, where that is far and
/// certain.
///
/// Rows are compared at a quarter of their width, their mean taken away: a broken stream also loses
/// its brightness.
struct RowShift {
  /// How many columns make one tile.
  private static let tile = 4
  /// The least distance that counts, in tiles.
  private static let nearest = 2
  /// How often a row must go up and down, in its own range, before it can be told from a layout's
  /// few boxes.
  private static let fewestSwings = 6
  /// The least range of a row, in levels.
  private static let leastRange = 40

  private let above: [Int16]
  private let below: [Int16]

  /// Compares two pairs of neighbouring rows.
  init(_ luma: Plane, above: Int, below: Int) {
    self.above = Self.tiles(luma, above)
    self.below = Self.tiles(luma, below)
  }

  /// The distance in pixels; nil where the rows go on straight, or can't be told to go on
  /// elsewhere.
  var distance: Int? {
    let count = above.count
    guard Self.isRich(above), Self.isRich(below) else { return nil }
    let reach = count / 2
    let differences = differences(reach: reach)
    guard let best = differences.indices.min(by: { differences[$0] < differences[$1] }) else {
      return nil
    }
    let least = differences[best]
    let straight = differences[(reach - 1)...(reach + 1)].reduce(Int32.max, min)
    if abs(best - reach) < Self.nearest || 5 * least > 2 * straight { return nil }
    let rival = differences.indices.reduce(Int32.max) {
      abs($1 - best) > 3 ? min($0, differences[$1]) : $0
    }
    if 3 * least > 2 * rival { return nil }
    let usual = differences.sorted()[differences.count / 2]
    guard 5 * least <= 2 * usual, 2 * straight >= usual else { return nil }
    return (best - reach) * Self.tile
  }

  /// The mean differences with one row moved to the left and to the right, in sixteenths of a
  /// level.
  private func differences(reach: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: 2 * reach + 1) { means, count in
      pixels_row_shifts(above, below, Int32(above.count), Int32(reach), means.baseAddress)
      count = 2 * reach + 1
    }
  }

  /// Whether a row goes up and down so often that it fits in one place only.
  private static func isRich(_ row: [Int16]) -> Bool {
    guard let low = row.min().map(Int.init), let high = row.max().map(Int.init),
      high - low >= 8 * leastRange
    else { return false }
    var travel = 0
    var last = Int(row[0])
    // Small steps are noise.
    for value in row.lazy.map(Int.init) where abs(value - last) * 12 >= high - low {
      travel += abs(value - last)
      last = value
    }
    return travel >= fewestSwings * (high - low) / 2
  }

  /// Eight times the level of each tile of two rows, less the mean.
  private static func tiles(_ luma: Plane, _ row: Int) -> [Int16] {
    let size = luma.width / tile
    let second = min(row + 1, luma.height - 1)
    let tiles = [Int16](unsafeUninitializedCapacity: size) { tiles, count in
      luma.samples.withUnsafeBufferPointer { samples in
        guard let first = samples.baseAddress else { return }
        pixels_row_tiles(
          first + row * luma.width, first + second * luma.width, Int32(size), tiles.baseAddress)
      }
      count = size
    }
    let mean = Int16(tiles.reduce(0) { $0 + Int($1) } / size)
    return tiles.map { $0 - mean }
  }
}
