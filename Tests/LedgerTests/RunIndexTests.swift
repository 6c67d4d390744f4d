import Foundation
import OrderedJSON
import RunJournal
import Testing

@testable import Ledger

@Suite("The index of an out folder")
struct RunIndexTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func rows(_ heading: String) throws -> [[String]] {
    try RunIndex(of: folder.path + "/runs").answer.tables.first { $0.heading == heading }?.rows
      ?? []
  }

  @Test("it tells how all runs ended by scenario, model and firmware, and why not")
  func tables() throws {
    for (number, told) in [
      Told(), Told(firmware: "4.3.0"), .failed("no-mail", at: "Wait"),
      .failed("no-mail", at: "Wait"), Told(scenario: "log-in", verdict: .aborted),
      Told(scenario: "log-in", verdict: nil),
    ].enumerated() {
      _ = try folder.write(told.journal, to: "runs/\(number)")
    }
    #expect(
      try rows("what passed") == [
        ["reset", "1 of 3, 2 failed", "1 of 1"], ["log-in", "0 of 2, 1 aborted, 1 killed", ""],
      ])
    #expect(
      try rows("how often").map { Array($0.prefix(7)) }.last
        == ["log-in", "2", "0", "0", "0", "1", "1"])
    #expect(
      try rows("why not") == [["2", "no-mail", "Wait"], ["1", "killed", "–"]])
    #expect(try rows("the runs").count == 6)
  }

  @Test("a pass after a retry is marked, with the reason that the suite gives")
  func retried() throws {
    var text = String(decoding: Told().journal, as: UTF8.self)
    text = text.replacing(
      #""startedAt":"2026-03-01T10:15:00Z""#,
      with: #""startedAt":"2026-03-01T10:15:00Z","retryOf":"first","retryReason":"loose""#)
    _ = try folder.write(Array(text.utf8), to: "runs/again")
    let row = try #require(try rows("the runs").first)
    #expect(row[1] == "passed, retried")
    #expect(row.last == "loose")
    let ledger = try folder.ledger()
    _ = try LedgerImport([folder.path + "/runs"], into: ledger, at: .now)
    #expect(try ledger.runs(RunFilter(), limit: 1).map(\.retryOf) == ["first"])
    let lines = try HistoryAnswer.overview(of: ledger, RunFilter(), limit: 1).lines
    #expect(lines.contains { $0.contains("passed, retried") })
  }

  @Test(
    "the first and the last line of a journal are found, however long what lies between",
    arguments: [1, 400, 4000])
  func ends(steps: Int) throws {
    var told = Told.failed("no-mail", at: "Wait")
    told.steps = (1...steps).map { ("Step \($0)", 1, String(repeating: "x", count: 50)) }
    let path = try folder.write(told.journal, to: "runs/long")
    let read = try #require(JournalEnds.read(path + "/journal.jsonl"))
    let whole = try Journal(reading: told.journal)
    #expect(read.start == whole.start)
    #expect(read.end == whole.end)
    #expect(read.entries.count == 2)
  }

  @Test("of a journal that was cut off, the beginning is read, and no end")
  func torn() throws {
    for count in [3, 40] {
      let path = try folder.write(Array(Told().journal.dropLast(count)), to: "runs/torn")
      let read = try #require(JournalEnds.read(path + "/journal.jsonl"))
      #expect(read.start.scenario.name == "reset")
      #expect(read.end == nil)
    }
    _ = try folder.write([], to: "runs/torn")
    #expect(JournalEnds.read(folder.path + "/runs/torn/journal.jsonl") == nil)
  }
}
