import Evidence
import RunJournal
import RunSessions

/// How far several runs have come: how many have ended and passed, and how long the rest will take.
struct RunCourse: Sendable {
  private let count: Int
  private let start: ContinuousClock.Instant
  private var ended = 0
  private var passed = 0
  private var aborted = 0

  /// Creates the course of runs that begin now.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - start: when they began.
  init(count: Int, start: ContinuousClock.Instant = .now) {
    self.count = count
    self.start = start
  }

  /// Counts a run that has ended.
  mutating func take(_ verdict: Verdict) {
    ended += 1
    if verdict == .passed { passed += 1 }
    if verdict == .aborted { aborted += 1 }
  }

  /// The line; nil before the first run has ended, and after the last one.
  func line(at now: ContinuousClock.Instant) -> String? {
    guard ended > 0, ended < count else { return nil }
    // Runs that somebody stopped say nothing of the recorder.
    let interval = WilsonInterval(successes: passed, trials: ended - aborted)
    let left = start.duration(to: now) / ended * (count - ended)
    return "  … \(ended) of \(count) runs, \(passed) passed, \(interval); \(Self.words(left)) to go"
  }

  private static func words(_ time: Duration) -> String {
    let seconds = time.components.seconds
    return seconds < 100 ? "\(max(1, seconds)) s" : "\((seconds + 30) / 60) min"
  }
}
