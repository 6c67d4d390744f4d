import RunJournal

/// The limit of a statistic that labelled pairs would choose, the others staying as they are.
struct FittedLimit {
  /// The normalised residuals that are as good as each other: the most matches are found, and no more
  /// of the others than may be.
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
    range = curve.thresholds(withAtMost: (most ?? count + 1) - 1)
  }

  /// The limit: the one in use where that is as good, and else the middle of those that are.
  var limit: Double? {
    guard let range else { return nil }
    if range.contains(1) { return 1 }
    return range.upperBound.isFinite
      ? (range.lowerBound * range.upperBound).squareRoot() : range.lowerBound
  }
}
