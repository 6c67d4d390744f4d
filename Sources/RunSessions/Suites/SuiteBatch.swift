import RunJournal
import Suites

/// The runs of a suite, played: some at the same time, one at a time on a bench, and errored ones
/// again where the suite says so.
public struct SuiteBatch: Sendable {
  /// What came of one run that was to be played.
  public struct Outcome: Sendable {
    /// Which of the plan's runs.
    public var unit: Int
    /// What its tries came to, in order; the last one counts.
    public var tries: [RunResult]

    /// The try that counts.
    public var last: RunResult? { tries.last }
    /// Whether it passed, but not at once.
    public var isRetriedPass: Bool { tries.count > 1 && last?.end.verdict == .passed }
  }

  /// What is played.
  public let plan: SuitePlan
  /// How each run is played; the plan's firmware takes the place of the one here.
  public let settings: RunSettings
  /// How many are played at the same time, at most.
  public let width: Int

  /// Creates a batch.
  public init(plan: SuitePlan, settings: RunSettings, width: Int) {
    self.plan = plan
    self.settings = settings
    self.width = width
  }

  /// Plays the runs; those not begun when the task is cancelled are left out.
  ///
  /// - Parameters:
  ///   - progress: makes somebody who follows a run.
  ///   - report: is given each try as it ends, and how often the run was tried before.
  /// - Returns: what came of the runs, in their order.
  /// - Throws: when a run can't be written down.
  public func play(
    progress: @escaping @Sendable () -> any RunProgress,
    report: @escaping @Sendable (RunResult, _ earlier: Int) -> Void
  ) async throws -> [Outcome] {
    var outcomes: [Outcome] = []
    var desk = LaneDesk(plan.units.map(\.lane))
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      var playing = 0
      func begin() {
        while playing < width, !Task.isCancelled, let unit = desk.next() {
          playing += 1
          group.addTask { try await play(unit, progress, report) }
        }
      }
      begin()
      for try await outcome in group {
        outcomes.append(outcome)
        desk.giveBack(outcome.unit)
        playing -= 1
        begin()
      }
    }
    return outcomes.filter { !$0.tries.isEmpty }.sorted { $0.unit < $1.unit }
  }

  private func play(
    _ index: Int, _ progress: @Sendable () -> any RunProgress,
    _ report: @Sendable (RunResult, Int) -> Void
  ) async throws -> Outcome {
    let unit = plan.units[index]
    var settings = settings
    settings.firmware = unit.firmware ?? settings.firmware
    var tries: [RunResult] = []
    while true {
      var session = RunSession(
        subject: unit.subject, part: unit.part, seed: unit.seed, settings: settings)
      session.retry = tries.last.map { last in
        RunStart.Retry(of: last.start.wall.runID, reason: plan.suite.retry?.reason ?? "")
      }
      let result = try await session.play(progress: progress())
      report(result, tries.count)
      tries.append(result)
      guard !Task.isCancelled, let retry = plan.suite.retry,
        retry.allows(
          isErrored: result.end.verdict == .errored, cause: result.end.cause?.code,
          times: tries.count - 1)
      else { return Outcome(unit: index, tries: tries) }
    }
  }
}

/// Gives out runs in order, one at a time for each bench.
struct LaneDesk {
  private let lanes: [String?]
  private var waiting: [Int]
  private var taken: Set<String> = []

  init(_ lanes: [String?]) {
    self.lanes = lanes
    waiting = Array(lanes.indices)
  }

  /// The next run whose bench is free; nil where there is none now.
  mutating func next() -> Int? {
    let place = waiting.firstIndex { index in lanes[index].map { !taken.contains($0) } ?? true }
    guard let place else { return nil }
    let index = waiting.remove(at: place)
    if let lane = lanes[index] { taken.insert(lane) }
    return index
  }

  /// A run is over: its bench is free.
  mutating func giveBack(_ index: Int) {
    if let lane = lanes[index] { taken.remove(lane) }
  }
}
