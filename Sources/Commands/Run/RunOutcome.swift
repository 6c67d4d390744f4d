import OrderedJSON
import RunJournal
import RunSessions

extension Verdict {
  /// What the program ends with after a run of this verdict.
  var outcome: CommandOutcome {
    switch self {
    case .passed: .passed
    case .failed: .failed
    case .errored: .errored
    case .aborted: .interrupted
    }
  }
}

extension RunResult {
  /// What the program ends with, were this the only run: a run without its reports is no success,
  /// since whoever waits for them would take an older one's.
  var outcome: CommandOutcome {
    hasReports ? end.verdict.outcome : end.verdict.outcome.worse(.errored)
  }

  /// The object that `gantry run --json` prints.
  var json: JSONValue {
    .object([
      .init("run", .string(start.wall.runID)), .init("scenario", .string(start.scenario.name)),
      .init("rig", .string(start.rig.name)), .init("model", .string(start.model.name)),
      .init("seed", .int(start.seed)), .init("verdict", .string(end.verdict.rawValue)),
      .init("step", .optional(end.step)), .init("reason", .optional(end.reason)),
      .init("cause", .optional(end.cause?.code)), .init("part", .optional(end.cause?.part)),
      .init("errno", end.cause?.errno.map { .int($0) } ?? .null),
      .init("skipped", .strings(end.skipped)), .init("tested", end.tested?.json ?? .null),
      .init("recorderSeconds", .decimal(end.recorderSeconds, digits: 3)),
      .init("wallSeconds", .decimal(end.wallSeconds, digits: 3)),
      .init("folder", .string(folder)),
      .init("retryOf", .optional(start.wall.retry?.of)),
      .init("booked", booking.map { .bool($0 == .booked) } ?? .null),
    ])
  }
}
