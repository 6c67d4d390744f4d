import Foundation
import RecorderPast
import Testing

/// A fresh folder that goes with its last user.
private final class Place {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-past-\(UUID().uuidString)"
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var folder: RecorderFolder { RecorderFolder(path: path + "/recorders") }

  func write(_ text: String, _ id: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try text.write(toFile: folder.file(of: id), atomically: false, encoding: .utf8)
  }
}

@Suite("The folder of what is believed of recorders")
struct RecorderFolderTests {
  private func entry(_ why: String) -> RecordEntry { RecordEntry(at: 12.5, who: "lab", why: why) }

  private func full() -> RecorderRecord {
    var record = RecorderRecord(id: "NVR 1/2")
    record.take(.proves(password: "lan\"tern\n48"), at: 1_764_400_000.125)
    record.take(.proposes(password: "späti"), at: 1_764_400_001)
    record.take(.refutes(password: "gone"), at: 1_764_400_002)
    record.take(.tries(password: "x"), at: 1_764_400_003)
    record.take(.triesCode, at: 1_764_400_004)
    record.take(.firmwareFlashed("4.2.1@sha256:00"), at: 5)
    record.take(.firmwareRead("4.2.0"), at: 6)
    record.unfinished = RunMark(run: "a-1", scenario: "a", at: 7)
    record.last = RunMark(run: "b-1", scenario: "b", at: 8, verdict: "passed")
    record.holds = [Hold(who: "kim", why: "new cable", since: 9)]
    return record
  }

  @Test("a hold that is asked for while a run has the recorder is seen by it, and holds afterwards")
  func askedHold() throws {
    let place = try Place()
    let hold = Hold(who: "kim", why: "new cable", since: 9)
    do {
      let file = try place.folder.take("NVR-1", for: "run 1")
      #expect(file.askedHold == nil)
      try place.folder.ask(for: hold, of: "NVR-1")
      #expect(file.askedHold == hold)
      #expect(try place.folder.read("NVR-1").holds == [hold])
      // The run goes on writing what it has in hand, without the hold.
      try file.update(entry("more")) { $0.firmware.read = "4.2.1" }
      #expect(file.record.holds.isEmpty)
    }
    let next = try place.folder.take("NVR-1", for: "run 2")
    #expect(next.record.holds == [hold])
    #expect(next.record.firmware.read == "4.2.1")
    #expect(next.askedHold == nil)
    let changes = try String(
      contentsOfFile: place.folder.changes(of: "NVR-1"), encoding: .utf8)
    #expect(changes.contains("asks for a hold: new cable"))
  }

  @Test("a hold that is taken back while the run still has the recorder holds nobody back")
  func takenBack() throws {
    let place = try Place()
    do {
      let file = try place.folder.take("NVR-1", for: "run 1")
      try place.folder.ask(for: Hold(who: "kim", why: "a", since: 9), of: "NVR-1")
      try place.folder.takeBackAskedHolds(of: "NVR-1", entry("not needed"))
      #expect(file.askedHold == nil)
    }
    #expect(try place.folder.take("NVR-1", for: "run 2").record.holds.isEmpty)
  }

  @Test("what is no list of holds is told, and lets no run begin")
  func brokenHold() throws {
    let place = try Place()
    try place.folder.ask(for: Hold(who: "kim", why: "a", since: 9), of: "NVR-1")
    try "{}".write(toFile: place.folder.path + "/NVR-1.hold", atomically: false, encoding: .utf8)
    let error = #expect(throws: RecordError.self) { try place.folder.take("NVR-1", for: "run 1") }
    #expect(error?.description.contains("no list of holds") == true)
  }

  @Test("all that is believed is there again for the next process")
  func roundTrip() throws {
    let place = try Place()
    let wanted = full()
    do {
      let file = try place.folder.take(wanted.id, for: "run 1")
      try file.update(entry("all")) { $0 = wanted }
      #expect(file.record == wanted)
    }
    #expect(try place.folder.read(wanted.id) == wanted)
    #expect(try place.folder.take(wanted.id, for: "run 2").record == wanted)
  }

  @Test(
    "only its owner can read the record and the book of changes, and the book names no password")
  func privacy() throws {
    let place = try Place()
    let file = try place.folder.take("NVR-1", for: "run 1")
    try file.take(.proves(password: "lantern48"), at: 3, by: "run-7")
    for path in [place.folder.file(of: "NVR-1"), place.folder.changes(of: "NVR-1")] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600, "\(path)")
    }
    let changes = try String(contentsOfFile: place.folder.changes(of: "NVR-1"), encoding: .utf8)
    #expect(changes.contains("run-7"))
    #expect(!changes.contains("lantern48"))
  }

  @Test("one holder at a time, named to whoever comes second; a holder that is gone holds nothing")
  func lock() throws {
    let place = try Place()
    do {
      let file = try place.folder.take("NVR-1", for: "the run a-1")
      let error = #expect(throws: RecordError.self) {
        try place.folder.take("NVR-1", for: "another")
      }
      #expect(error?.isInUse == true)
      #expect(error?.description.contains("the run a-1") == true)
      _ = try place.folder.take("NVR-2", for: "another")
      _ = file.record
    }
    _ = try place.folder.take("NVR-1", for: "another")
  }

  @Test(
    "a record that can't be understood is one clear line, and stays as it is",
    arguments: [
      ("", "byte"), ("{", "byte"), ("[]", "version"), ("{\"version\": 2}", "newer gantry"),
      ("{\"version\": 1}", "recorder"),
      ("{\"version\":1,\"recorder\":\"NVR-9\",\"passwords\":[],\"holds\":[]}", "tries"),
      ("{\"version\":1,\"recorder\":\"NVR-1\",\"passwords\":[{}],\"holds\":[]}", "certainty"),
    ])
  func broken(_ text: String, _ wanted: String) throws {
    let place = try Place()
    try place.write(text, "NVR-1")
    let error = #expect(throws: RecordError.self) {
      try place.folder.take("NVR-1", for: "run 1")
    }
    let words = error?.description ?? ""
    #expect(words.contains(wanted), "\(words)")
    #expect(words.contains(place.folder.file(of: "NVR-1")) && !words.contains("\n"), "\(words)")
    #expect(try String(contentsOfFile: place.folder.file(of: "NVR-1"), encoding: .utf8) == text)
  }

  @Test("every truncation of a record is refused, never half believed")
  func truncated() throws {
    let place = try Place()
    let wanted = full()
    do {
      let file = try place.folder.take(wanted.id, for: "run 1")
      try file.update(entry("all")) { $0 = wanted }
    }
    let whole = try String(contentsOfFile: place.folder.file(of: wanted.id), encoding: .utf8)
    for length in stride(from: 0, to: whole.count - 2, by: 7) {
      try place.write(String(whole.prefix(length)), wanted.id)
      #expect(throws: RecordError.self, "the first \(length) characters") {
        try place.folder.read(wanted.id)
      }
    }
  }

  @Test("where nothing can be written, what was believed before is still believed")
  func unwritable() throws {
    let place = try Place()
    let file = try place.folder.take("NVR-1", for: "run 1")
    try file.take(.proves(password: "old"), at: 1, by: "run-1")
    // A folder in the place of the new file: whoever may write everywhere can't write that.
    try FileManager.default.createDirectory(
      atPath: place.folder.file(of: "NVR-1") + ".new", withIntermediateDirectories: false)
    #expect(throws: RecordError.self) {
      try file.take(.proves(password: "new"), at: 2, by: "run-1")
    }
    #expect(file.record.password == "old")
    #expect(try place.folder.read("NVR-1").password == "old")
  }
}
