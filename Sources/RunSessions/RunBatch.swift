/// Several runs, some of them at the same time.
public struct RunBatch: Sendable {
  /// The runs in order.
  public let sessions: [RunSession]
  /// How many are played at the same time, at most.
  public let width: Int

  /// Creates a batch.
  public init(sessions: [RunSession], width: Int) {
    self.sessions = sessions
    self.width = width
  }

  /// Plays the runs; those not begun when the task is cancelled are left out.
  ///
  /// - Parameters:
  ///   - progress: makes somebody who follows a run.
  ///   - report: is given the results, one by one, in the order of the runs.
  /// - Returns: the results in the order of the runs.
  /// - Throws: when a run can't be written down.
  public func play(
    progress: @escaping @Sendable () -> any RunProgress, report: (RunResult) -> Void
  ) async throws -> [RunResult] {
    var results = [RunResult?](repeating: nil, count: sessions.count)
    var reported = 0
    try await withThrowingTaskGroup(of: (Int, RunResult).self) { group in
      var next = 0
      func begin() {
        guard next < sessions.count, !Task.isCancelled else { return }
        let (index, session) = (next, sessions[next])
        next += 1
        group.addTask { (index, try await session.play(progress: progress())) }
      }
      for _ in 0..<width { begin() }
      for try await (index, result) in group {
        results[index] = result
        begin()
        while reported < results.count, let result = results[reported] {
          report(result)
          reported += 1
        }
      }
    }
    return results.compactMap(\.self)
  }
}
