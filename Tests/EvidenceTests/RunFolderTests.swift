import Frames
import RunJournal
import Testing

@testable import Evidence

@Suite("The run folder")
struct RunFolderTests {
  private let hung = CauseRecord(code: "hung")

  @Test("two runs of one name get two folders")
  func unique() async throws {
    let place = try TemporaryFolder()
    let first = try RunFolder(in: place.path + "/runs", name: "reset-seed1")
    let second = try RunFolder(in: place.path + "/runs", name: "reset-seed1")
    #expect(first.path == place.path + "/runs/reset-seed1")
    #expect(second.path == place.path + "/runs/reset-seed1-2")
  }

  @Test("a name that is no file name is made into one")
  func oddNames() throws {
    let place = try TemporaryFolder()
    #expect(try RunFolder(in: place.path, name: "../a b/ü").path == place.path + "/a-b--")
    #expect(try RunFolder(in: place.path, name: "..").path == place.path + "/unnamed")
  }

  @Test("a folder that can't be made is told in words")
  func noPlace() {
    let error = #expect(throws: EvidenceError.self) {
      try RunFolder(in: "/proc/none/runs", name: "x")
    }
    #expect(error?.reason == "/proc/none/: No such file or directory")
  }

  @Test("what is written can be read as a journal at every moment")
  func journal() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let entries: [JournalEntry] = [
      .init(at: .zero, event: .runStarted(sampleStart())),
      .init(at: .zero, event: .noted(Note(step: nil, kind: .power, text: "on"))),
    ]
    for count in 1...entries.count {
      try await folder.append(entries[count - 1])
      let bytes = try EvidenceFiles.read(folder.path + "/journal.jsonl")
      #expect(try Journal(reading: bytes).entries == Array(entries.prefix(count)))
    }
  }

  /// A step that begins, such as `Log in / Type`.
  private func begins(_ step: Int, _ path: String) -> JournalEntry {
    JournalEntry(
      at: .zero,
      event: .stepStarted(
        .init(
          step: step, parent: nil, path: path, does: "wait", expects: nil, location: "a.yaml:1:1",
          sensitive: false)))
  }

  @Test(
    "secrets that are words of the journal leave it readable",
    arguments: ["passed", "pass", "stepEnded", "step", "power", "outcome"])
  func secretWords(secret: String) async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    await folder.conceal(secret)
    try await folder.append(.init(at: .zero, event: .runStarted(sampleStart())))
    try await folder.append(begins(1, "Type \(secret)"))
    try await folder.append(
      .init(at: .zero, event: .noted(Note(step: 1, kind: .power, text: secret))))
    let ended = JournalEntry(
      at: .zero, event: .stepEnded(.init(step: 1, outcome: .passed, reason: nil)))
    try await folder.append(ended)
    let journal = try Journal(reading: EvidenceFiles.read(folder.path + "/journal.jsonl"))
    #expect(journal.unknownLines == 0)
    #expect(journal.entries.last == ended)
    guard case .noted(let note) = journal.entries[2].event else {
      Issue.record("the note is lost")
      return
    }
    #expect(note.kind == .power)
    #expect(note.text == Redactor.mark)
  }

  @Test("the journal of a run that hangs is closed with the step that hangs, and stays closed")
  func hanging() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    await folder.conceal("hush-hush")
    try await folder.append(.init(at: .zero, event: .runStarted(sampleStart())))
    try await folder.append(begins(1, "Log in"))
    try await folder.append(begins(2, "Log in / Open"))
    try await folder.append(
      .init(at: .zero, event: .stepEnded(.init(step: 2, outcome: .passed, reason: nil))))
    try await folder.append(begins(3, "Log in / Type hush-hush"))
    let end = folder.close(hanging: sampleStart(), reason: "it hangs", cause: hung, wallSeconds: 7)
    #expect(end.verdict == .errored)
    #expect(end.step == "Log in / Type \(Redactor.mark)")
    #expect(end.reason == "it hangs")
    await #expect(throws: JournalSinkError.self) { try await folder.append(begins(4, "More")) }
    #expect(try RunReports.write(in: folder.path).end == end)
    #expect(
      folder.close(hanging: sampleStart(), reason: "again", cause: hung, wallSeconds: 8) == end)
  }

  @Test("a run that hangs before its first line has one, and one that has ended keeps its end")
  func hangingAtTheEnds() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let end = folder.close(hanging: sampleStart(), reason: "it hangs", cause: hung, wallSeconds: 7)
    #expect(end.step == nil)
    let journal = try RunReports.journal(of: folder.path)
    #expect(journal.entries.count == 2)
    #expect(journal.end == end)

    let other = try RunFolder(in: place.path, name: "other")
    let passed = RunEnd(
      verdict: .passed, step: nil, reason: nil, cause: nil, skipped: [], recorderSeconds: 1,
      wallSeconds: 1)
    try await other.append(.init(at: .zero, event: .runStarted(sampleStart())))
    try await other.append(.init(at: .zero, event: .runEnded(passed)))
    #expect(
      other.close(hanging: sampleStart(), reason: "it hangs", cause: hung, wallSeconds: 7) == passed
    )
  }

  @Test("pictures are named by count, step, role and name")
  func pictureNames() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let template = RGBImage(
      size: PixelSize(width: 20, height: 10),
      pixels: [UInt8](repeating: 255, count: 800))
    let pictures = [
      PictureToKeep(.frame(brightFrame(number: 1)), step: 3, role: .before),
      PictureToKeep(.reference(template), step: 3, role: .template, name: "menu-bar"),
      PictureToKeep(.frame(brightFrame(number: 2)), step: nil, role: .captured, name: "a/b c"),
      PictureToKeep(.reference(template), step: 4, role: .template, name: "menu-bar"),
    ]
    var files: [String] = []
    for picture in pictures { files.append(try await folder.keep(picture)) }
    #expect(
      files == [
        "pictures/001-step03-before.jpg", "pictures/002-step03-template-menu-bar.png",
        "pictures/003-run-captured-a-b-c.jpg", "pictures/002-step03-template-menu-bar.png",
      ])
    #expect(
      place.files == [
        "run", "run/journal.jsonl", "run/pictures", "run/pictures/001-step03-before.jpg",
        "run/pictures/002-step03-template-menu-bar.png",
        "run/pictures/003-run-captured-a-b-c.jpg",
      ])
  }

  @Test("a frame that two steps share is stored once, unless they blank different parts")
  func sharedFrame() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let box = PixelRect(x: 0, y: 0, width: 9, height: 9)
    let first = try await folder.keep(
      PictureToKeep(.frame(brightFrame()), step: 1, role: .deciding))
    let second = try await folder.keep(PictureToKeep(.frame(brightFrame()), step: 2, role: .before))
    let third = try await folder.keep(
      PictureToKeep(.frame(brightFrame()), step: 2, role: .before, blanked: [box]))
    #expect(first == second)
    #expect(first != third)
  }

  @Test("blanked parts are black in the file, to the last chroma sample, and the rest is not")
  func blanking() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let box = PixelRect(x: 17, y: 9, width: 30, height: 14)
    let file = try await folder.keep(
      PictureToKeep(
        .frame(brightFrame()), step: 1, role: .last,
        blanked: [box, PixelRect(x: 60, y: -5, width: 100, height: 10)]))
    let stored = try JPEGCodec.read("\(folder.path)/\(file)")
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX {
        #expect(stored.luma[x, y] < 40)
        #expect(abs(Int(stored.cr[x / 2, y / 2]) - 128) < 16)
      }
    }
    #expect(stored.luma[62, 2] < 40)
    #expect(stored.luma[4, 40] > 180)
  }

  @Test("a blanked reference is black where it was told")
  func blankedReference() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let picture = RGBImage(
      size: PixelSize(width: 20, height: 10), pixels: [UInt8](repeating: 255, count: 800))
    let file = try await folder.keep(
      PictureToKeep(
        .reference(picture), step: 1, role: .template,
        blanked: [PixelRect(x: 15, y: -1, width: 30, height: 5)]))
    let stored = try PNGCodec.read("\(folder.path)/\(file)")
    #expect(stored[16, 3] == RGBColor(red: 0, green: 0, blue: 0))
    #expect(stored[14, 3] == RGBColor(red: 255, green: 255, blue: 255))
    #expect(stored[16, 4] == RGBColor(red: 255, green: 255, blue: 255))
  }

  @Test("a secret that slipped into the run's words never reaches the disk")
  func secrets() async throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "run")
    let secret = "q\"7<é"
    await folder.conceal(secret)
    await folder.conceal("7<é")
    try await folder.append(.init(at: .zero, event: .runStarted(sampleStart())))
    try await folder.append(
      .init(
        at: .zero,
        event: .noted(
          Note(
            step: nil, kind: .other,
            text: "typed \(secret), wrote q&quot;7&lt;é and q%227%3C%C3%A9 and q\\\"7<é"))))
    let name = try await folder.keep(
      PictureToKeep(.frame(brightFrame()), step: 1, role: .captured, name: "see 7<é"))
    let text = String(
      decoding: try EvidenceFiles.read(folder.path + "/journal.jsonl"), as: UTF8.self)
    let told = try await folder.record(
      .init(at: .zero, event: .noted(Note(step: nil, kind: .other, text: "typed \(secret)"))))
    #expect(told.event == .noted(Note(step: nil, kind: .other, text: "typed •••")))
    #expect(text.contains(#""text":"typed •••, wrote ••• and ••• and •••""#))
    #expect(name == "pictures/001-step01-captured-see----.jpg")
  }
}
