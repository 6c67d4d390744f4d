import Commands
import ExpectedVerdicts
import RunJournal

/// What worlds came to: counts, deviations, and which bounds are broken.
struct WorldReport {
  /// The worlds that were played, each with what came of it.
  var played: [(world: World, record: WorldRecord)]

  /// Whether a bound is proven broken.
  var isBroken: Bool {
    WorldMiss.allCases.contains { miss in
      let (misses, runs) = count(miss)
      return miss.isBroken(misses: misses, of: runs)
    }
  }

  private func count(_ miss: WorldMiss) -> (misses: Int, runs: Int) {
    let concerned = played.filter { miss.concerns($0.record) }
    return (concerned.count { $0.record.miss == miss }, concerned.count)
  }

  /// The report for people.
  var lines: [String] {
    var lines = ["What there was, and what runs said of it:", Self.header]
    for kind in WorldTruth.Kind.allCases {
      let all = played.filter { $0.record.kind == kind }.map(\.record)
      switch kind {
      case .healthy, .fault: lines += row(kind.rawValue, all)
      case .defect, .both:
        lines += row("\(kind.rawValue), sure to show", all.filter(\.isSure))
        lines += row("\(kind.rawValue), may not show", all.filter { !$0.isSure })
      }
    }
    lines += ["", "By scenario:", Self.header]
    for scenario in World.scenarios.map(\.name) {
      let all = played.filter { $0.world.scenario == scenario }.map(\.record)
      lines += row("\(scenario), healthy", all.filter { $0.kind == .healthy })
      lines += row("\(scenario), flawed", all.filter { $0.kind != .healthy })
    }
    lines += ["", "By flaw, alone or with another:", Self.header]
    for flaw in WorldFlaw.defects + WorldFlaw.faults {
      lines += row(flaw, played.map(\.record).filter { $0.flaws.contains(flaw) })
    }
    return lines + deviations + ["", "Bounds:"] + bounds
  }

  private static let width = 36
  private static let header =
    "".padded(to: width)
    + ["runs", "passed", "failed", "errored", "wrong"].map { $0.leftPadded(to: 9) }.joined()
    + "   wrong, 95 % interval"

  /// A line of a table; none where nothing was played.
  private func row(_ name: String, _ records: [WorldRecord]) -> [String] {
    if records.isEmpty { return [] }
    let wrong = records.count { $0.miss != nil }
    let counts =
      [records.count]
      + [Verdict.passed, .failed, .errored].map { verdict in
        records.count { $0.verdict == verdict }
      } + [wrong]
    return [
      "  \(name)".padded(to: Self.width)
        + counts.map { "\($0)".leftPadded(to: 9) }.joined()
        + "   \(WilsonInterval(successes: wrong, trials: records.count))"
    ]
  }

  /// Every wrong verdict by its kind, with what repeats it.
  private var deviations: [String] {
    WorldMiss.allCases.flatMap { miss in
      let found = played.filter { $0.record.miss == miss }
      if found.isEmpty { return [String]() }
      return ["", "\(found.count) \(miss.words):"]
        + found.map { Self.deviation($0.world, $0.record) }
    }
  }

  /// What a run said, and the command that repeats it.
  static func deviation(_ world: World, _ record: WorldRecord) -> String {
    let place = record.step.map { " at \($0)" } ?? ""
    let cause = record.cause.map { " (\($0))" } ?? ""
    let reason = record.reason.map { ": \($0)" } ?? ""
    return """
        world \(world.index), \(record.kind.rawValue): \(record.verdict.rawValue)\(place)\(cause)\
      \(reason)
          \(world.series.commandLine(seed: world.runSeed))
      """
  }

  /// A line for each bound.
  private var bounds: [String] {
    WorldMiss.allCases.compactMap { miss in
      let (misses, runs) = count(miss)
      if runs == 0 { return nil }
      let interval = WilsonInterval(successes: misses, trials: runs)
      let state = miss.isBroken(misses: misses, of: runs) ? "BROKEN" : "not broken"
      return "  \(state): \(misses) of \(runs) \(miss.words) (95 % interval \(interval))"
    }
  }
}
