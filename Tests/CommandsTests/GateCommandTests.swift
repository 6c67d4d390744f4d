import Foundation
import Frames
import GRDB
import Ledger
import OrderedJSON
import RunJournal
import Testing

/// A firmware ships or does not, by a gate file and a ledger.
@Suite("The gate's command")
struct GateCommandTests {
  private static let image = "4.3.0@sha256:" + String(repeating: "a", count: 64)
  private let folder: Folder
  private let ledger: String
  private let gate: String

  init() throws {
    folder = try Folder()
    ledger = folder.path + "/state/ledger.sqlite"
    gate = try folder.write(
      """
      gate: release
      product: recorder
      require: [{name: look, scenarios: [look], models: [night], passes: 2}]
      """, to: "gate.yaml")
  }

  /// Books runs of the image, in the past.
  private func book(_ verdicts: [Verdict], firmware: String = image, from number: Int = 0) throws {
    func input(_ name: String, _ digit: Character) -> RunStart.Input {
      RunStart.Input(name: name, digest: String(repeating: digit, count: 64))
    }
    let entries = try verdicts.enumerated().map { index, verdict in
      let run = "run-\(number + index)"
      let start = RunStart(
        scenario: input("look", "a"), about: "Looks.", rig: input("bench", "b"),
        rigKind: .init(rigClass: "bench", tags: [], isVirtual: false, remembers: true),
        model: input("night", "c"), binary: input("gantry", "d"),
        overrides: [], seed: 1, firmware: firmware, plan: [],
        wall: .init(runID: run, host: "lab", startedAt: "2026-03-01T10:0\(index):00Z"))
      let end = RunEnd(
        verdict: verdict, step: verdict == .passed ? nil : "Open",
        reason: verdict == .passed ? nil : "because",
        cause: verdict == .passed ? nil : CauseRecord(code: "expectation-unmet"), skipped: [],
        tested: Tested(held: 1), recorderSeconds: 30, wallSeconds: 3)
      let lines = [
        JournalEntry(at: .zero, event: .runStarted(start)),
        JournalEntry(at: .zero, event: .runEnded(end)),
      ].map { JournalFormat.json($0).description + "\n" }
      let journal = try folder.write(lines.joined(), to: "runs/\(run)/journal.jsonl")
      return try LedgerEntry(
        reading: Array(lines.joined().utf8),
        folder: URL(filePath: journal).deletingLastPathComponent().path)
    }
    let now = try Date("2026-03-01T11:00:00Z", strategy: .iso8601)
    _ = try SQLiteLedger(ledger).book(entries, at: now.addingTimeInterval(Double(number) * 60))
  }

  private func ask(_ more: String..., firmware: String = image) async -> Spoken {
    await gantry(["gate", gate, "--firmware", firmware, "--ledger", ledger] + more)
  }

  @Test("0 is open, 1 closed, 2 invalid, 3 that nobody can tell")
  func codes() async throws {
    try book([.passed, .passed])
    let open = await ask()
    #expect(open.status == 0)
    #expect(open.out.hasPrefix("open: recorder 4.3.0 (sha256:aaaaaaaaaaaa) at the gate release"))
    try book([.failed], from: 2)
    let closed = await ask()
    #expect(closed.status == 1)
    #expect(closed.out.contains("look on night: flaky: 1 run failed and 2 passed"))
    let bare = await ask(firmware: "4.3.0")
    #expect(bare.status == 2)
    #expect(bare.err.contains("a version alone names no image"))
    #expect(await ask("--as-of", "2999-01-01").status == 2)
    #expect(await ask("--as-of", "yesterday").status == 2)
    #expect(await ask("--json", "--explain").status == 2)
    // A page in the middle of the file that nobody wrote.
    let file = try FileHandle(forUpdating: URL(filePath: ledger))
    try file.seek(toOffset: 4096 * 3)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    try file.close()
    #expect(await ask().status == 3)
  }

  @Test("the same ledger, policy and instant of booking give the same answer, byte for byte")
  func same() async throws {
    try book([.passed, .passed])
    let first = await ask("--json", "--as-of", "2026-03-01T11:00:00Z")
    #expect(first.status == 0)
    try book([.failed], from: 5)
    #expect(await ask("--json", "--as-of", "2026-03-01T11:00:00Z").out == first.out)
    #expect(await ask("--json").status == 1)
    let answer = try JSONValue(parsing: first.out.utf8)
    #expect(answer["verdict"] == .string("open"))
    #expect(answer["asOf"] == .string("2026-03-01T11:00:00Z"))
  }

  @Test("a decision is signed, believed of its image by its key alone, and of no other")
  func signed() async throws {
    try book([.passed, .passed])
    let (key, other) = (folder.path + "/release.key", folder.path + "/other.key")
    for file in [key, other] { #expect(await gantry("key", "new", file).status == 0) }
    let statement = folder.path + "/decision.jsonl"
    #expect(await ask("--attest", statement).status == 2, "nobody signs")
    #expect(await ask("--attest", statement, "--key-file", key).status == 0)
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let believed = await gantry(
      "gate", "verify", statement, "--key", key + ".pub", "--subject", digest)
    #expect(believed.status == 0, "\(believed.out)\(believed.err)")
    #expect(believed.out.contains("1 passed, 0 warned, 0 failed"), "\(believed.out)")
    #expect(await gantry("gate", "verify", statement, "--key", other + ".pub").status == 1)
    let stranger = "sha256:" + String(repeating: "b", count: 64)
    #expect(
      await gantry("gate", "verify", statement, "--key", key + ".pub", "--subject", stranger)
        .status == 1)
    try book([.failed], from: 2)
    #expect(await ask("--attest", statement, "--key-file", key).status == 1)
    let closed = await gantry("gate", "verify", statement, "--key", key + ".pub")
    #expect(closed.status == 1)
    #expect(closed.err.contains("does not say that it passed"), "\(closed.err)")
  }

  @Test("over a run that was changed, taken away or forgotten by its folder nobody can tell")
  func tampered() async throws {
    try book([.passed, .passed, .failed])
    #expect(await ask().status == 1)
    let database = try DatabaseQueue(path: ledger)
    for (change, words) in [
      ("UPDATE runs SET verdict = 'passed', cause = NULL WHERE run = 'run-2'", "run run-2 is not"),
      ("DELETE FROM runs WHERE run = 'run-2'", "the run run-2, which link 3 booked, is gone"),
      ("DELETE FROM links WHERE run = 'run-2'", "the end was cut off"),
    ] {
      try await database.write { db in try db.execute(sql: change) }
      let answer = await ask()
      #expect(answer.status == 3, "\(change): \(answer.out)")
      #expect(answer.out.contains(words), "\(change): \(answer.out)")
    }
  }

  @Test("over a journal that is not the one that was booked nobody can tell")
  func journalChanged() async throws {
    try book([.passed, .passed])
    let path = folder.path + "/runs/run-1/journal.jsonl"
    let journal = try folder.text("runs/run-1/journal.jsonl")
    _ = try folder.write(
      journal.replacing("\"seed\":1", with: "\"seed\":2"), to: "runs/run-1/journal.jsonl")
    let changed = await ask()
    #expect(changed.status == 3)
    #expect(changed.out.contains("the journal is not the one that was booked"), "\(changed.out)")
    try FileManager.default.removeItem(atPath: path)
    #expect(await ask().status == 3)
    _ = try folder.write(journal, to: "runs/run-1/journal.jsonl")
    #expect(await ask().status == 0)
  }

  @Test("an end that was cut off with its head is told by an anchor that was kept elsewhere")
  func cutOff() async throws {
    try book([.passed, .passed])
    for ending in ["", "-wal", "-shm", ".head"] {
      try? FileManager.default.copyItem(
        atPath: ledger + ending, toPath: folder.path + "/before" + ending)
    }
    try book([.failed], from: 2)
    let anchor = folder.path + "/anchors"
    #expect(await gantry("ledger", "anchor", "--ledger", ledger, "--to", anchor).status == 0)
    #expect(await ask().status == 1)
    for ending in ["", "-wal", "-shm", ".head", ".anchors"] {
      try? FileManager.default.removeItem(atPath: ledger + ending)
      try? FileManager.default.copyItem(
        atPath: folder.path + "/before" + ending, toPath: ledger + ending)
    }
    #expect(await ask().status == 0, "without the anchor nobody can know")
    let told = await ask("--anchor", anchor)
    #expect(told.status == 3)
    #expect(told.out.contains("the end was cut off"), "\(told.out)")
  }

  @Test("runs of other images of the version are told, and don't count")
  func others() async throws {
    try book([.passed, .passed], firmware: "4.3.0")
    let closed = await ask()
    #expect(closed.status == 1)
    #expect(closed.out.contains("missing: no run of this image is booked"))
    #expect(closed.out.contains("2 runs were booked as 4.3.0, without the image's digest"))
  }

  @Test("the page is written beside the answer")
  func page() async throws {
    try book([.passed])
    #expect(await ask("--page", folder.path + "/decision.html").status == 1)
    #expect(try folder.text("decision.html").contains("too few: 1 of 2 passes"))
    #expect(await ask("--page", folder.path + "/none/decision.html").status == 2)
  }

  @Test("a mistake in the gate or its waivers is a line with its place, also by gantry check")
  func mistakes() async throws {
    try book([.passed, .passed])
    for command in [
      ["gate", gate, "--firmware", Self.image, "--ledger", ledger], ["check", gate],
    ] {
      _ = try folder.write(
        try folder.text("gate.yaml").replacing("passes: 2", with: "pases: 2"), to: "gate.yaml")
      let wrong = await gantry(command)
      #expect(wrong.status == 2)
      #expect(wrong.err.contains("gate.yaml:3:"))
      #expect(wrong.err.contains("did you mean \"passes\"?"))
    }
  }

  @Test("the plan is a suite that gantry check takes")
  func plan() async throws {
    try book([.passed])
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
      .standardizedFileURL.path
    let family = "\(root)/Gates/family.yaml"
    let spoken = await gantry(
      "gate", family, "--firmware", Self.image, "--ledger", ledger, "--plan")
    #expect(spoken.status == 0)
    #expect(spoken.err == "")
    let suite = try folder.write(spoken.out, to: "plan.yaml")
    let checked = await gantry("check", suite)
    #expect(
      checked.out == "the suite family-plan with 26 runs: nothing is wrong\n", "\(checked.err)")
  }
}
