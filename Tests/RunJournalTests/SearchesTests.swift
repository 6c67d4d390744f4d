import Frames
import OrderedJSON
import RunJournal
import Testing

@Suite("What was looked for, in a journal")
struct SearchesTests {
  private let judgement = Judgement(
    step: 3, expected: "the image bar", held: false, seen: "nothing like it", frame: 7,
    capturedAt: .zero, nearest: nil,
    searches: [
      .init(
        .image("bar"), found: false, box: PixelRect(x: 1, y: 2, width: 3, height: 4), score: 0.25,
        limit: 0.5, differs: PixelRect(x: 1, y: 2, width: 2, height: 2), difference: "colour",
        unclear: "too dark"),
      .init(
        .words("Log In"), found: true, box: PixelRect(x: 5, y: 6, width: 7, height: 8), score: 1,
        limit: 0.8, read: "Log ln"),
    ],
    read: [.init(text: "The password is wrong", box: PixelRect(x: 9, y: 9, width: 90, height: 12))])

  private func again(_ event: RunEvent) throws -> RunEvent {
    let line = JournalFormat.json(JournalEntry(at: .zero, event: event))
    let text = line.description
    return try JournalFormat.entry(try JSONValue(parsing: Array(text.utf8))).event
  }

  @Test("is read as it was written")
  func roundTrip() throws {
    #expect(try again(.judged(judgement)) == .judged(judgement))
    let picture = KeptPicture(
      step: 3, role: .template, file: "pictures/1.png", frame: nil, name: "bar", boxes: [],
      blanked: [])
    #expect(try again(.pictureKept(picture)) == .pictureKept(picture))
    let note = Note(step: nil, kind: .signal, text: "the signal is back")
    #expect(try again(.noted(note)) == .noted(note))
  }

  @Test("is nothing in a journal of an older program")
  func older() throws {
    var plain = judgement
    (plain.searches, plain.read) = ([], [])
    let text = JournalFormat.json(JournalEntry(at: .zero, event: .judged(plain))).description
    #expect(!text.contains("searches") && !text.contains("read"))
    #expect(try again(.judged(plain)) == .judged(plain))
  }

  @Test("stays readable where a secret is one of its words")
  func secretWords() throws {
    for secret in ["image", "words", "found", "colour", "limit"] {
      var redactor = Redactor()
      redactor.add(secret)
      let line = JournalFormat.mappingFreeTexts(
        of: JournalFormat.json(JournalEntry(at: .zero, event: .judged(judgement))),
        redactor.redacted)
      guard case .judged(let read) = try JournalFormat.entry(line).event else {
        Issue.record("the judgement is lost")
        continue
      }
      #expect(read.searches.map(\.found) == [false, true])
      #expect(!read.searches.contains { $0.difference == secret })
    }
  }
}
