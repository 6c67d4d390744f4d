import Glibc
import OrderedJSON
import RunJournal

/// What is to be measured.
struct Choice {
  /// What must occur in a name; nil to measure everything.
  let part: String?

  /// Whether to measure what has a name.
  func includes(_ name: String) -> Bool { part.map(name.contains) ?? true }
}

/// How long something took, and what it should take.
struct Measurement {
  let name: String
  /// The median of the processor time, on all threads of this process.
  let milliseconds: Double
  /// The most that it should take.
  let target: Double
  /// What OpenCV's matchTemplate took for the same search, if that is one.
  var peer: Double?
  /// What was wrong with the answer; nil when it was right.
  var remark: String?

  /// Milliseconds of processor time that this process has spent so far.
  private static var spent: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
  }

  /// The median of the milliseconds that some work takes, after a first time that doesn't count.
  static func median(of repeats: Int, _ work: () async throws -> Void) async rethrows -> Double {
    try await work()
    var times: [Double] = []
    for _ in 0..<max(1, repeats) {
      let start = spent
      try await work()
      times.append(spent - start)
    }
    return median(times)
  }

  /// The milliseconds that some work takes that can't be done twice.
  static func once(_ work: () async throws -> Void) async rethrows -> Double {
    let start = spent
    try await work()
    return spent - start
  }

  /// The middle one of some times.
  static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

  static let header = line("what", "ms", "target", "here", "OpenCV", "ratio")

  /// The measurement as a line of the table.
  ///
  /// - Parameter pace: how much longer this machine takes than that for which targets were set.
  /// - Returns: the line.
  func line(_ pace: Pace?) -> String {
    func number(_ value: Double) -> String { JSONValue.decimal(value, digits: 3).description }
    return Self.line(
      name, number(milliseconds), number(target), pace.map { number(target * $0.factor) } ?? "",
      peer.map(number) ?? "",
      peer.map { number($0 / max(milliseconds, 0.001)) } ?? "")
      + (remark.map { "   \($0)" } ?? "")
  }

  private static func line(
    _ name: String, _ time: String, _ target: String, _ here: String, _ peer: String,
    _ ratio: String
  ) -> String {
    func padded(_ text: String) -> String {
      String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
    return name + String(repeating: " ", count: max(0, 50 - name.count)) + padded(time)
      + padded(target) + padded(here) + padded(peer) + padded(ratio)
  }
}
