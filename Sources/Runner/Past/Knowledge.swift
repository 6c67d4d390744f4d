import Bench
import Frames
import RecorderModel
import RecorderPast
import RunJournal
import Scenario

/// What is known of a recorder with a past, and is learnt while a run plays.
///
/// Where the recorder is born with the run nothing is known and nothing kept.
final class Knowledge {
  private let past: (any RecorderPast)?
  private let model: RecorderModel
  private let run: String
  private let maySpendLast: Bool
  private let clock: any BenchClock
  private let values: ValueStore
  private let time: RunTime
  private let log: RunLog
  private let holds: HoldWatch
  /// The password that the lab wants the recorder to have; nil where the rig names none.
  let labPassword: String?
  /// Whether bringing that back was given up in this run.
  var hasGivenUpReturning = false
  /// Whether what is played now only brings the recorder to where the run begins: whatever goes
  /// wrong says nothing of it.
  private(set) var isPreparing: Bool

  init(
    _ request: RunRequest, values: ValueStore, time: RunTime, log: RunLog, holds: HoldWatch
  ) {
    past = request.past
    model = request.model
    run = request.start.wall.runID
    labPassword = request.labPassword?.revealed()
    isPreparing = request.saysNothing
    maySpendLast = request.scenario.leaves.contains(.lockout)
    clock = request.bench.clock
    self.values = values
    self.time = time
    self.log = log
    self.holds = holds
  }

  /// What is believed; nil where the recorder is born with the run.
  var record: RecorderRecord? { past?.record }

  /// Takes an event down, before anything else happens.
  func take(_ event: RecorderEvent) async throws(Stop) {
    guard let past else { return }
    let now = await clock.secondsSince1970()
    do throws(RecordError) {
      try past.take(event, at: now, by: run)
    } catch {
      throw Stop(RigFault(.host, .recordFails, error.description, errno: error.errno))
    }
  }

  /// Plays something of which nothing is said of the recorder.
  func preparing(_ play: () async throws(Stop) -> Void) async throws(Stop) {
    let was = isPreparing
    isPreparing = true
    defer { isPreparing = was }
    try await play()
  }

  // MARK: - Steps

  /// Takes down what a step is about to hand in, once that may be done.
  func before(_ step: StepState) async throws(Stop) {
    guard past != nil, let use = step.step.credential else { return }
    switch use {
    case .tries(let text):
      try await awaitBudget(of: \.logIn, limit: model.lockout.logIn, what: "log-in", in: step)
      try await take(.tries(password: try values.text(text).revealed()))
    case .proposes(let text):
      try await take(.proposes(password: try values.text(text).revealed()))
    case .triesCode:
      try await awaitBudget(of: \.code, limit: model.lockout.code, what: "secure code", in: step)
      try await take(.triesCode)
    case .proves, .refutes, .codeTaken: break
    }
  }

  /// Takes down what a step that is passed has shown.
  func after(_ step: StepState) async throws(Stop) {
    guard past != nil, let use = step.step.credential else { return }
    switch use {
    case .proves(let text): try await take(.proves(password: try values.text(text).revealed()))
    case .refutes(let text): try await take(.refutes(password: try values.text(text).revealed()))
    case .codeTaken: try await take(.codeTaken)
    case .tries, .proposes, .triesCode: break
    }
  }

  /// Whether a try may be made now.
  func budget(of tries: KeyPath<RecorderRecord, SpentTries>, limit: LockoutRules.Limit?)
    async -> LockoutBudget
  {
    guard let record else { return .free }
    return LockoutBudget(
      after: record[keyPath: tries], limit: limit, at: await clock.secondsSince1970(),
      maySpendLast: maySpendLast && !isPreparing)
  }

  /// Waits out a lock.
  ///
  /// - Throws: where the run has no time for that, or the try would be the last one.
  private func awaitBudget(
    of tries: KeyPath<RecorderRecord, SpentTries>, limit: LockoutRules.Limit?, what: String,
    in step: StepState
  ) async throws(Stop) {
    switch await budget(of: tries, limit: limit) {
    case .free: return
    case .lockedUntil(let end): try await waitOut(end, what: what, in: step)
    case .last:
      throw Stop(
        .lockoutNear,
        "\(record?[keyPath: tries].count ?? 0) tries of the \(what) are spent: one more that is "
          + "wrong locks the recorder")
    }
  }

  /// Waits until a lock is over.
  func waitOut(_ end: Double, what: String, in step: StepState) async throws(Stop) {
    let length = Duration.seconds(end - (await clock.secondsSince1970()))
    let until = await time.now().advanced(by: max(.zero, length))
    guard time.limited(until) == until else {
      throw Stop(
        .lockoutNear,
        "the \(what) is locked for \(Int(length.inSeconds.rounded(.up))) s, longer than the run has"
      )
    }
    try await log.note(.other, "waits until the \(what) is no longer locked", in: step)
    while case let now = await time.now(), now < until {
      try holds.check()
      try await time.sleep(until: min(until, now.advanced(by: .seconds(5))))
    }
  }
}
