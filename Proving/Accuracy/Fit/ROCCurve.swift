/// What becomes of true and false matches as a threshold grows (receiver operating characteristic).
struct ROCCurve: Sendable {
  /// The residuals of pairs that match, in order.
  private let matches: [Double]
  /// The residuals of pairs that don't, in order.
  private let others: [Double]
  /// How many pairs that match there are, with those that no threshold makes a match.
  let matchCount: Int
  /// How many pairs that don't.
  let otherCount: Int

  /// Takes residuals.
  ///
  /// - Parameters:
  ///   - matches: of pairs that match; infinite where something else rejects them.
  ///   - others: of pairs that don't.
  init(matches: [Double], others: [Double]) {
    (matchCount, otherCount) = (matches.count, others.count)
    self.matches = matches.filter(\.isFinite).sorted()
    self.others = others.filter(\.isFinite).sorted()
  }

  /// How many matches and others a threshold takes for matches.
  func count(atMost threshold: Double) -> (matches: Int, others: Int) {
    (Self.count(matches, threshold), Self.count(others, threshold))
  }

  private static func count(_ sorted: [Double], _ threshold: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The area under the curve: how often a match has the smaller residual of two pairs, one of each
  /// kind; a half where both are equal.
  var area: Double {
    var sum = 0.0
    for value in matches {
      let (below, atMost) = (Self.count(others, value.nextDown), Self.count(others, value))
      sum += Double(otherCount - atMost) + Double(atMost - below) / 2
    }
    return sum / Double(max(1, matchCount * otherCount))
  }

  /// The smallest threshold that finds a share of the matches, which some threshold does.
  func threshold(finding share: Double) -> Double {
    let count = Int((share * Double(matchCount)).rounded(.up))
    return count < 1 ? 0 : matches[min(count, matches.count) - 1]
  }

  /// The thresholds with the most true matches of those whose false matches are no more than so many:
  /// from the last match to the first pair too many; nil where even the smallest has too many.
  func thresholds(withAtMost most: Int) -> Range<Double>? {
    if most < 0 { return nil }
    let high = most < others.count ? others[most] : .infinity
    let low = matches.last { $0 < high } ?? 0
    return low..<high
  }
}
