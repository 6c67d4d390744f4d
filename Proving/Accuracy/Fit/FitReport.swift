import OrderedJSON
import RunJournal

/// What labelled pairs say of the limits: the distributions of both kinds, the limits that they would
/// choose, and what these come to among other pairs.
struct FitReport {
  /// The pairs by which limits are chosen.
  let fitted: [MeasuredPair]
  /// The pairs by which they are counted.
  let counted: [MeasuredPair]
  /// The largest rate of false matches that may be, 0…1.
  let bound: Double

  /// The report, line by line.
  var lines: [String] {
    var lines = [
      "fitted by \(Self.words(fitted)), counted by \(Self.words(counted))", "",
    ]
    for statistic in FitStatistic.allCases { lines += self.lines(of: statistic) }
    return lines + linesOfAll
  }

  private static func words(_ pairs: [MeasuredPair]) -> String {
    "\(pairs.count { $0.isMatch }) matches and \(pairs.count { !$0.isMatch }) others"
  }

  private func lines(of statistic: FitStatistic) -> [String] {
    func values(_ isMatch: Bool) -> [Double] {
      fitted.filter { $0.isMatch == isMatch }.compactMap { $0.values[statistic] }
    }
    let (matches, others) = (values(true), values(false))
    var lines = ["\(statistic.rawValue) (\(statistic.limit))"]
    if matches.isEmpty || others.isEmpty { return lines + ["  nothing was measured", ""] }
    lines += Self.distributions(Distribution(matches), Distribution(others))
    let alone = ROCCurve(matches: matches, others: others)
    // What others reject no limit of this one can save, and need not reject.
    let beside = curve(fitted, statistic)
    lines.append(
      "  threshold      alone: true    false    with the others' limits: true    false")
    for threshold in Self.thresholds {
      lines.append(
        "  " + Self.number(threshold).padded(to: 9, isNumber: true)
          + Self.shares(alone, threshold, 17) + Self.shares(beside, threshold, 30))
    }
    lines.append("  area under the curve: \(JSONValue.decimal(alone.area, digits: 4)) alone")
    return lines + verdict(beside, curve(counted, statistic)) + [""]
  }

  /// All statistics together: the score.
  private var linesOfAll: [String] {
    func curve(_ pairs: [MeasuredPair]) -> ROCCurve {
      ROCCurve(
        matches: pairs.filter(\.isMatch).map { $0.worst() },
        others: pairs.filter { !$0.isMatch }.map { $0.worst() })
    }
    let all = curve(fitted)
    var lines = ["all statistics together (limits.score \(Self.number(0.5)))"]
    lines += Self.distributions(
      Distribution(fitted.filter(\.isMatch).map { $0.worst() }),
      Distribution(fitted.filter { !$0.isMatch }.map { $0.worst() }))
    lines.append("  threshold            true    false")
    for threshold in Self.thresholds {
      lines.append(
        "  " + Self.number(threshold).padded(to: 9, isNumber: true)
          + Self.shares(all, threshold, 17))
    }
    lines.append("  area under the curve: \(JSONValue.decimal(all.area, digits: 4))")
    lines += verdict(all, curve(counted))
    for (name, pairs) in [("chosen by", fitted), ("counted by", counted)] {
      let wrong = pairs.filter { $0.isMatch == ($0.worst() > 1) }.map(\.words)
      lines.append("  wrong by the limits in use of those \(name): \(wrong.count)")
      lines += wrong.map { "    " + $0 }
    }
    return lines
  }

  /// What becomes of pairs as the limit of one statistic changes and the others' stay.
  private func curve(_ pairs: [MeasuredPair], _ statistic: FitStatistic) -> ROCCurve {
    func values(_ isMatch: Bool) -> [Double] {
      pairs.filter { $0.isMatch == isMatch }.map {
        $0.worst(without: statistic) > 1 ? .infinity : $0.values[statistic] ?? 0
      }
    }
    return ROCCurve(matches: values(true), others: values(false))
  }

  /// The limit in use and the one that would be chosen, with what they come to.
  private func verdict(_ fitted: ROCCurve, _ counted: ROCCurve) -> [String] {
    let choice = FittedLimit(fitted, bound: bound)
    var lines = ["  in use: 1, \(Self.rates(fitted, 1)); counted: \(Self.rates(counted, 1))"]
    let most = "\(JSONValue.decimal(100 * bound, digits: 2)) %"
    guard let range = choice.range, let limit = choice.limit else {
      let isTold = WilsonInterval(successes: 0, trials: fitted.otherCount).high <= bound
      return lines + [
        isTold
          ? "  chosen: none, as no limit has at most \(most) false matches"
          : "  chosen: none, as \(fitted.otherCount) others are too few to tell \(most)"
      ]
    }
    let high = range.upperBound.isFinite ? Self.number(range.upperBound) : "any"
    lines.append(
      "  as good, at most \(most) false: from \(Self.number(range.lowerBound)) to \(high)")
    lines.append(
      limit == 1
        ? "  chosen: the one in use"
        : "  chosen: \(Self.number(limit)), \(Self.rates(fitted, limit)); counted: "
          + Self.rates(counted, limit))
    return lines
  }

  private static let thresholds = [
    0.1, 0.2, 0.3, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2, 3, 5, 10, 30, 100,
  ]

  private static func distributions(_ matches: Distribution, _ others: Distribution) -> [String] {
    let heading =
      "          " + Distribution.quantiles.map { $0.name.padded(to: 9, isNumber: true) }.joined()
    func quantiles(_ name: String, _ values: Distribution) -> String {
      "  " + name.padded(to: 8)
        + Distribution.quantiles.map {
          (values.quantile($0.share).map(number) ?? "–").padded(to: 9, isNumber: true)
        }.joined() + "   of \(values.count)"
    }
    var lines = [heading, quantiles("matches", matches), quantiles("others", others)]
    for (at, end) in Distribution.steps.enumerated() {
      let name = end.isFinite ? "to \(number(end))" : "more"
      func bar(_ values: Distribution) -> String {
        let count = values.histogram[at]
        let length = (24 * Double(count) / Double(max(1, values.count))).rounded(.up)
        return "\(count)".padded(to: 6, isNumber: true) + " "
          + String(repeating: "#", count: Int(length)).padded(to: 25)
      }
      lines.append("  " + name.padded(to: 8) + "matches" + bar(matches) + "others" + bar(others))
    }
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  private static func shares(_ curve: ROCCurve, _ threshold: Double, _ width: Int) -> String {
    let count = curve.count(atMost: threshold)
    func share(_ part: Int, _ all: Int) -> String {
      "\(JSONValue.decimal(100 * Double(part) / Double(max(1, all)), digits: 2)) %"
    }
    return share(count.matches, curve.matchCount).padded(to: width, isNumber: true)
      + share(count.others, curve.otherCount).padded(to: 9, isNumber: true)
  }

  /// Such as `true 99.8 % (99.2 % to 100 %), false 0 of 812 (0 % to 0.5 %)`, with 95 % intervals.
  private static func rates(_ curve: ROCCurve, _ threshold: Double) -> String {
    let count = curve.count(atMost: threshold)
    func rate(_ part: Int, _ all: Int) -> String {
      "\(part) of \(all) (\(WilsonInterval(successes: part, trials: max(1, all))))"
    }
    return "true \(rate(count.matches, curve.matchCount)), "
      + "false \(rate(count.others, curve.otherCount))"
  }

  private static func number(_ value: Double) -> String {
    "\(JSONValue.decimal(value, digits: value < 10 ? 3 : 1))"
  }
}
