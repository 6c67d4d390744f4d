import FoundationEssentials
import OrderedJSON
import RunJournal

extension Date {
  /// Such as `2026-03-01T10:15:00Z`.
  var words: String { formatted(.iso8601) }
  var json: JSONValue { .string(words) }
}

extension Double {
  /// With three digits after the point at most.
  var words: String { JSONValue.decimal(self, digits: 3).description }
}

extension VerdictCounts {
  static let columns = Verdict.allCases.map(\.rawValue) + ["killed"]

  /// A text for each of the columns.
  var texts: [String] { Verdict.allCases.map { "\(ended[$0] ?? 0)" } + ["\(killed)"] }

  /// The range in which the true share of passed runs lies, of runs that nobody stopped.
  var interval: WilsonInterval? {
    counted == 0 ? nil : WilsonInterval(successes: ended[.passed] ?? 0, trials: counted)
  }

  /// The same in words.
  var share: String { interval.map { "\($0)" } ?? "–" }

  var members: [JSONValue.Member] {
    Verdict.allCases.map { .init($0.rawValue, .int(ended[$0] ?? 0)) } + [
      .init("killed", .int(killed)),
      .init(
        "passedInterval",
        interval.map { .array([.decimal($0.low, digits: 4), .decimal($0.high, digits: 4)]) }
          ?? .null),
    ]
  }
}

extension RunTally {
  var json: JSONValue {
    .object(
      [
        .init("scenario", .string(scenario)), .init("model", .string(model)),
        .init("firmware", .optional(firmware)), .init("runs", .int(counts.runs)),
      ] + counts.members + [.init("last", last.json)])
  }
}

extension BookedRun {
  /// What became of it, told apart from a run that passed at once.
  var outcome: String {
    retryOf != nil && verdict == .passed ? "passed, retried" : verdict?.rawValue ?? "killed"
  }

  /// Why it did not pass, and where.
  var signature: String { [cause, step].compactMap(\.self).joined(separator: " at ") }

  var json: JSONValue {
    .object([
      .init("run", .string(run)), .init("scenario", .string(scenario)),
      .init("model", .string(model)), .init("rig", .string(rig)),
      .init("firmware", .optional(firmware)), .init("seed", .number(seed)),
      .init("startedAt", startedAt.json), .init("bookedAt", bookedAt.json),
      .init("verdict", .string(verdict?.rawValue ?? "killed")), .init("cause", .optional(cause)),
      .init("step", .optional(step)), .init("folder", .string(folder)),
      .init("prunedAt", prunedAt?.json ?? .null), .init("retryOf", .optional(retryOf)),
    ])
  }
}

extension FlakyRuns {
  var json: JSONValue {
    .object(
      [
        .init("scenario", scenario.json), .init("model", model.json),
        .init("firmware", .string(firmware)), .init("changes", .int(changes)),
      ]
        + [Verdict.passed, .failed, .errored].map {
          .init($0.rawValue, .int(counts.ended[$0] ?? 0))
        } + [.init("last", last.json)])
  }
}

extension LedgerEntry.Input {
  var json: JSONValue {
    .object([.init("name", .string(name)), .init("sha256", .string(digest))])
  }
}

extension Signature {
  var json: JSONValue {
    .object([
      .init("cause", .string(cause)), .init("step", .optional(step)), .init("first", first.json),
      .init("runs", .int(count)), .init("firstRun", firstRun.json),
    ])
  }
}

extension Trend.Group {
  var json: JSONValue {
    .object([
      .init("firmware", .optional(firmware)), .init("runs", .int(count)),
      .init("least", .decimal(spread.least, digits: 3)),
      .init("lowerQuartile", .decimal(spread.lowerQuartile, digits: 3)),
      .init("median", .decimal(spread.median, digits: 3)),
      .init("upperQuartile", .decimal(spread.upperQuartile, digits: 3)),
      .init("most", .decimal(spread.most, digits: 3)), .init("first", first.json),
    ])
  }
}

extension ChangePoints.Point {
  func json(firmwares: [Trend.Group]) -> JSONValue {
    .object([
      .init("firmware", .optional(firmwares[group].firmware)),
      .init("before", .decimal(before, digits: 3)), .init("after", .decimal(after, digits: 3)),
      .init("chance", .decimal(chance, digits: 9)),
    ])
  }
}
