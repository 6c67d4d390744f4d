import CPixels
public import Frames

extension Frame {
  /// Where this picture differs from an earlier one beyond noise, as rectangles.
  ///
  /// - Parameters:
  ///   - earlier: a frame of the same size.
  ///   - region: where to look; nil for the whole frame.
  ///   - ignored: places that don't count, such as the pointer.
  /// - Returns: rectangles around what changed, in reading order; the whole frame when the sizes
  ///   differ.
  public func changes(
    since earlier: Frame, in region: PixelRect? = nil, ignoring ignored: [PixelRect] = []
  ) -> [PixelRect] {
    if earlier.size != size { return [bounds] }
    return ChangeMap(from: earlier, to: self, in: region).regions(ignoring: ignored)
  }

  /// Whether a region shows the same in both frames, but for noise.
  public func isStill(
    since earlier: Frame, in region: PixelRect? = nil, ignoring ignored: [PixelRect] = []
  ) -> Bool {
    changes(since: earlier, in: region, ignoring: ignored).isEmpty
  }
}

/// How much two frames of one size differ, tile by tile.
public struct ChangeMap: Sendable {
  /// The side of the tiles in which changes are looked for, in pixels.
  public static let tileSide = 8

  /// Where was looked.
  public let area: PixelRect
  /// Squares a row; those at the right and lower edge may be cut.
  public let columns: Int
  /// Rows of tiles.
  public let rows: Int
  /// How much each tile changed, row after row: from 1 on it is more than noise.
  public let weights: [Float]
  /// What the quietest tiles differ by, in levels: the noise, where enough of them stand still.
  let noise: Float

  /// What a tile's mean difference may be without a change, in levels: the mean of the absolute
  /// differences, and that of the differences themselves, where noise goes both ways.
  private static let (absolute, signed): (Float, Float) = (12, 8)
  /// The limits where pictures are noisy, as multiples of what the quietest tiles show.
  private static let (noisyAbsolute, noisySigned): (Float, Float) = (1.6, 0.9)
  /// From what weight on, or in what number, tiles are a change for sure.
  private static let (sureWeight, sureCount): (Float, Int) = (2, 12)
  /// More than this is no noise, in levels.
  private static let mostNoise: Float = 18

  /// Compares two frames.
  ///
  /// - Parameters:
  ///   - earlier: the frame before.
  ///   - later: a frame of the same size.
  ///   - region: where to look; nil for the whole frame.
  /// - Precondition: both frames have one size.
  public init(from earlier: Frame, to later: Frame, in region: PixelRect? = nil) {
    precondition(earlier.size == later.size, "only frames of one size can be compared")
    area = (region ?? later.bounds).intersection(later.bounds)
    columns = (area.width + Self.tileSide - 1) / Self.tileSide
    rows = (area.height + Self.tileSide - 1) / Self.tileSide
    var sums = TileSums(columns: columns, rows: rows)
    if area.isEmpty {
      (weights, noise) = ([], 0)
      return
    }
    sums.add(earlier.luma, later.luma, in: area, tile: PixelSize(width: 8, height: 8))
    noise = min(Self.mostNoise, sums.quietest)
    let absolute = max(Self.absolute, Self.noisyAbsolute * noise)
    let signed = max(Self.signed, Self.noisySigned * noise)
    var weights = [Float](repeating: 0, count: columns * rows)
    sums.raise(&weights, absolute, signed)
    // Another colour of the same lightness is a change, too.
    if earlier.cb.size == later.cb.size {
      for (before, after) in [(earlier.cb, later.cb), (earlier.cr, later.cr)] {
        let (stepX, stepY) = (later.chromaStepX, later.chromaStepY)
        var colors = TileSums(columns: columns, rows: rows)
        let part = PixelRect(
          x: area.x / stepX, y: area.y / stepY,
          width: (area.maxX + stepX - 1) / stepX - area.x / stepX,
          height: (area.maxY + stepY - 1) / stepY - area.y / stepY)
        colors.add(
          before, after, in: part, tile: PixelSize(width: 8 / stepX, height: 8 / stepY))
        colors.raise(&weights, absolute, signed)
      }
    }
    self.weights = weights
  }

  /// The tile at a column and row, in pixels of the frame.
  public func tile(_ column: Int, _ row: Int) -> PixelRect {
    PixelRect(
      x: area.x + column * Self.tileSide, y: area.y + row * Self.tileSide, width: Self.tileSide,
      height: Self.tileSide
    ).intersection(area)
  }

  /// Rectangles around what changed, in reading order.
  public func regions(ignoring ignored: [PixelRect] = []) -> [PixelRect] {
    if weights.isEmpty { return [] }
    if weights.allSatisfy({ $0 <= 1 }) { return [] }
    var changed = weights.map { $0 > 1 }
    for box in ignored.map({ $0.intersection(area) }) where !box.isEmpty {
      for row in ((box.y - area.y) / Self.tileSide)...((box.maxY - 1 - area.y) / Self.tileSide) {
        for column in ((box.x - area.x) / Self.tileSide)...((box.maxX - 1 - area.x) / Self.tileSide)
        {
          changed[row * columns + column] = false
        }
      }
    }
    return Self.groups(of: changed, columns: columns).compactMap { group in
      isSure(group, changed)
        ? tile(group.x, group.y).union(tile(group.maxX - 1, group.maxY - 1)) : nil
    }
  }

  /// Whether a group of tiles is no accident of a codec, which alters a few tiles of a busy
  /// picture a little: it is large, or one of them changed a lot.
  private func isSure(_ group: PixelRect, _ changed: [Bool]) -> Bool {
    var count = 0
    for row in group.y..<group.maxY {
      for at in (row * columns + group.x)..<(row * columns + group.maxX) where changed[at] {
        count += 1
        if weights[at] > Self.sureWeight || count >= Self.sureCount { return true }
      }
    }
    return false
  }

  /// Joins neighbouring tiles (also over one tile's gap) into rectangles, in reading order.
  static func groups(of changed: [Bool], columns: Int) -> [PixelRect] {
    if columns == 0 { return [] }
    // Tiles that each cover the next column and row, too, touch where one is missing between
    // them, and not where two are.
    let (width, rows) = (columns + 1, changed.count / columns)
    var grown = [UInt8](repeating: 0, count: width * (rows + 1))
    for row in 0..<rows {
      for column in 0..<columns where changed[row * columns + column] {
        let at = row * width + column
        (grown[at], grown[at + 1], grown[at + width], grown[at + width + 1]) = (1, 1, 1, 1)
      }
    }
    return ComponentLabeling.components(in: grown, width: width, bit: 1).map {
      PixelRect(x: $0.box.x, y: $0.box.y, width: $0.box.width - 1, height: $0.box.height - 1)
    }
  }
}

/// The mean differences of two planes in each tile.
private struct TileSums {
  let columns: Int
  let rows: Int
  /// The mean of the absolute differences, in levels.
  private(set) var absolutes: [Float]
  /// The mean of the differences, in levels.
  private(set) var means: [Float]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    absolutes = [Float](repeating: 0, count: columns * rows)
    means = absolutes
  }

  /// What a fifth of the tiles stay below, in levels: the noise, as long as so much stands still.
  /// Small areas may have changed as a whole; nothing is said of their noise.
  var quietest: Float {
    if absolutes.count < 400 { return 0 }
    var histogram = [Int32](repeating: 0, count: 256)
    pixels_count_steps(absolutes, absolutes.count, 8, &histogram)
    var left = absolutes.count / 5
    for (step, count) in histogram.enumerated() {
      left -= Int(count)
      if left < 0 { return Float(step + 1) / 8 }
    }
    return 32
  }

  /// Fills in the differences between two planes; tiles are counted from the area's corner.
  mutating func add(_ before: Plane, _ after: Plane, in area: PixelRect, tile: PixelSize) {
    let start = area.y * after.width + area.x
    before.samples.withUnsafeBufferPointer { before in
      after.samples.withUnsafeBufferPointer { later in
        guard let before = before.baseAddress, let later = later.baseAddress else { return }
        pixels_tile_differences(
          before + start, later + start, after.width, Int32(area.width), Int32(area.height),
          Int32(tile.width), Int32(tile.height), Int32(columns), Int32(rows), &absolutes, &means)
      }
    }
  }

  /// Raises weights to what the differences are of their limits.
  func raise(_ weights: inout [Float], _ absolute: Float, _ signed: Float) {
    let (one, other) = (1 / absolute, 1 / signed)
    weights.withUnsafeMutableBufferPointer { weights in
      absolutes.withUnsafeBufferPointer { absolutes in
        means.withUnsafeBufferPointer { means in
          for at in 0..<weights.count {
            let weight = max(absolutes[at] * one, abs(means[at]) * other)
            weights[at] = max(weights[at], weight)
          }
        }
      }
    }
  }
}
