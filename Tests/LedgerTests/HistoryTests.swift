import Foundation
import RunJournal
import Testing

@testable import Ledger

@Suite("History")
struct HistoryTests {
  private let folder: Folder
  private let ledger: SQLiteLedger

  init() throws {
    folder = try Folder()
    ledger = try folder.ledger()
  }

  private func flaky() throws -> [FlakyRuns] { try ledger.flaky(RunFilter()) }

  @Test("what failed once and passes since is repaired; what fails again is flaky")
  func changedBack() throws {
    try ledger.book([.failed("not-seen"), Told(), Told()])
    #expect(try flaky().isEmpty)
    try ledger.book([.failed("not-seen")])
    let found = try #require(try flaky().first)
    #expect(found.firmware == "4.2.1")
    #expect(found.changes == 2)
    #expect(found.counts.ended == [.passed: 2, .failed: 2, .errored: 0])
  }

  @Test("a verdict that changed with firmware, scenario or model is not flaky")
  func otherSubject() throws {
    var edited = Told.failed("not-seen")
    edited.scenarioDigest = "edited"
    try ledger.book([Told(), edited, Told()])
    #expect(try flaky().isEmpty)
    var newer = Told.failed("not-seen")
    newer.firmware = "4.3.0"
    try ledger.book([newer, Told()])
    #expect(try flaky().isEmpty)
  }

  @Test("a pass after an errored run, as a retry is, does not hide that it changed back")
  func retried() throws {
    var errored = Told.failed("mouse-silent")
    errored.verdict = .errored
    try ledger.book([Told(), errored, Told()])
    #expect(try flaky().map(\.changes) == [2])
  }

  @Test("runs that somebody stopped or that were killed make nothing flaky")
  func stopped() throws {
    try ledger.book([Told(), Told(verdict: .aborted), Told(verdict: nil), Told()])
    #expect(try flaky().isEmpty)
  }

  @Test("without a firmware told, nobody says flaky, but that something changed back is told")
  func unknownFirmware() throws {
    var (good, bad) = (Told(), Told.failed("not-seen"))
    (good.firmware, bad.firmware) = (nil, nil)
    try ledger.book([good, bad, good])
    #expect(try flaky().isEmpty)
    let answer = try HistoryAnswer.flaky(in: ledger, RunFilter())
    #expect(answer.notes.first?.hasPrefix("1 more changed back") == true)
  }

  @Test("a cause at a step is new until a run before has shown it")
  func signatures() throws {
    try ledger.book([.failed("not-seen"), .failed("no-mail", at: "Wait"), .failed("not-seen")])
    let begin = try Date("2026-03-01T10:15:30Z", strategy: .iso8601)
    let found = try ledger.signatures(firstSeenSince: begin, RunFilter())
    #expect(found.map(\.cause) == ["no-mail"])
    #expect(found.first?.step == "Wait")
    #expect(found.first?.firstRun.run == "run-1")
    let all = try ledger.signatures(firstSeenSince: .distantPast, RunFilter())
    #expect(all.map(\.count).sorted() == [1, 2])
  }

  @Test("runs are asked for by scenario, model, firmware, rig, time and cause")
  func filters() throws {
    try ledger.book([
      Told(), Told(scenario: "log-in"), Told(model: "harbor"), Told(rig: "bench-9"),
      Told(firmware: "4.3.0"), .failed("no-mail"),
    ])
    func count(_ filter: RunFilter) throws -> Int {
      let listed = try ledger.runs(filter, limit: 99).count
      #expect(try ledger.tallies(filter).reduce(0) { $0 + $1.counts.runs } == listed)
      return listed
    }
    #expect(try count(RunFilter()) == 6)
    #expect(try count(RunFilter(scenario: "log-in")) == 1)
    #expect(try count(RunFilter(model: "harbor")) == 1)
    #expect(try count(RunFilter(firmware: "4.3.0")) == 1)
    #expect(try count(RunFilter(rig: "bench-9")) == 1)
    #expect(try count(RunFilter(cause: "no-mail")) == 1)
    #expect(try count(RunFilter(verdict: .passed)) == 5)
    #expect(try count(RunFilter(scenario: "log-in", model: "harbor")) == 0)
    let late = try Date("2026-03-01T10:18:00Z", strategy: .iso8601)
    #expect(try count(RunFilter(since: late)) == 3)
  }

  @Test("of runs that somebody stopped, the share of passed ones says nothing")
  func shares() throws {
    try ledger.book([Told(), Told(verdict: .aborted), Told(verdict: nil)])
    let counts = try #require(try ledger.tallies(RunFilter()).first).counts
    #expect(counts.runs == 3)
    #expect(counts.counted == 1)
  }

  @Test("a measurement is shown over firmwares, and where it became another one")
  func trend() throws {
    var runs: [Told] = []
    for (firmware, seconds) in [("4.1.0", 10), ("4.2.0", 10), ("4.3.0", 14)] {
      for number in 0..<30 {
        runs.append(Told(firmware: firmware, steps: [("Open", seconds + number % 4, "clicked")]))
      }
    }
    try ledger.book(runs)
    let trend = try #require(Trend(try ledger.values(of: "step: Open", RunFilter())))
    #expect(trend.groups.map(\.firmware) == ["4.1.0", "4.2.0", "4.3.0"])
    #expect(trend.groups.map(\.count) == [30, 30, 30])
    #expect(trend.changes.map(\.group) == [2])
    #expect(trend.changes.first?.before == 11)
    #expect(trend.changes.first?.after == 15)
    let answer = HistoryAnswer.trend(trend, of: "step: Open")
    #expect(answer.lines.contains { $0.hasPrefix("4.3.0") && $0.hasSuffix("changed") })
    #expect(Trend(try ledger.values(of: "step: Close", RunFilter())) == nil)
  }

  @Test("a page holds what the ledger says as text, whatever stands in names")
  func page() throws {
    try ledger.book([Told(scenario: "<script>alert(1)</script>")])
    let page = HistoryPage.html(try .overview(of: ledger, RunFilter(), limit: 5))
    #expect(page.contains("&lt;script&gt;alert(1)"))
    #expect(!page.contains("<script"))
  }
}
