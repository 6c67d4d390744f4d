import ExpectedVerdicts
import Frames
import OrderedJSON
import RunJournal

/// A world that was played: what came of it, and what was right.
struct WorldRecord: Sendable, Hashable {
  /// Which of the seed's worlds it is.
  var index: Int
  /// What the run said.
  var verdict: Verdict
  /// The step that decided.
  var step: String?
  /// Why it was not passed.
  var reason: String?
  /// The code of the cause, where one was told.
  var cause: String?
  /// What there was in the run.
  var kind: WorldTruth.Kind
  /// The flaws that had set in when the run ended.
  var flaws: [String]
  /// Whether it was sure to be noticed.
  var isSure: Bool
  /// Whether the verdict was one that is right.
  var isRight: Bool
  /// Whether the cause was one that is right; nil where that is not judged.
  var isRightCause: Bool?

  /// Judges what came of a world.
  ///
  /// - Parameters:
  ///   - world: the world.
  ///   - outcome: what the run said.
  ///   - journal: the run's journal.
  /// - Throws: when the run came to no verdict, or its journal has no end.
  init(_ world: World, _ outcome: Outcome, _ journal: Journal) throws(CampaignError) {
    guard let verdict = Verdict(rawValue: outcome.verdict), let last = journal.entries.last,
      journal.end != nil
    else {
      throw CampaignError(
        "\(world.series.commandLine(seed: world.runSeed)): the journal has no end")
    }
    let truth = WorldTruth(
      flaws: world.flaws, scenario: world.scenario, restartsByItself: world.restartsByItself,
      refusesInline: world.flow.refusesInline, steps: journal.stepStarts, end: last.at.seconds)
    self.index = world.index
    self.verdict = verdict
    step = outcome.step
    reason = outcome.reason
    cause = outcome.cause
    kind = truth.kind
    flaws = truth.atWork
    isSure = truth.isSure
    isRight = truth.right.contains(verdict)
    if isRight, verdict != .passed {
      isRightCause = truth.isCause(cause)
    }
  }

  /// What is wrong with it, if anything is.
  var miss: WorldMiss? {
    if isRight { return isRightCause == false ? .wrongCause : nil }
    switch (kind, verdict) {
    case (.healthy, _): return .healthyNotPassed
    case (.fault, _): return .faultFailed
    case (.defect, .passed): return .defectPassed
    case (.defect, _): return .defectErrored
    case (.both, _): return .bothPassed
    }
  }

  /// A line of the file of results.
  var json: JSONValue {
    .object(
      [
        .init("index", .int(index)), .init("verdict", .string(verdict.rawValue)),
        .init("kind", .string(kind.rawValue)), .init("flaws", .strings(flaws)),
        .init("sure", .bool(isSure)),
        .init("right", .bool(isRight)),
        .init("rightCause", isRightCause.map(JSONValue.bool) ?? .null),
        .init("step", .optional(step)), .init("cause", .optional(cause)),
        .init("reason", .optional(reason)),
      ])
  }

  /// Reads a line of the file of results; nil where it is none.
  init?(_ json: JSONValue) {
    guard case .number(let number)? = json["index"], let index = Int(number),
      case .string(let word)? = json["verdict"], let verdict = Verdict(rawValue: word),
      case .string(let kindWord)? = json["kind"], let kind = WorldTruth.Kind(rawValue: kindWord),
      case .array(let flaws)? = json["flaws"],
      case .bool(let isSure)? = json["sure"], case .bool(let isRight)? = json["right"]
    else { return nil }
    self.index = index
    self.verdict = verdict
    self.kind = kind
    self.flaws = flaws.compactMap { if case .string(let name) = $0 { name } else { nil } }
    self.isSure = isSure
    self.isRight = isRight
    if case .bool(let isRightCause)? = json["rightCause"] { self.isRightCause = isRightCause }
    if case .string(let step)? = json["step"] { self.step = step }
    if case .string(let cause)? = json["cause"] { self.cause = cause }
    if case .string(let reason)? = json["reason"] { self.reason = reason }
  }
}

extension Journal {
  /// When steps began, in seconds, by their paths; the first time of each.
  fileprivate var stepStarts: [String: Double] {
    entries.reduce(into: [:]) { starts, entry in
      guard case .stepStarted(let start) = entry.event, starts[start.path] == nil else { return }
      starts[start.path] = entry.at.seconds
    }
  }
}
