import Testing

@testable import Journals

@Suite("What counts of a journal")
struct JournalTextTests {
  private func canonical(_ journal: String) -> String {
    String(decoding: JournalText.canonical(Array(journal.utf8)), as: UTF8.self)
  }

  @Test("the first line does not, and neither does what the wall clock says")
  func wall() {
    let journal = """
      {"event":"run","wall":{"host":"here"}}
      {"event":"step","wallSeconds":1.25,"seen":["a"]}
      {"event":"end","steps":2,"wallSeconds":31}
      {"event":"note","wallText":"at noon, more or less","wallSet":true}

      """
    #expect(
      canonical(journal) == """
        {"event":"step","seen":["a"]}
        {"event":"end","steps":2}
        {"event":"note"}

        """)
  }

  @Test(
    "everything else does, to the byte",
    arguments: [
      #"{"event":"note","text":"he said \",\"wall\":1\" and left"}"#,
      #"{"walls":4,"wallpaper":["a"]}"#, #"{"text":"ä—🙂"}"#, #"{"a":1,"wall":{"b":2}}"#,
      #"{"a":1,"wall"#, #"{"a":1,"wall":"#, #"{"a":1,"wallText":"open"#,
    ])
  func kept(line: String) {
    #expect(canonical("first\n" + line) == line)
  }

  @Test("a journal that has no second line has nothing that counts", arguments: ["", "x", "x\n"])
  func short(journal: String) {
    #expect(canonical(journal) == "")
  }
}
