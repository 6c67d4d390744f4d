import Glibc

/// Measures how much processor time something takes.
package enum ProcessorTime {
  /// Milliseconds that this process has spent so far, on all its threads.
  package static var milliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
  }

  /// Does something several times.
  ///
  /// - Returns: the last answer, and the median of the milliseconds that it took.
  static func median<Answer>(
    of count: Int, _ work: () async throws -> Answer
  ) async rethrows -> (answer: Answer, milliseconds: Double) {
    var times: [Double] = []
    var start = milliseconds
    var answer = try await work()
    times.append(milliseconds - start)
    for _ in 1..<max(1, count) {
      start = milliseconds
      answer = try await work()
      times.append(milliseconds - start)
    }
    return (answer, times.sorted()[times.count / 2])
  }
}
