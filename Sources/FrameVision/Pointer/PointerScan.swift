import CPixels
import Frames

/// One pass of a drawing over a plane.
struct PointerScan {
  /// A place that looks like the drawing.
  struct Candidate: Equatable {
    /// The corner of the drawing's box.
    var origin: PixelPoint
    /// The mean difference, in luma levels, of the pixels that lie in the plane.
    var residual: Double
  }

  /// A place whose first pixels differ by more than the limit and this share of it is given up.
  private static let (early, earlyShare) = (16, 1.4)

  private let appearance: PointerAppearance
  private let plane: Plane
  private let limit: Double
  private let isFlat: Bool
  private let meanLuma: Double

  /// Prepares a pass.
  ///
  /// - Parameters:
  ///   - appearance: the drawing.
  ///   - plane: the picture's luma.
  ///   - limit: the largest mean difference of a candidate, in levels.
  init(_ appearance: PointerAppearance, over plane: Plane, limit: Double) {
    self.appearance = appearance
    self.plane = plane
    self.limit = limit
    isFlat = appearance.isFlat
    meanLuma = appearance.meanLuma
  }

  /// The candidates whose box has its corner in these columns and rows, in reading order.
  func candidates(xs: ClosedRange<Int>, ys: ClosedRange<Int>) -> [Candidate] {
    var found: [Candidate] = []
    let samples = appearance.samples
    let columns = xs.lowerBound..<(xs.upperBound + 1)
    let window = PointerWindow(plane, columns: columns, rows: ys, box: appearance.size)
    let offsets = samples.map { Int32($0.y * window.stride + $0.x) }
    let lumas = samples.map(\.luma)
    let early = min(Self.early, samples.count)
    let earlyLimit = Int32(limit * Self.earlyShare * Double(early))
    let most = Int32(limit * Double(samples.count))
    // Where the whole box lies in the plane.
    let inner = (0..<max(0, plane.width - appearance.size.width + 1)).clamped(to: columns)
    let innerRows = 0..<max(0, plane.height - appearance.size.height + 1)
    let edges = PointerEdges(samples, box: appearance.size, plane: plane.size)
    var sums = [Int32](repeating: 0, count: window.stride)
    window.samples.withUnsafeBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      for y in ys {
        let middle =
          innerRows.contains(y) ? inner : columns.upperBound..<columns.upperBound
        for (run, isInner) in [
          (columns.lowerBound..<middle.lowerBound, false), (middle, true),
          (middle.upperBound..<columns.upperBound, false),
        ] where !run.isEmpty {
          let start =
            (y - ys.lowerBound) * window.stride + run.lowerBound - columns.lowerBound
          let isAnyWithin = pixels_pointer_sums(
            first + start, Int32(run.count), offsets, lumas, Int32(samples.count),
            isInner ? Int32(early) : 0, earlyLimit, isInner ? most : .max, &sums)
          if isAnyWithin == 0 { continue }
          for (at, x) in run.enumerated() {
            let place = PixelPoint(x: x, y: y)
            let residual =
              isInner
              ? Double(sums[at]) / Double(samples.count)
              : edges.residual(Int(sums[at]), at: place)
            if let residual, residual <= limit, standsOut(at: place) {
              found.append(Candidate(origin: place, residual: residual))
            }
          }
        }
      }
    }
    return found
  }

  /// Whether a drawing of one level is told from a larger thing of that level.
  private func standsOut(at place: PixelPoint) -> Bool {
    guard isFlat else { return true }
    var alike = 0
    var count = 0
    for point in appearance.ring {
      let (x, y) = (place.x + point.x, place.y + point.y)
      guard x >= 0, y >= 0, x < plane.width, y < plane.height else { continue }
      count += 1
      if abs(Double(plane[x, y]) - meanLuma) < 28 { alike += 1 }
    }
    return alike * 10 < count * 6
  }
}

/// The part of a plane that a pass looks at, black where it leaves the plane.
private struct PointerWindow {
  /// The distance between rows, with room for a whole block of places from any one on.
  let stride: Int
  private(set) var samples: [UInt8]

  init(_ plane: Plane, columns: Range<Int>, rows: ClosedRange<Int>, box: PixelSize) {
    stride = columns.count + box.width + Int(PIXELS_POINTER_BLOCK)
    samples = [UInt8](repeating: 0, count: stride * (rows.count + box.height))
    let seen = (columns.lowerBound..<(columns.upperBound + box.width))
      .clamped(to: 0..<plane.width)
    if seen.isEmpty { return }
    for (row, y) in (rows.lowerBound..<(rows.upperBound + box.height)).enumerated()
    where y >= 0 && y < plane.height {
      let (from, to) = (y * plane.width, row * stride - columns.lowerBound)
      samples.withUnsafeMutableBufferPointer { samples in
        plane.samples.withUnsafeBufferPointer { pixels in
          for x in seen { samples[to &+ x] = pixels[from &+ x] }
        }
      }
    }
  }
}

/// What a drawing's pixels outside a plane count for, at places where its box hangs over an edge.
private struct PointerEdges {
  /// The fewest pixels that must be seen, and the share of all.
  private static let (fewest, oneIn) = (12, 5)

  private let box: PixelSize
  private let plane: PixelSize
  /// How many pixels lie left of and above a corner in the box, and how much they differ from
  /// black: one column and one row more than the box has.
  private var counts: [Int]
  private var blacks: [Int]

  init(_ samples: [PointerAppearance.Sample], box: PixelSize, plane: PixelSize) {
    self.box = box
    self.plane = plane
    let stride = box.width + 1
    counts = [Int](repeating: 0, count: stride * (box.height + 1))
    blacks = counts
    for sample in samples {
      let at = (sample.y + 1) * stride + sample.x + 1
      counts[at] = 1
      blacks[at] = min(Int(PIXELS_POINTER_CAP), Int(sample.luma))
    }
    for y in 1...box.height {
      for x in 1...box.width {
        let at = y * stride + x
        counts[at] += counts[at - 1] + counts[at - stride] - counts[at - stride - 1]
        blacks[at] += blacks[at - 1] + blacks[at - stride] - blacks[at - stride - 1]
      }
    }
  }

  /// The mean difference of the pixels that lie in the plane.
  ///
  /// - Parameters:
  ///   - sum: what all pixels differ, with black around the plane.
  ///   - place: where the box has its corner.
  /// - Returns: the mean, in levels; nil when too few pixels are seen.
  func residual(_ sum: Int, at place: PixelPoint) -> Double? {
    let seen = PixelRect(x: -place.x, y: -place.y, width: plane.width, height: plane.height)
      .intersection(PixelRect(box))
    if seen.isEmpty { return nil }
    let count = total(of: counts, in: seen)
    guard count >= Self.fewest, count * Self.oneIn >= counts.last ?? 0 else { return nil }
    let outside = (blacks.last ?? 0) - total(of: blacks, in: seen)
    return Double(sum - outside) / Double(count)
  }

  private func total(of sums: [Int], in part: PixelRect) -> Int {
    let stride = box.width + 1
    let (top, bottom) = (part.y * stride, part.maxY * stride)
    return sums[bottom + part.maxX] - sums[bottom + part.x] - sums[top + part.maxX]
      + sums[top + part.x]
  }
}
