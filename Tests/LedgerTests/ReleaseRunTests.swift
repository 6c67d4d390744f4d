import Foundation
import Ledger
import RunJournal
import Testing

@Suite("Runs as a release is decided by them")
struct ReleaseRunTests {
  private let folder: Folder
  private let ledger: SQLiteLedger
  private let image = "4.2.1@sha256:" + String(repeating: "a", count: 64)

  init() throws {
    folder = try Folder()
    ledger = try folder.ledger()
  }

  private func runs(_ asOf: Date = .now, measurements: [String] = []) throws -> [ReleaseRun] {
    try ledger.releaseRuns(of: [image], bookedUntil: asOf, measurements: measurements)
  }

  @Test("what is booked of a run comes back: rig, what was left out, overrides and measurements")
  func whole() throws {
    var told = Told.failed("no-mail", at: "Wait")
    told.firmware = image
    told.steps = [(ActionWords.firmwareSeen, 2, "looked"), ("Wait", 60, "looked")]
    var entry = try told.entry
    entry.rigKind = RunStart.RigKind(
      rigClass: "bench", tags: ["hdmi-2"], isVirtual: true, remembers: true)
    entry.leftOut = ["Look at the phone"]
    entry.overrides = ["param a=b", "virtual.seed=1"]
    _ = try ledger.book([entry], at: .now)
    let run = try #require(try runs(measurements: ["run", "heat"]).first)
    #expect(run.run == entry.run)
    #expect(run.rigKind == entry.rigKind)
    #expect(run.leftOut == ["Look at the phone"])
    #expect(run.overrides == entry.overrides)
    #expect(run.scenario == entry.scenario)
    #expect(run.model == entry.model)
    #expect(run.rig == entry.rig)
    #expect(run.binary == entry.binary)
    #expect(run.verdict == .failed)
    #expect(run.cause == "no-mail")
    #expect(run.step == "Wait")
    #expect(run.sawFirmware)
    #expect(run.measured == ["run": [30]])
    #expect(run.journalDigest == entry.journalDigest)
  }

  @Test("what a journal does not say stays unknown, rather than none")
  func unknown() throws {
    var killed = Told(verdict: nil)
    killed.firmware = image
    _ = try ledger.book([killed.entry], at: .now)
    let run = try #require(try runs().first)
    #expect(run.rigKind == nil)
    #expect(run.leftOut == nil)
    #expect(run.verdict == nil)
    #expect(!run.sawFirmware)
  }

  @Test("only runs of the firmware that were booked until then")
  func bounds() throws {
    let now = Date(timeIntervalSince1970: 1_772_359_200)
    for (name, firmware, later) in [
      ("a", image, 0.0), ("b", image, 0.001), ("c", "4.2.1", 0), ("d", "4.2.10@sha256:00", 0),
    ] {
      var entry = try Told(run: name, firmware: firmware).entry
      entry.journalDigest = name
      _ = try ledger.book([entry], at: now.addingTimeInterval(later))
    }
    #expect(try runs(now).map(\.run) == ["a"])
    #expect(try runs(now.addingTimeInterval(0.001)).map(\.run) == ["a", "b"])
    let firmwares = try ledger.bookedFirmwares(called: "4.2.1", bookedUntil: now)
    #expect(firmwares.map(\.name) == ["4.2.1", image])
    #expect(firmwares.map(\.runs) == [1, 1])
  }

  @Test("a tombstone of an older program, without what was left out, is read")
  func olderTombstone() throws {
    var entry = try Told().entry
    entry.rigKind = nil
    entry.leftOut = nil
    let coded = try JSONEncoder().encode(entry)
    #expect(!String(decoding: coded, as: UTF8.self).contains("leftOut"))
    #expect(try JSONDecoder().decode(LedgerEntry.self, from: coded) == entry)
  }
}
