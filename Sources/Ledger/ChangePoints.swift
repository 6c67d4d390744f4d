import Glibc

/// Where a measurement began to be another one, from one firmware to the next.
///
/// The values stand in the order of their firmwares. The boundary between two firmwares is looked for
/// that parts the values best by their ranks (Mann and Whitney's U, with the correction for ties; Ann.
/// Math. Stat. 18, 1947); it counts if chance would part them so well once in a thousand times at most,
/// all boundaries together (Bonferroni). Then both sides are looked at in the same way. Ranks, and not
/// means: one run that hung for minutes is no change.
public struct ChangePoints: Sendable, Hashable {
  /// A boundary between two firmwares.
  public struct Point: Sendable, Hashable {
    /// The first group after the boundary, by its place in the order.
    public var group: Int
    /// The middle value before, up to the change before this one.
    public var before: Double
    /// The middle value after, up to the next change.
    public var after: Double
    /// How likely chance alone parts the values so, over all boundaries; 0…1.
    public var chance: Double
  }

  /// The changes in order.
  public private(set) var points: [Point] = []

  /// How few values a side may have: with fewer, no order of ranks is unlikely enough.
  static let fewest = 5
  /// How likely chance may be.
  static let limit = 0.001

  /// Finds the changes.
  ///
  /// - Parameter groups: the values of each firmware, firmwares in order.
  public init(in groups: [[Double]]) {
    var boundaries: [(group: Int, chance: Double)] = []
    Self.split(groups, 0..<groups.count, of: max(1, groups.count - 1), into: &boundaries)
    boundaries.sort { $0.group < $1.group }
    let edges = [0] + boundaries.map(\.group) + [groups.count]
    points = boundaries.enumerated().map { index, boundary in
      Point(
        group: boundary.group,
        before: Self.median(groups[edges[index]..<boundary.group].flatMap(\.self)),
        after: Self.median(groups[boundary.group..<edges[index + 2]].flatMap(\.self)),
        chance: boundary.chance)
    }
  }

  private static func split(
    _ groups: [[Double]], _ range: Range<Int>, of boundaries: Int,
    into found: inout [(group: Int, chance: Double)]
  ) {
    guard let best = best(groups, range) else { return }
    let chance = min(1, twoSidedTail(best.score) * Double(boundaries))
    guard chance <= limit else { return }
    found.append((best.group, chance))
    split(groups, range.lowerBound..<best.group, of: boundaries, into: &found)
    split(groups, best.group..<range.upperBound, of: boundaries, into: &found)
  }

  /// The boundary that parts the values best, with its score in standard deviations; nil where no
  /// boundary has enough values on both sides, or all values are the same.
  private static func best(
    _ groups: [[Double]], _ range: Range<Int>
  ) -> (group: Int, score: Double)? {
    let values = range.flatMap { group in groups[group].map { (group, $0) } }
    let (ranks, ties) = ranks(of: values.map(\.1))
    let count = Double(values.count)
    guard values.count >= 2 * fewest else { return nil }
    // What ties take from the variance of the sum of ranks.
    let spread = count + 1 - ties / (count * (count - 1))
    guard spread > 0 else { return nil }
    var best: (group: Int, score: Double)?
    var (left, sum, at) = (0.0, 0.0, 0)
    for boundary in range.dropFirst() {
      while at < values.count, values[at].0 < boundary {
        sum += ranks[at]
        left += 1
        at += 1
      }
      let right = count - left
      guard left >= Double(fewest), right >= Double(fewest) else { continue }
      let expected = left * (count + 1) / 2
      // The half: sums of ranks go in steps.
      let distance = max(0, (sum - expected).magnitude - 0.5)
      let score = distance / (left * right / 12 * spread).squareRoot()
      if score > best?.score ?? 0 { best = (boundary, score) }
    }
    return best
  }

  /// The rank of each value, from 1, equal ones sharing theirs; and what ties come to, Σ t³ − t.
  private static func ranks(of values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in order[start..<end] { ranks[index] = Double(start + end + 1) / 2 }
      let equal = Double(end - start)
      ties += equal * equal * equal - equal
      start = end
    }
    return (ranks, ties)
  }

  /// How likely a normal variable is so many standard deviations from its middle, on either side.
  static func twoSidedTail(_ score: Double) -> Double { erfc(score / 2.0.squareRoot()) }

  /// The middle value; 0 of none.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
