import Frames
import Glibc
import OrderedJSON
import RunJournal
import Testing

/// A run in which every kind of event occurs, with every member once given and once left out.
private let sampleEntries: [JournalEntry] = [
  .init(at: .zero, event: .runStarted(sampleStart)),
  .init(
    at: .init(nanoseconds: 33_000_000),
    event: .stepStarted(
      StepStart(
        step: 1, parent: nil, path: "Log in", does: "play log-in", expects: nil,
        location: "reset.yaml:3:5", sensitive: false))),
  .init(
    at: .init(nanoseconds: 66_000_000),
    event: .stepStarted(
      StepStart(
        step: 2, parent: 1, path: "Log in / Type password", does: "type a secret",
        expects: "dots", location: "log-in.yaml:9:5", sensitive: true))),
  .init(
    at: .init(nanoseconds: 1_500_000_000),
    event: .acted(
      ActionRecord(
        step: 2, attempt: 1, what: "clicked \"OK\"\nonce", place: PixelPoint(x: 3, y: 4),
        box: PixelRect(x: 1, y: 2, width: 30, height: 40), score: 0.9876))),
  .init(
    at: .init(nanoseconds: 1_500_000_000),
    event: .acted(ActionRecord(step: 2, attempt: 2, what: "typed"))),
  .init(
    at: .init(nanoseconds: 2_000_000_000),
    event: .judged(
      Judgement(
        step: 2, expected: "the live view", held: false, seen: "a log-in prompt", frame: 61,
        capturedAt: .init(nanoseconds: 1_999_000_000),
        nearest: .init(
          name: "live-view", box: PixelRect(x: 0, y: 0, width: 9, height: 9), score: 0.25)))),
  .init(
    at: .init(nanoseconds: 2_000_000_000),
    event: .judged(
      Judgement(
        step: 2, expected: "equal", held: true, seen: "equal", frame: nil, capturedAt: nil,
        nearest: nil))),
  .init(
    at: .init(nanoseconds: 2_000_000_000),
    event: .noted(Note(step: 2, kind: .interruption, text: "a pop-up was sent away"))),
  .init(
    at: .init(nanoseconds: 2_000_000_000),
    event: .noted(Note(step: nil, kind: .power, text: "power is on"))),
  .init(
    at: .init(nanoseconds: 2_000_000_000),
    event: .pictureKept(
      KeptPicture(
        step: 2, role: .last, file: "pictures/001.jpg", frame: 61,
        boxes: [PixelRect(x: 1, y: 2, width: 3, height: 4)],
        blanked: [PixelRect(x: 5, y: 6, width: 7, height: 8)]))),
  .init(
    at: .init(nanoseconds: 2_001_000_000),
    event: .stepEnded(
      StepEnd(
        step: 2, outcome: .errored, reason: "power: the switch can't be written",
        cause: CauseRecord(code: "power-unreachable", part: "power", errno: 5)))),
  .init(
    at: .init(nanoseconds: 2_001_000_000),
    event: .stepEnded(StepEnd(step: 1, outcome: .notApplicable, reason: nil))),
  .init(
    at: .init(nanoseconds: 90_000_001_000_000),
    event: .runEnded(
      RunEnd(
        verdict: .failed, step: "Log in / Type password", reason: "the live view never came",
        cause: CauseRecord(code: "expectation-unmet"), skipped: ["Add it again"],
        tested: Tested(held: 2, confirmed: 1, ways: ["A: otherwise"], inapplicable: ["B"]),
        recorderSeconds: 90000.001, wallSeconds: 2.25))),
]

private let sampleStart = RunStart(
  scenario: .init(name: "password-reset", digest: "aa"), about: "Reset “it”",
  rig: .init(name: "virtual", digest: "bb"), model: .init(name: "night", digest: "cc"),
  binary: .init(name: "gantry 0.1.0", digest: "dd"), overrides: ["power.minimumOff=12s"],
  seed: .max, firmware: "V4.30", patience: 3, plan: ["Log in", "Add it again"],
  wall: .init(runID: "r1", host: "bench-a", startedAt: "2026-01-02T03:04:05Z"))

private func text(_ entries: [JournalEntry]) -> String {
  entries.map { JournalFormat.json($0).description + "\n" }.joined()
}

@Suite("The journal")
struct JournalTests {
  @Test("every event comes back as it was written")
  func roundTrip() throws {
    let journal = try Journal(reading: Array(text(sampleEntries).utf8))
    #expect(journal.entries == sampleEntries)
    #expect(journal.start == sampleStart)
    #expect(journal.end?.verdict == .failed)
    #expect(!journal.isTorn)
    #expect(journal.unknownLines == 0)
  }

  @Test("the first line tells the version, and only its wall differs between two runs")
  func firstLine() throws {
    var again = sampleStart
    again.wall = .init(runID: "r2", host: "bench-b", startedAt: "2027-01-02T03:04:05Z")
    let lines = [sampleStart, again].map {
      JournalFormat.json(.init(at: .zero, event: .runStarted($0))).description
    }
    #expect(lines[0].hasPrefix(#"{"journal":"1.3","at":0,"event":"runStarted","scenario":"#))
    let fronts = lines.map { $0.prefix { $0 != "w" } }
    #expect(fronts[0] == fronts[1])
    #expect(lines[0] != lines[1])
    #expect(lines[0].contains(#","wall":{"runID":"r1","#))
  }

  @Test("a line cut short at the end is passed over and told", arguments: [1, 7, 40])
  func tornLine(cut: Int) throws {
    let bytes = Array(text(sampleEntries).utf8).dropLast(cut)
    let journal = try Journal(reading: Array(bytes))
    #expect(journal.isTorn)
    #expect(journal.entries == sampleEntries.dropLast())
    #expect(journal.end == nil)
  }

  @Test("zeros that a lost disk cache leaves at the end count as a torn line")
  func zeros() throws {
    let bytes = Array(text(sampleEntries.dropLast()).utf8) + [0, 0, 0, 0x0A]
    let journal = try Journal(reading: bytes)
    #expect(journal.isTorn)
    #expect(journal.entries.count == sampleEntries.count - 1)
  }

  @Test("a run that was ended between two lines is not whole, but nothing is torn")
  func endedBetweenLines() throws {
    let journal = try Journal(reading: Array(text(sampleEntries.dropLast()).utf8))
    #expect(!journal.isTorn)
    #expect(journal.end == nil)
  }

  @Test("a damaged line in the middle is an error that names the line")
  func damagedMiddle() {
    var lines = sampleEntries.map { JournalFormat.json($0).description }
    lines[3] = String(lines[3].dropLast(5))
    let error = #expect(throws: JournalError.self) {
      try Journal(reading: Array((lines.joined(separator: "\n") + "\n").utf8))
    }
    #expect(error?.line == 4)
  }

  @Test("a newer minor version's events and members are passed over")
  func newerMinor() throws {
    var whole = text(sampleEntries).replacing("\"journal\":\"1.3\"", with: "\"journal\":\"1.7\"")
    whole = whole.replacing(
      "\"event\":\"acted\"", with: "\"event\":\"acted\",\"temperature\":21.5")
    whole += #"{"at":91000,"event":"danced","step":1}"# + "\n"
    let journal = try Journal(reading: Array(whole.utf8))
    #expect(journal.entries == sampleEntries)
    #expect(journal.unknownLines == 1)
    #expect(journal.version == .init(major: 1, minor: 7))
  }

  @Test("a journal from before there were causes is read without them")
  func withoutCauses() throws {
    var old = text(sampleEntries).replacing("\"journal\":\"1.3\"", with: "\"journal\":\"1.0\"")
    for cause in [
      #","cause":"power-unreachable","part":"power","errno":5"#, #","cause":"expectation-unmet""#,
    ] {
      #expect(old.contains(cause))
      old = old.replacing(cause, with: "")
    }
    let journal = try Journal(reading: Array(old.utf8))
    #expect(journal.version == .init(major: 1, minor: 0))
    #expect(journal.entries.count == sampleEntries.count)
    #expect(journal.end?.verdict == .failed)
    #expect(journal.end?.cause == nil)
  }

  @Test("an event that the same version does not know is an error")
  func unknownEvent() {
    let whole = text(sampleEntries) + #"{"at":91000,"event":"danced","step":1}"# + "\n"
    let error = #expect(throws: JournalError.self) { try Journal(reading: Array(whole.utf8)) }
    #expect(error?.description == "line 14: the event danced is not known")
  }

  @Test(
    "a file that is no journal of ours is refused",
    arguments: [
      "", "hello\n", "{}\n", #"{"journal":"2.0","at":0,"event":"runStarted"}"# + "\n",
      #"{"journal":"1","at":0}"# + "\n", #"{"journal":"1.0","at":0,"event":"runEnded"}"# + "\n",
      #"{"journal":"1.0","at""#,
    ])
  func refusals(text: String) {
    #expect(throws: JournalError.self) { try Journal(reading: Array(text.utf8)) }
  }

  @Test("times are kept to the millisecond and scores to four digits")
  func coarseNumbers() throws {
    let entry = JournalEntry(
      at: .init(nanoseconds: 1_234_567_890),
      event: .acted(ActionRecord(step: 1, attempt: 1, what: "x", score: 0.123456789)))
    #expect(
      JournalFormat.json(entry).description
        == #"{"at":1.234,"event":"acted","step":1,"attempt":1,"what":"x","score":0.1235}"#)
  }
}

@Suite("Writing a journal")
struct JournalWriterTests {
  @Test("lines are in the file as soon as they are written")
  func linesAtOnce() throws {
    let path = try temporaryFolder() + "/journal.jsonl"
    var writer = try JournalWriter(appendingTo: path)
    try writer.append("one")
    #expect(contents(of: path) == "one\n")
    try writer.append("two")
    #expect(contents(of: path) == "one\ntwo\n")
  }

  @Test("a file that can't be opened is told in words")
  func noFolder() {
    let error = #expect(throws: JournalError.self) {
      var writer = try JournalWriter(appendingTo: "/nowhere/journal.jsonl")
      try writer.append("x")
    }
    #expect(error?.reason == "/nowhere/journal.jsonl: No such file or directory")
  }

  @Test("a full disk is told in words")
  func fullDisk() throws {
    let error = #expect(throws: JournalError.self) {
      var writer = try JournalWriter(appendingTo: "/dev/full")
      try writer.append("one")
    }
    #expect(error?.reason == "/dev/full: No space left on device")
  }

  private func temporaryFolder() throws -> String {
    var template = Array("/tmp/gantry-journal-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
