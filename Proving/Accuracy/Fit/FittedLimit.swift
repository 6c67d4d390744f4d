import RunJournal

/// The limit of a statistic that labelled pairs would choose, the others staying as they are.
struct FittedLimit {
  /// The normalised residuals that these pairs don't tell from the best: about the most matches are
  /// found, and no more of the others than may be.
  let range: Range<Double>?

  /// Chooses.
  ///
  /// - Parameters:
  ///   - curve: what becomes of matches and others.
  ///   - bound: the largest rate of false matches, 0…1, that the 95 % interval may reach.
  init(_ curve: ROCCurve, bound: Double) {
    let count = curve.otherCount
    // Most counts are small.
    let most = (0...count).first { WilsonInterval(successes: $0, trials: count).high > bound }
    let best = curve.thresholds(withAtMost: (most ?? count + 1) - 1)
    range = best.map { best in
      // What finds a few less is as good, lest a limit follow single pairs.
      let found = curve.count(atMost: best.lowerBound).matches
      let share = WilsonInterval(successes: found, trials: curve.matchCount).low
      return curve.threshold(finding: share)..<best.upperBound
    }
  }

  /// The limit: the one in use where that is as good, and else the middle of those that are.
  var limit: Double? {
    guard let range else { return nil }
    if range.contains(1) { return 1 }
    return range.upperBound.isFinite
      ? (range.lowerBound * range.upperBound).squareRoot() : range.lowerBound
  }
}
