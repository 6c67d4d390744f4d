import Foundation
import Ledger
import RunJournal
import Testing

@Suite("Booking")
struct BookingTests {
  private let folder: Folder
  private let ledger: SQLiteLedger

  init() throws {
    folder = try Folder()
    ledger = try folder.ledger()
  }

  @Test("a journal's run is booked with its verdict, cause, steps and firmware")
  func entry() throws {
    var told = Told.failed("no-mail", at: "Wait")
    told.steps = [("Open", 2, "clicked"), ("Wait", 60, "looked")]
    let entry = try told.entry
    #expect(entry.verdict == "failed")
    #expect(entry.cause == LedgerEntry.Cause(code: "no-mail"))
    #expect(entry.steps.map(\.path) == ["Open", "Wait"])
    #expect(entry.steps.map(\.seconds) == [2, 60])
    try ledger.book([told])
    let booked = try #require(try ledger.runs(RunFilter(), limit: 5).first)
    #expect(booked.verdict == .failed)
    #expect(booked.cause == "no-mail")
    #expect(booked.step == "Wait")
    #expect(booked.firmware == "4.2.1")
    #expect(booked.startedAt.formatted(.iso8601) == "2026-03-01T10:15:00Z")
  }

  @Test("a mail's latency counts from what was done before it was awaited")
  func mail() throws {
    var told = Told()
    told.steps = [
      ("Ask for the code", 3, "clicked"), ("Await it", 21, ActionWords.mailRead + ", saved code"),
    ]
    let measured = try told.entry.measurements
    #expect(measured.first { $0.name == "mail" }?.value == 21)
    #expect(measured.first { $0.name == "run" }?.value == 30)
    #expect(measured.allSatisfy { $0.unit == "s" })
  }

  @Test("what a step measures counts from its action to the picture that shows its effect")
  func measure() throws {
    var told = Told()
    told.steps = [("Open", 2, "clicked"), ("Power", 11, ActionWords.powerOn)]
    told.measures = ["Power": ("liveAgain", 37)]
    #expect(try told.entry.measurements.first { $0.name == "liveAgain" }?.value == 37)
    told = Told.failed("not-seen", at: "Open")
    told.measures = ["Elsewhere": ("liveAgain", 37)]
    #expect(try !told.entry.measurements.contains { $0.name == "liveAgain" })
  }

  @Test("a folder imported twice is booked once")
  func twice() throws {
    _ = try folder.write(Told().journal, to: "runs/a")
    _ = try folder.write(Told(run: "other").journal, to: "runs/deep/below/b")
    let paths = [folder.path + "/runs"]
    #expect(try LedgerImport(paths, into: ledger, at: .now).counts == [.booked: 2])
    #expect(try LedgerImport(paths, into: ledger, at: .now).counts == [.known: 2])
    #expect(try ledger.runs(RunFilter(), limit: 9).count == 2)
  }

  @Test("a killed run is booked as killed, at the step that was going on")
  func killed() throws {
    var told = Told(verdict: nil)
    told.steps = [("Open", 2, "clicked"), ("Wait", 60, "looked")]
    let path = try folder.write(Array(told.journal.dropLast(4)), to: "runs/killed")
    try ledger.begin(run: told.run, folder: path)
    #expect(try LedgerImport(leftIn: ledger, at: .now).counts == [.booked: 1])
    let run = try #require(try ledger.runs(RunFilter(cause: "killed"), limit: 2).first)
    #expect(run.verdict == nil)
    #expect(run.step == "Wait")
    #expect(try ledger.begun().isEmpty)
    #expect(try ledger.tallies(RunFilter()).map(\.counts.killed) == [1])
  }

  @Test("a run that goes on is left, and one that was taken for killed is completed by its end")
  func goingOn() throws {
    let began = Told(verdict: nil)
    let path = try folder.write(began.journal, to: "runs/slow")
    try ledger.begin(run: began.run, folder: path)
    do {
      let writer = try JournalWriter(appendingTo: path + "/journal.jsonl")
      let left = try LedgerImport(leftIn: ledger, at: .now)
      #expect(left.goingOn == [path])
      #expect(left.counts.isEmpty)
      _ = consume writer
    }
    #expect(try LedgerImport(leftIn: ledger, at: .now).counts == [.booked: 1])
    _ = try folder.write(Told().journal, to: "runs/slow")
    #expect(try LedgerImport([path], into: ledger, at: .now).counts == [.completed: 1])
    #expect(try ledger.runs(RunFilter(), limit: 5).map(\.verdict) == [.passed])
    #expect(try LedgerAudit(of: ledger, against: [path]).findings.isEmpty)
  }

  @Test("another journal under the name of a booked run is refused, and the first one stays")
  func conflicting() throws {
    let first = try folder.write(Told().journal, to: "runs/first")
    _ = try folder.write(Told.failed("not-seen").journal, to: "runs/second")
    let done = try LedgerImport([folder.path + "/runs"], into: ledger, at: .now)
    #expect(done.counts == [.booked: 1, .conflicting: 1])
    #expect(done.refused.count == 1)
    #expect(try ledger.runs(RunFilter(), limit: 5).map(\.folder) == [first])
  }

  @Test("verify names a journal that was changed, one that is gone, and a run that is not booked")
  func audit() throws {
    let kept = try folder.write(Told().journal, to: "runs/kept")
    let gone = try folder.write(Told(run: "gone").journal, to: "runs/gone")
    _ = try LedgerImport([folder.path + "/runs"], into: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: [folder.path]).findings.isEmpty)
    try FileManager.default.removeItem(atPath: gone)
    _ = try folder.write(Told.failed("not-seen").journal, to: "runs/kept")
    let new = try folder.write(Told(run: "new").journal, to: "runs/new")
    let findings = try LedgerAudit(of: ledger, against: [folder.path + "/runs"]).findings
    #expect(findings.contains("\(kept): the journal is not the one that was booked"))
    #expect(findings.contains { $0.hasPrefix("\(gone): the journal of the run gone is gone") })
    #expect(findings.contains { $0.hasPrefix("\(new): the run new is not booked") })
    #expect(findings.count == 3)
    try LedgerAudit.forget("gone", in: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: []).findings.count == 1)
    #expect(try ledger.runs(RunFilter(), limit: 9).count == 2)
    #expect(throws: LedgerError.self) {
      try LedgerAudit.forget(Told().run, in: ledger, at: .now)
    }
    #expect(throws: LedgerError.self) { try LedgerAudit.forget("nobody", in: ledger, at: .now) }
  }

  @Test("verify names a kept picture that was changed or is gone, until the folder is pruned")
  func pictures() throws {
    let told = Told(pictures: (0..<3).map { "pictures/\($0).jpg" } + ["/etc/hostname", "../x"])
    let path = try folder.write(told.journal, to: "runs/kept", pictures: 3)
    _ = try LedgerImport([path], into: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: [path]).findings == [])
    let booked = try #require(try ledger.pictureDigests(of: told.run))
    #expect(booked.map { $0 == nil } == [false, false, false, true, true])
    try Data([1]).write(to: URL(filePath: path + "/pictures/1.jpg"))
    try FileManager.default.removeItem(atPath: path + "/pictures/2.jpg")
    #expect(
      try LedgerAudit(of: ledger, against: [path]).findings == [
        "\(path)/pictures/1.jpg: the picture is not the one that was booked",
        "\(path)/pictures/2.jpg: the picture is gone or can't be read",
      ])
    var pruning = try Pruning(
      [path], by: PruneRules(keep: 1, keepsFailed: false, most: nil), at: .now)
    pruning.carryOut(bookingIn: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: [path]).findings == [])
  }

  @Test("a run folder that was moved and imported again is no change")
  func moved() throws {
    let told = Told(pictures: ["pictures/0.jpg"])
    let path = try folder.write(told.journal, to: "runs/here", pictures: 1)
    _ = try LedgerImport([path], into: ledger, at: .now)
    let there = folder.path + "/runs/there"
    try FileManager.default.moveItem(atPath: path, toPath: there)
    _ = try LedgerImport([there], into: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: [there]).findings == [])
    #expect(try ledger.head().sequence == 1)
  }

  @Test("a run that began and left nothing is told by verify until it is forgotten")
  func leftNothing() throws {
    try ledger.begin(run: "vanished", folder: folder.path + "/runs/vanished")
    let findings = try LedgerAudit(of: ledger, against: []).findings
    #expect(findings.map { $0.contains("the run vanished began, and left no journal") } == [true])
    try LedgerAudit.forget("vanished", in: ledger, at: .now)
    #expect(try LedgerAudit(of: ledger, against: []).findings.isEmpty)
  }

  @Test("a backup is a ledger with the same runs")
  func backup() throws {
    try ledger.book([Told(), .failed("not-seen")])
    let path = folder.path + "/copy.sqlite"
    try ledger.backUp(to: path)
    #expect(
      try SQLiteLedger(path).runs(RunFilter(), limit: 5) == ledger.runs(RunFilter(), limit: 5))
    #expect(throws: LedgerError.self) { try ledger.backUp(to: path) }
  }

  @Test("what is no ledger is refused, and told as such")
  func noLedger() throws {
    let path = folder.path + "/text"
    try Data(repeating: 65, count: 8192).write(to: URL(filePath: path))
    let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path) }
    #expect(error?.description.contains("it is no ledger") == true)
  }

  @Test("the last good run is the last that passed on the same rig and model, and is still there")
  func lastGood() throws {
    let folder = try Folder()
    let book = LedgerBook(folder.path + "/state/ledger.sqlite")
    func play(_ name: String, minute: Int, _ told: Told) throws -> String {
      var told = told
      (told.run, told.startedAt) = (name, "2026-03-01T10:1\(minute):00Z")
      let written = try folder.write(told.journal, to: name)
      #expect(book.book(written) == nil)
      return written
    }
    let first = try play("first", minute: 1, Told())
    let second = try play("second", minute: 2, Told())
    _ = try play("failed", minute: 3, .failed("not-seen"))
    _ = try play("elsewhere", minute: 4, Told(rig: "bench-9"))
    _ = try play("other-model", minute: 5, Told(model: "harbor"))
    let start = try Journal(reading: Told().journal).start
    #expect(book.lastGoodRun(before: start) == second)
    try FileManager.default.removeItem(atPath: second)
    #expect(book.lastGoodRun(before: start) == first)
    var own = start
    own.wall.runID = "first"
    #expect(book.lastGoodRun(before: own) == nil)
  }
}
