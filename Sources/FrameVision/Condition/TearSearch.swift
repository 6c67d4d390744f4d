import Frames

/// Looks for rows at which a picture is torn: what stands above goes on below, but elsewhere.
///
/// A screen's own edges end at such a row, or go on straight below it. At a tear many of them go on
/// at one and the same distance to the side, and hardly any straight: no layout looks like that.
/// Each pair of like edges, one above and one below, votes for the distance between them.
struct TearSearch {
  /// An upright edge in one row.
  private struct Edge {
    var x: Int
    /// The step of luma across it, with its sign.
    var step: Int
  }

  /// What the edges on both sides of a row say.
  private struct Vote {
    var row: Int
    /// How many edges go on elsewhere, all at the same distance.
    var moved: Int
    /// Whether this row alone is enough.
    var isSure: Bool
  }

  /// The least step that makes an edge, in levels.
  private static let leastStep = 22
  /// More edges than these are not compared; the strongest count.
  private static let mostEdges = 160
  /// The edges that must go on elsewhere at one row to call a picture torn, and at several rows
  /// together.
  private static let (fewestAtOne, fewestInAll) = (14, 20)
  /// Edges that go on at fewer places than these say nothing.
  private static let fewestToCount = 5
  /// How many rows are looked at: those where most changes, and some all over the picture.
  private static let (mostBreaks, samples) = (28, 12)
  /// How many breaks are compared in full, which costs more than to count edges.
  private static let (mostComparisons, otherComparisons) = (12, 4)
  /// How far above and below a break rows are compared: a codec smears a tear over its neighbours.
  private static let reach = 3

  private let luma: Plane

  init(_ luma: Plane) {
    self.luma = luma
  }

  /// The torn rows, from the top; empty for a whole picture.
  func tears() -> [PixelRect] {
    if luma.width < 64 || luma.height < 32 { return [] }
    let (breaks, others) = rows()
    let votes = (breaks + others).compactMap(vote)
    let compared = breaks.prefix(Self.mostComparisons) + others.prefix(Self.otherComparisons)
    let moved = compared.filter(goesOnElsewhere)
    let isTorn =
      !moved.isEmpty || votes.contains { $0.isSure }
      || votes.reduce(0) { $0 + $1.moved } >= Self.fewestInAll
    if !isTorn { return [] }
    return Set(votes.map(\.row) + moved).sorted().map {
      PixelRect(x: 0, y: $0, width: luma.width, height: 1)
    }
  }

  /// The rows worth a closer look: those that differ most from the one above, compared with other
  /// rows nearby, the strongest first; and some more for pictures that are torn in every row.
  private func rows() -> (breaks: [Int], others: [Int]) {
    let changes = (0..<luma.height).map(change)
    let inner = Self.reach..<(luma.height - Self.reach)
    var breaks: [(row: Int, weight: Int)] = []
    for row in inner where changes[row] > luma.width {
      let isPeak = changes[(row - 2)...(row + 2)].allSatisfy { $0 <= changes[row] }
      if !isPeak { continue }
      let around = changes[max(1, row - 12)..<min(luma.height, row + 13)].sorted()
      let usual = around[around.count / 2]
      if 2 * changes[row] > 3 * usual { breaks.append((row, changes[row] - usual)) }
    }
    let strongest = breaks.sorted { ($1.weight, $0.row) < ($0.weight, $1.row) }
      .prefix(Self.mostBreaks).map(\.row)
    // The middle of a picture shows most.
    let spread = (1..<Self.samples).map {
      (luma.height / 2 + $0 * luma.height / Self.samples) % luma.height
    }
    return (strongest, spread.filter { inner.contains($0) && !strongest.contains($0) })
  }

  /// Whether the picture above a row goes on below it, but far to the side.
  private func goesOnElsewhere(_ row: Int) -> Bool {
    RowShift(luma, above: row - 2, below: row).distance != nil
      || RowShift(luma, above: row - 3, below: row + 1).distance != nil
  }

  /// How much a row differs from the one above, summed up; 0 for the first.
  private func change(at row: Int) -> Int {
    if row == 0 { return 0 }
    let (a, b) = ((row - 1) * luma.width, row * luma.width)
    return luma.samples.withUnsafeBufferPointer { samples in
      var sum: Int32 = 0
      for x in 0..<luma.width {
        sum &+= abs(Int32(samples[a &+ x]) &- Int32(samples[b &+ x]))
      }
      return Int(sum)
    }
  }

  private func vote(at row: Int) -> Vote? {
    let (above, below) = (edges(in: row - 2), edges(in: row + 1))
    let fewest = min(above.count, below.count)
    if fewest < Self.fewestToCount { return nil }
    let width = luma.width
    // Whoever moves bands moves them around the edge of the picture, or leaves a hole.
    var votes = [Int](repeating: 0, count: width)
    for one in above {
      for other in below where Self.areAlike(one, other) {
        let distance = other.x - one.x
        votes[distance < 0 ? distance + width : distance] += 1
      }
    }
    // Edges lie a pixel off now and then.
    let sums = (0..<width).map { at in
      votes[at] + votes[at == 0 ? width - 1 : at - 1] + votes[at == width - 1 ? 0 : at + 1]
    }
    func distance(_ a: Int, _ b: Int) -> Int { min(abs(a - b), width - abs(a - b)) }
    guard let best = sums.indices.max(by: { sums[$0] < sums[$1] }), distance(best, 0) > 4 else {
      return nil
    }
    let straight = (-3...3).reduce(0) { max($0, sums[($1 + width) % width]) }
    // What repeats itself fits at many distances.
    let rival = sums.indices.reduce(0) {
      distance($1, best) > 3 ? max($0, sums[$1]) : $0
    }
    let moved = sums[best]
    guard moved >= Self.fewestToCount, 5 * moved >= 3 * fewest, 3 * straight <= moved,
      5 * rival <= 3 * moved
    else { return nil }
    return Vote(row: row, moved: moved, isSure: moved >= Self.fewestAtOne)
  }

  private static func areAlike(_ a: Edge, _ b: Edge) -> Bool {
    (a.step > 0) == (b.step > 0) && 4 * abs(a.step - b.step) <= max(abs(a.step), abs(b.step))
  }

  /// The steepest places of a row, from the left.
  private func edges(in row: Int) -> [Edge] {
    let start = row * luma.width
    var edges: [Edge] = []
    luma.samples.withUnsafeBufferPointer { samples in
      func step(_ x: Int) -> Int { Int(samples[start + x + 1]) - Int(samples[start + x - 1]) }
      for x in 2..<(luma.width - 2) {
        let here = step(x)
        let size = abs(here)
        if size < Self.leastStep { continue }
        let (before, after) = (step(x - 1), step(x + 1))
        let isTop =
          (abs(before) < size || (before > 0) != (here > 0))
          && (abs(after) <= size || (after > 0) != (here > 0))
        if isTop { edges.append(Edge(x: x, step: here)) }
      }
    }
    if edges.count <= Self.mostEdges { return edges }
    let strongest = edges.sorted { (abs($1.step), $0.x) < (abs($0.step), $1.x) }
    return strongest.prefix(Self.mostEdges).sorted { $0.x < $1.x }
  }
}
