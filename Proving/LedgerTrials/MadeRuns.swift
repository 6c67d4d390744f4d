import FoundationEssentials
import Frames
package import Ledger
import OrderedJSON
import RunJournal
import SeededRandom

/// Runs that nobody played, as a ledger books them: a lab's nights, drawn by seed.
package struct MadeRuns: Sendable {
  /// The run that all others are variations of.
  private let pattern: LedgerEntry

  /// Creates runs.
  ///
  /// - Throws: when the journal that they are made from can't be read.
  package init() throws {
    pattern = try LedgerEntry(reading: Self.journal, folder: "/made")
  }

  /// A run.
  ///
  /// - Parameters:
  ///   - series: which series it is of, so that several processes make different ones.
  ///   - number: its number in the series.
  /// - Returns: the same run for the same arguments.
  package func run(_ series: String, _ number: Int) -> LedgerEntry {
    var random = SeededStream(seed: UInt64(number), name: series)
    var run = pattern
    run.run = "\(series)-\(number)"
    run.folder = "/made/\(series)/\(number)"
    run.seed = UInt64(number)
    run.journalDigest = String(random.next(), radix: 16)
    // A night a day, some eighty runs a night.
    run.startedAt = pattern.startedAt.addingTimeInterval(
      Double(number / 80) * 86_400 + Double(number % 80) * 300)
    run.scenario = Self.input("scenario", Int.random(in: 0..<12, using: &random))
    run.model = Self.input("model", Int.random(in: 0..<8, using: &random))
    run.rig = Self.input("rig", Int.random(in: 0..<6, using: &random))
    run.firmware = "4.\(number / 2000).0"
    for index in run.steps.indices {
      run.steps[index].seconds = .random(in: 1..<20, using: &random)
    }
    for index in run.measurements.indices {
      run.measurements[index].value = .random(in: 40..<60, using: &random)
    }
    Self.decide(&run, by: Int.random(in: 0..<100, using: &random))
    return run
  }

  private static func input(_ kind: String, _ number: Int) -> LedgerEntry.Input {
    LedgerEntry.Input(
      name: "\(kind)-\(number)", digest: String(repeating: "\(number % 10)", count: 64))
  }

  private static func decide(_ run: inout LedgerEntry, by lot: Int) {
    guard lot < 10 else { return }
    let causes = ["not-seen", "no-mail", "supply-lost", "mouse-silent", "flow-differs"]
    run.verdict = lot < 6 ? "failed" : lot < 9 ? "errored" : nil
    run.cause = .init(code: run.verdict == nil ? LedgerEntry.Cause.killed : causes[lot % 5])
    run.decidingStep = run.steps[lot * 2].path
    run.reason = "drawn by lot"
  }

  /// A journal with as many steps as the password reset has.
  private static var journal: [UInt8] {
    let input = RunStart.Input(name: "made", digest: String(repeating: "0", count: 64))
    let start = RunStart(
      scenario: input, about: "A made run.", rig: input, model: input, binary: input,
      overrides: [], seed: 1, firmware: nil, plan: [],
      wall: .init(runID: "made", host: "nowhere", startedAt: "2025-01-01T20:00:00Z"))
    var now = MonotonicInstant.zero
    var events: [RunEvent] = [.runStarted(start)]
    for step in 1...30 {
      events.append(
        .stepStarted(
          StepStart(
            step: step, parent: nil, path: "Reset the password / Step \(step)", does: "waits",
            expects: nil, location: "made.yaml:1:1", sensitive: false)))
      let done = step == 10 ? ActionWords.powerOn : step == 20 ? ActionWords.mailRead : "clicked"
      events.append(.acted(ActionRecord(step: step, attempt: 1, what: done)))
      events.append(.stepEnded(StepEnd(step: step, outcome: .passed, reason: nil)))
    }
    events.append(
      .runEnded(
        RunEnd(
          verdict: .passed, step: nil, reason: nil, cause: nil, skipped: [],
          tested: Tested(held: 20), recorderSeconds: 180, wallSeconds: 12)))
    let lines = events.map { event in
      now = now.advanced(by: .seconds(2))
      return JournalFormat.json(JournalEntry(at: now, event: event)).description + "\n"
    }
    return Array(lines.joined().utf8)
  }
}
