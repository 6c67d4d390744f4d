import Frames

/// Floods even grounds in a part of a picture.
struct GroundFlood {
  /// Which samples of the window were flooded.
  struct Map {
    fileprivate var marks: [Bool]
    private let window: PixelRect

    init(_ grounds: GroundFlood) {
      window = grounds.window
      marks = [Bool](repeating: false, count: window.size.area)
    }

    /// Whether a sample of the window was flooded.
    func contains(_ point: PixelPoint) -> Bool {
      marks[(point.y - window.y) * window.width + point.x - window.x]
    }
  }

  /// A ground that ends before the window does.
  struct Region {
    /// The smallest rectangle that holds it.
    let bounds: PixelRect
    /// What it was flooded as: three times the level, and how much that may differ.
    fileprivate let ground: (sum: Int16, slack: Int16)
    /// Where its samples are, row after row of the window.
    fileprivate let samples: [Int]
  }

  /// How much of its rectangle a box's ground covers at least: the rest is what stands in it. A ring
  /// around something covers less.
  private static let leastCover = 0.45
  /// How much of a column lies between the ground's ends where no corner shortens it.
  private static let leastSpan = 0.9
  /// How many of a box's columns do so at least: what compression leaves around letters may reach the
  /// edge in others.
  private static let leastStraight = 0.5
  /// How far round corners reach into a box, as a part of its height: a half circle spans nine tenths
  /// of its height from there on.
  private static let corner = 0.3

  /// Within how many pixels of a box's ground its edge is.
  private static let edgeWidth = 4
  /// How far around a seed its ground is even.
  private static let around = 2
  /// How many levels a ground may slope around a seed where there is no noise.
  private static let leastSlope = 3.0

  /// The part of the picture, at least a pixel inside it.
  let window: PixelRect
  /// The deviation of a sample from its ground by noise, in levels.
  let noise: Double

  private let raw: [Int16]
  /// Sums of three samples beside each other, and above each other.
  private let beside: [Int16]
  private let above: [Int16]

  /// - Returns: nil for a window that is too small to hold anything.
  init?(_ luma: Plane, _ window: PixelRect) {
    guard window.width > 4, window.height > 4 else { return nil }
    self.window = window
    var raw = [Int16]()
    var beside = [Int16]()
    var above = [Int16]()
    raw.reserveCapacity(window.size.area)
    beside.reserveCapacity(window.size.area)
    above.reserveCapacity(window.size.area)
    luma.samples.withUnsafeBufferPointer { samples in
      for y in window.y..<window.maxY {
        for at in (y * luma.width + window.x)..<(y * luma.width + window.maxX) {
          let here = Int16(samples[at])
          raw.append(here)
          beside.append(here + Int16(samples[at - 1]) + Int16(samples[at + 1]))
          above.append(here + Int16(samples[at - luma.width]) + Int16(samples[at + luma.width]))
        }
      }
    }
    self.raw = raw
    self.beside = beside
    self.above = above
    noise = Self.noise(of: raw, width: window.width)
  }

  /// Whether a point lies in the window, on an even ground: a flood from the slope of an edge would
  /// take parts of what lies on either side.
  func isGround(at point: PixelPoint) -> Bool {
    guard window.insetBy(Self.around).contains(point) else { return false }
    let at = (point.y - window.y) * window.width + point.x - window.x
    let slack = Int16(3 * max(Self.leastSlope, 2 * noise))
    return abs(above[at - Self.around] - above[at + Self.around]) <= slack
      && abs(beside[at - Self.around * window.width] - beside[at + Self.around * window.width])
        <= slack
  }

  /// Floods all that is like the ground around a seed.
  ///
  /// A sample belongs to it that is like it by itself and with its neighbours on either side: a rim one
  /// pixel thin keeps its contrast in one of the two averages, and noise is averaged away.
  ///
  /// - Parameters:
  ///   - seed: where it begins, in the window.
  ///   - tolerance: how many levels a sample may differ.
  ///   - flooded: what was flooded before; what is now is added.
  /// - Returns: what was flooded; nil where it reaches an end of the window.
  func flood(from seed: PixelPoint, within tolerance: Int, in flooded: inout Map) -> Region? {
    let width = window.width
    let start = (seed.y - window.y) * width + seed.x - window.x
    let ground = (beside[start] + above[start]) / 2
    let (slack, single) = (Int16(3 * tolerance), Int16(Double(tolerance) + noise))
    var region = [start]
    var next = 0
    var isOpen = false
    flooded.marks[start] = true
    while next < region.count {
      let at = region[next]
      next += 1
      let (x, y) = (at % width, at / width)
      if x == 0 || y == 0 || x == width - 1 || y == window.height - 1 {
        isOpen = true
        continue
      }
      for neighbor in [at - 1, at + 1, at - width, at + width] where !flooded.marks[neighbor] {
        guard abs(beside[neighbor] - ground) <= slack, abs(above[neighbor] - ground) <= slack,
          abs(3 * raw[neighbor] - ground) <= 3 * single
        else { continue }
        flooded.marks[neighbor] = true
        region.append(neighbor)
      }
    }
    return isOpen
      ? nil : Region(bounds: bounds(of: region), ground: (ground, slack), samples: region)
  }

  /// The largest part of a region's rectangle that all its edges are outside of, round corners too; nil
  /// where the region is no box.
  func inside(of region: Region) -> PixelRect? {
    let bounds = region.bounds
    guard Double(region.samples.count) >= Self.leastCover * Double(bounds.size.area),
      hasSides(region)
    else { return nil }
    // How far down and up the ground goes in each column.
    var tops = [Int](repeating: bounds.maxY, count: bounds.width)
    var ends = [Int](repeating: bounds.y, count: bounds.width)
    for sample in region.samples {
      let column = sample % window.width + window.x - bounds.x
      let row = sample / window.width + window.y
      tops[column] = min(tops[column], row)
      ends[column] = max(ends[column], row + 1)
    }
    let whole = Self.leastSpan * Double(bounds.height)
    let full = tops.indices.filter { Double(ends[$0] - tops[$0]) >= whole }
    guard Double(full.count) >= Self.leastStraight * Double(bounds.width), let first = full.first,
      let last = full.last
    else { return nil }
    let corner = Int(Self.corner * Double(bounds.height) + 1)
    let left = min(first, corner)
    let right = max(last, bounds.width - 1 - corner)
    let top = full.map { tops[$0] }.sorted()[full.count * 9 / 10]
    let end = full.map { ends[$0] }.sorted()[full.count / 10]
    let inside = PixelRect(
      x: bounds.x + left, y: top, width: right - left + 1, height: end - top)
    return inside.insetBy(1)
  }

  /// Whether the ground ends at all four sides: noise may end a flood in the middle of its ground.
  private func hasSides(_ region: Region) -> Bool {
    let bounds = region.bounds
    let rows = (bounds.y + bounds.height * 3 / 10)..<(bounds.maxY - bounds.height * 3 / 10)
    let columns = (bounds.x + bounds.width / 5)..<(bounds.maxX - bounds.width / 5)
    let (sum, slack) = region.ground
    /// Whether most lines across a side meet something else.
    func isSide(_ count: Int, _ steps: some Sequence<Int>, _ level: (Int, Int) -> Int16?) -> Bool {
      let meets = (0..<count).count { line in
        steps.contains { step in level(line, step).map { abs($0 - sum) > slack } ?? false }
      }
      return 2 * meets > count
    }
    func above(_ x: Int, _ y: Int) -> Int16? { value(self.above, x, y) }
    func beside(_ x: Int, _ y: Int) -> Int16? { value(self.beside, x, y) }
    let beyond = 0..<Self.edgeWidth
    return isSide(rows.count, beyond) { above(bounds.x - 1 - $1, rows.lowerBound + $0) }
      && isSide(rows.count, beyond) { above(bounds.maxX + $1, rows.lowerBound + $0) }
      && isSide(columns.count, beyond) { beside(columns.lowerBound + $0, bounds.y - 1 - $1) }
      && isSide(columns.count, beyond) { beside(columns.lowerBound + $0, bounds.maxY + $1) }
  }

  private func value(_ sums: [Int16], _ x: Int, _ y: Int) -> Int16? {
    guard window.contains(PixelPoint(x: x, y: y)) else { return nil }
    return sums[(y - window.y) * window.width + x - window.x]
  }

  private func bounds(of samples: [Int]) -> PixelRect {
    var (left, right, top, end) = (window.width, 0, window.height, 0)
    for sample in samples {
      left = min(left, sample % window.width)
      right = max(right, sample % window.width)
      top = min(top, sample / window.width)
      end = max(end, sample / window.width)
    }
    return PixelRect(
      x: window.x + left, y: window.y + top, width: right - left + 1, height: end - top + 1)
  }

  /// How far apart samples are compared for noise: compression makes neighbours alike.
  private static let noiseLag = 4

  /// The deviation of noise by the median of the differences of samples near each other, which edges
  /// and letters hardly move (Rousseeuw and Croux 1993: 1.48 times the median deviation).
  private static func noise(of samples: [Int16], width: Int) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    var total = 0
    for at in samples.indices.dropLast(noiseLag) where at % width < width - noiseLag {
      counts[Int(abs(samples[at + noiseLag] - samples[at]))] += 1
      total += 1
    }
    var below = 0
    for (difference, count) in counts.enumerated() {
      if 2 * (below + count) > total {
        // Within a level, by its share: whole levels alone would make noise come in steps.
        let median = Double(difference) - 0.5 + Double(total - 2 * below) / Double(2 * count)
        return max(0, median) * 1.48 / 2.0.squareRoot()
      }
      below += count
    }
    return 0
  }
}
