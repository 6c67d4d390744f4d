import Foundation
import Ledger
import RunJournal
import Testing

@Suite("Pruning")
struct PruneTests {
  private let folder: Folder
  private let ledger: SQLiteLedger
  private let now: Date

  init() throws {
    folder = try Folder()
    ledger = try folder.ledger()
    now = try Date("2026-04-15T00:00:00Z", strategy: .iso8601)
    try write("old", day: "03-01")
    try write("older-failed", day: "02-01", verdict: .failed)
    try write("new", day: "04-14")
  }

  private func write(_ name: String, day: String, verdict: Verdict? = .passed) throws {
    let told = Told(
      run: name, startedAt: "2026-\(day)T10:00:00Z", verdict: verdict,
      cause: verdict == .failed ? CauseRecord(code: "not-seen") : nil)
    _ = try folder.write(told.journal, to: "runs/\(name)", pictures: 3)
  }

  private func prune(
    keep: Double? = nil, keepsFailed: Bool = false, most: Int? = nil
  ) throws -> Pruning {
    var pruning = try Pruning(
      [folder.path + "/runs"],
      by: PruneRules(keep: keep.map { $0 * 86_400 }, keepsFailed: keepsFailed, most: most), at: now)
    pruning.carryOut(bookingIn: ledger, at: now)
    return pruning
  }

  @Test("what is older than it is kept leaves its digests, and stays in the ledger")
  func byAge() throws {
    let pruning = try prune(keep: 30)
    #expect(pruning.gone.map { $0.folder.split(separator: "/").last } == ["older-failed", "old"])
    #expect(pruning.refused.isEmpty)
    #expect(!folder.exists("runs/old/journal.jsonl"))
    #expect(!folder.exists("runs/old/pictures"))
    #expect(folder.exists("runs/new/pictures/2.jpg"))
    let tombstone = try Tombstone(of: folder.path + "/runs/old")
    #expect(tombstone.files.map(\.name).contains("pictures/1.jpg"))
    #expect(tombstone.files.allSatisfy { $0.sha256.count == 64 })
    #expect(try ledger.runs(RunFilter(), limit: 9).filter { $0.prunedAt != nil }.count == 2)
    #expect(try LedgerAudit(of: ledger, against: []).findings.isEmpty)
    #expect(try prune(keep: 30).gone.isEmpty)
  }

  @Test("failed runs stay where they are to be kept, and so does what somebody holds")
  func kept() throws {
    try Data("kim: for the vendor".utf8)
      .write(to: URL(filePath: folder.path + "/runs/old/hold"))
    #expect(try prune(keep: 30, keepsFailed: true).gone.isEmpty)
    #expect(folder.exists("runs/older-failed/pictures/1.jpg"))
  }

  @Test("the oldest go first where all take too much, and no more than must")
  func bySize() throws {
    let all = try Pruning(
      [folder.path + "/runs"], by: PruneRules(keep: nil, keepsFailed: false, most: .max), at: now)
    let pruning = try prune(most: all.keptBytes - 1)
    #expect(pruning.gone.map { $0.folder.split(separator: "/").last } == ["older-failed"])
    #expect(!pruning.isTooMuch)
    #expect(try prune(keepsFailed: true, most: 0).isTooMuch == false)
    try write("failed", day: "03-05", verdict: .failed)
    #expect(try prune(keepsFailed: true, most: 0).isTooMuch)
  }

  @Test("a run that goes on stays, whatever its age")
  func goingOn() throws {
    try write("slow", day: "01-01", verdict: nil)
    let writer = try JournalWriter(appendingTo: folder.path + "/runs/slow/journal.jsonl")
    #expect(try !prune(keep: 30).gone.contains { $0.folder.hasSuffix("slow") })
    _ = consume writer
    #expect(try prune(keep: 30).gone.contains { $0.folder.hasSuffix("slow") })
  }

  @Test("a ledger is made again from journals and tombstones")
  func madeAgain() throws {
    _ = try LedgerImport([folder.path + "/runs"], into: ledger, at: now)
    _ = try prune(keep: 30)
    let again = try SQLiteLedger(folder.path + "/again.sqlite")
    _ = try LedgerImport([folder.path + "/runs"], into: again, at: now)
    #expect(try again.runs(RunFilter(), limit: 9) == ledger.runs(RunFilter(), limit: 9))
    #expect(
      try again.values(of: "step: Open", RunFilter())
        == ledger.values(of: "step: Open", RunFilter()))
  }

  @Test("emptying that was cut off is finished the next time")
  func cutOff() throws {
    _ = try prune(keep: 30)
    try Data([1]).write(to: URL(filePath: folder.path + "/runs/old/journal.jsonl"))
    _ = try prune(keep: 30)
    #expect(!folder.exists("runs/old/journal.jsonl"))
  }
}
