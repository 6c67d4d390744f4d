import Foundation
import Glibc
import Mail

/// How long this process has computed.
enum ProcessorTime {
  /// In seconds.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What came of one mail.
struct TrialOutcome {
  var number: Int
  var verdict: MailInspection.Verdict
  /// Of processor time.
  var seconds: Double

  init(number: Int, verdict: MailInspection.Verdict, seconds: Double) {
    self.number = number
    self.verdict = verdict
    self.seconds = seconds
  }

  /// As one process tells another.
  var line: String { "\(number) \(verdict.rawValue) \(seconds)" }

  init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard words.count == 3, let number = Int(words[0]),
      let verdict = MailInspection.Verdict(rawValue: String(words[1])),
      let seconds = Double(words[2])
    else { return nil }
    self.init(number: number, verdict: verdict, seconds: seconds)
  }
}

/// What came of mails that follow one another.
struct TrialResult: Codable {
  /// Something that was not as it should be.
  struct Finding: CustomStringConvertible {
    var number: Int
    var what: String

    var description: String { "mail \(number): \(what)" }
  }

  var seed: UInt64
  var from: Int
  var count = 0
  var verdicts: [String: Int] = [:]
  /// What was found where no digit was.
  var wrong: [Int] = []
  var crashed: [Int] = []
  var hung: [Int] = []
  /// The slowest, slowest first, with seconds of processor time.
  var slowest: [Slow] = []

  /// How long a mail took.
  struct Slow: Codable {
    var number: Int
    var seconds: Double
  }

  init(seed: UInt64, from: Int) {
    self.seed = seed
    self.from = from
  }

  /// Counts a mail that was read.
  mutating func take(_ outcome: TrialOutcome) {
    count += 1
    verdicts[outcome.verdict.rawValue, default: 0] += 1
    if MailSources.isWithoutDigits(outcome.number), outcome.verdict == .code {
      wrong.append(outcome.number)
    }
    keep([Slow(number: outcome.number, seconds: outcome.seconds)])
  }

  /// Counts what follows.
  mutating func take(_ other: TrialResult) {
    count += other.count
    verdicts.merge(other.verdicts) { $0 + $1 }
    wrong += other.wrong
    crashed += other.crashed
    hung += other.hung
    keep(other.slowest)
  }

  private mutating func keep(_ others: [Slow]) {
    slowest = Array((slowest + others).sorted { $0.seconds > $1.seconds }.prefix(20))
  }

  /// What was not as it should be.
  func findings(slowerThan limit: Double) -> [Finding] {
    wrong.map { Finding(number: $0, what: "a code, where no digit was") }
      + crashed.map { Finding(number: $0, what: "who read it crashed") }
      + hung.map { Finding(number: $0, what: "who read it did not come back") }
      + slowest.filter { $0.seconds > limit }.map {
        Finding(number: $0.number, what: "took \(Int($0.seconds * 1000)) ms")
      }
  }

  /// The counts.
  func summary(slowerThan limit: Double) -> String {
    let counts = MailInspection.Verdict.allCases.map {
      "\($0.rawValue) \(verdicts[$0.rawValue] ?? 0)"
    }
    let slow = slowest.count { $0.seconds > limit }
    let first = slowest.first.map {
      "; the slowest took \(Int(($0.seconds * 1000).rounded())) ms (mail \($0.number))"
    }
    return "\(count) mails: \(counts.joined(separator: ", ")); crashed \(crashed.count), hung "
      + "\(hung.count), slow \(slow), a code where none was \(wrong.count)\(first ?? "")"
  }
}

/// The counts so far, and the file where they are written.
struct TrialBook {
  private let file: String?
  private(set) var total: TrialResult

  /// Goes on with the counts of a file, if there is one.
  init(_ file: String?, seed: UInt64, from: Int) throws {
    self.file = file
    total = TrialResult(seed: seed, from: from)
    guard let file, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") {
      let result = try JSONDecoder().decode(TrialResult.self, from: Data(line.utf8))
      guard result.seed == seed, result.from == next else {
        throw CocoaError(
          .fileReadCorruptFile,
          userInfo: [NSLocalizedDescriptionKey: "\(file): its mails are others than these"])
      }
      total.take(result)
    }
  }

  /// The mail that comes next.
  var next: Int { total.from + total.count }

  /// Takes what came of the next mails.
  mutating func take(_ result: TrialResult) throws {
    total.take(result)
    guard let file else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let line = String(decoding: try encoder.encode(result), as: UTF8.self)
    let before = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    try (before + line + "\n").write(toFile: file, atomically: true, encoding: .utf8)
  }
}
