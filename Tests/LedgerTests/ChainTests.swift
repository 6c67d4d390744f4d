import Foundation
import GRDB
import RunJournal
import Testing

@testable import Ledger

@Suite("The chain")
struct ChainTests {
  private let folder: Folder
  private let ledger: SQLiteLedger

  init() throws {
    folder = try Folder()
    ledger = try folder.ledger()
  }

  private func findings(_ anchors: ChainHead...) throws -> [String] {
    try SQLiteLedger(ledger.path).auditChain(.everything, anchors: anchors).findings
  }

  private func tamper(_ sql: String) throws {
    try ledger.queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)")
    }
  }

  @Test(
    "every booking, completion, pruning and forgetting is a link, and the head tells the last one")
  func links() throws {
    try ledger.book([Told(), .failed("not-seen")])
    var killed = try Told(run: "killed", verdict: nil).entry
    killed.journalBytes = 10
    _ = try ledger.book([killed], at: .now)
    _ = try ledger.book([Told(run: "killed").entry], at: .now)
    _ = try ledger.book([Told(run: "killed").entry], at: .now)
    try ledger.noteGone(run: "run-0", as: .pruned, at: .now)
    try ledger.noteGone(run: "run-1", as: .forgotten, at: .now)
    try ledger.begin(run: "vanished", folder: "/nowhere")
    #expect(try ledger.forgetBegun(run: "vanished", at: .now))
    let kinds = try ledger.queue.read {
      try String.fetchAll($0, sql: "SELECT kind FROM links ORDER BY sequence")
    }
    #expect(
      kinds == ["booked", "booked", "booked", "completed", "pruned", "forgotten", "forgotten"])
    let audit = try ledger.auditChain(.everything)
    #expect(audit.findings == [])
    #expect(audit.links == 7)
    guard case .head(let head) = HeadFile(of: ledger.path).read() else {
      Issue.record("there is no head")
      return
    }
    #expect(head == audit.head)
    #expect(head.sequence == 7)
  }

  @Test("what is written down twice is one link")
  func twice() throws {
    try ledger.book([Told()])
    let now = Date(milliseconds: 1_800_000_000_000)
    try ledger.noteGone(run: "run-0", as: .pruned, at: now)
    try ledger.noteGone(run: "run-0", as: .pruned, at: now)
    try ledger.noteGone(run: "nobody", as: .pruned, at: now)
    #expect(try ledger.head().sequence == 2)
  }

  @Test("a row that was changed is named, whichever of its columns it was")
  func changedRow() throws {
    try ledger.book([Told(), .failed("not-seen"), Told(firmware: "4.3.0")])
    for change in [
      "verdict = 'passed', cause = NULL, step = NULL", "firmware = NULL",
      "firmware = (SELECT id FROM firmwares WHERE name = '4.3.0')", "seed = '8'",
      "bookedAt = bookedAt + 1", "startedAt = startedAt - 1", "journalDigest = 'another'",
      "host = host || char(0) || 'x'", "held = 2", "recorderSeconds = recorderSeconds + 1e-9",
      "retryOf = 'run-0'", "id = 77",
    ] {
      let copy = try copied()
      try copy.queue.writeWithoutTransaction { db in
        try db.execute(
          sql: "PRAGMA foreign_keys = OFF; UPDATE runs SET \(change) WHERE run = 'run-1'")
      }
      let found = try copy.auditChain(.rows).findings
      #expect(found == ["the row of the run run-1 is not what link 2 booked"], "\(change)")
    }
    #expect(try findings() == [])
  }

  @Test("a name or digest that many runs share names all of them once it was changed")
  func changedShared() throws {
    try ledger.book([Told(), Told(model: "harbor"), Told()])
    try tamper("UPDATE inputs SET digest = 'newer' WHERE name = 'harbor'")
    #expect(try findings() == ["the row of the run run-1 is not what link 2 booked"])
  }

  @Test("a step, a measurement and a picture's digest that were changed are named with their run")
  func changedParts() throws {
    var told = try Told().entry
    told.pictures = [.init(file: "pictures/1.jpg", digest: String(repeating: "a", count: 64))]
    _ = try ledger.book([told], at: .now)
    try ledger.book([.failed("no-mail")])
    let words = "steps, measurements or pictures of the run \(told.run) are not what link 1 booked"
    for change in [
      "UPDATE steps SET seconds = seconds + 1 WHERE run = 1",
      "DELETE FROM measurements WHERE run = 1 AND value > 20",
      "UPDATE pictures SET digests = zeroblob(32) WHERE run = 1",
      "INSERT INTO steps (run, number, path) VALUES (1, 9, 1)",
    ] {
      let copy = try copied()
      try copy.queue.writeWithoutTransaction { try $0.execute(sql: change) }
      #expect(try copy.auditChain(.everything).findings == [words], "\(change)")
      #expect(try copy.auditChain(.parts(of: [told.run])).findings == [words])
      #expect(try copy.auditChain(.parts(of: ["run-1"])).findings == [])
    }
  }

  /// The ledger with its head under another name.
  private func copied() throws -> SQLiteLedger {
    let path = "\(folder.path)/\(UUID().uuidString).sqlite"
    try ledger.backUp(to: path)
    return try SQLiteLedger(path)
  }

  @Test("a run that was taken away is named, and so is one that was put in")
  func removed() throws {
    try ledger.book([Told(), .failed("not-seen"), Told()])
    try tamper("DELETE FROM runs WHERE run = 'run-1'; DELETE FROM steps WHERE run = 2")
    #expect(try findings() == ["the run run-1, which link 2 booked, is gone"])
    try tamper("DELETE FROM links WHERE sequence = 2")
    #expect(try findings() == ["link 2 is gone"])
    try tamper("UPDATE links SET sequence = 2 WHERE sequence = 3")
    #expect(try findings().first?.hasPrefix("link 2 (booked run-2, ") == true)
    let other = try copied()
    try other.queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          CREATE TEMP TABLE one AS SELECT * FROM runs WHERE run = 'run-0';
          UPDATE one SET id = 9, run = 'put-in'; INSERT INTO runs SELECT * FROM one
          """)
    }
    #expect(
      try other.auditChain(.rows).findings.contains(
        "the run put-in stands in the ledger, and no link books it"))
  }

  @Test("the newest run, taken away with its link, is named by the head that stands beside")
  func cutOff() throws {
    try ledger.book([Told(), .failed("not-seen")])
    let anchor = try ledger.head()
    try ledger.book([.failed("not-seen")])
    try tamper(
      "DELETE FROM runs WHERE run = 'run-2'; DELETE FROM steps WHERE run = 3;"
        + "DELETE FROM measurements WHERE run = 3; DELETE FROM pictures WHERE run = 3;"
        + "DELETE FROM links WHERE sequence = 3")
    #expect(try findings(anchor).count == 1)
    #expect(try findings().first?.contains("its head ends with link 3") == true)
    #expect(try findings().first?.hasSuffix("which is gone") == true)
    // Going on does not make it good.
    try ledger.book([Told(), Told()])
    #expect(try findings().first?.contains("link 3 is not the one that its head tells") == true)
  }

  @Test(
    "a head that was taken away or is of another ledger is named, and a new one does not come of it"
  )
  func noHead() throws {
    try ledger.book([Told()])
    try FileManager.default.removeItem(atPath: ledger.path + ".head")
    #expect(try findings().first?.contains("whether its end was cut off can't be told") == true)
    try ledger.book([Told()])
    #expect(try findings().count == 1)
    let other = try SQLiteLedger(folder.path + "/other.sqlite")
    try other.book([Told(), Told(), Told()])
    try FileManager.default.copyItem(atPath: other.path + ".head", toPath: ledger.path + ".head")
    #expect(try findings().first?.hasPrefix("its head is of another ledger") == true)
    try "{}".write(toFile: ledger.path + ".head", atomically: true, encoding: .utf8)
    #expect(try findings().first?.contains("no head of a ledger") == true)
  }

  @Test("after a copy was brought back, the ledger goes on once somebody says so, and tells that")
  func resumed() throws {
    try ledger.book([Told()])
    let copy = try copied()
    try ledger.book([Told(), Told()])
    let head = try Data(contentsOf: URL(filePath: ledger.path + ".head"))
    try head.write(to: URL(filePath: copy.path + ".head"))
    #expect(try copy.auditChain(.everything).findings.count == 1)
    #expect(try copy.resume(at: .now).hasPrefix("link 3 with "))
    let audit = try copy.auditChain(.everything)
    #expect(audit.findings == [])
    #expect(audit.notes.first?.contains("where its head had told: link 3 with ") == true)
    // Whoever kept the head elsewhere is not taken in.
    #expect(try copy.auditChain(.everything, anchors: [ledger.head()]).findings.count == 1)
  }

  @Test(
    "a chain that was made anew from the first link on is told by a head that was kept elsewhere")
  func madeAnew() throws {
    try ledger.book([Told(), .failed("not-seen"), Told()])
    let anchor = try ledger.head()
    try ledger.queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          UPDATE runs SET verdict = 'passed', cause = NULL, step = NULL, reason = NULL WHERE id = 2;
          DROP TABLE chain; DROP TABLE links; DROP TABLE pictures;
          DELETE FROM grdb_migrations WHERE identifier = '3 chain'
          """)
    }
    #expect(try findings().first?.hasPrefix("its head is of another ledger") == true)
    try FileManager.default.removeItem(atPath: ledger.path + ".head")
    _ = try ledger.resume(at: .now)
    #expect(try findings() == [])
    #expect(try findings(anchor).first?.hasPrefix("an anchor is of another ledger") == true)
  }

  @Test("a ledger of an older program is chained as it stands, and tells since when")
  func adopted() throws {
    try ledger.book([Told(), .failed("not-seen")])
    try ledger.noteGone(run: "run-0", as: .pruned, at: Date(milliseconds: 1_800_000_000_000))
    try ledger.queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DROP TABLE chain; DROP TABLE links; DROP TABLE pictures;
          DELETE FROM grdb_migrations WHERE identifier = '3 chain'
          """)
    }
    try FileManager.default.removeItem(atPath: ledger.path + ".head")
    let opened = try SQLiteLedger(ledger.path)
    let audit = try opened.auditChain(.everything)
    #expect(audit.findings == [])
    #expect(audit.adopted == 2)
    #expect(audit.links == 3)
    #expect(try abs(#require(audit.since).timeIntervalSinceNow) < 60)
  }
}
