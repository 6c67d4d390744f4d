import Testing

@testable import Drivers

@Suite("Folders of a mail server")
struct FolderTests {
  @Test(
    "have names that go to and fro unchanged",
    arguments: [
      ("INBOX", "INBOX"), ("Entwürfe & mehr", "Entw&APw-rfe &- mehr"),
      ("台北/日本語", "&U,BTFw-/&ZeVnLIqe-"),
      ("Müll 🗑", "M&APw-ll &2D3d0Q-"), ("a\u{7F}", "a&AH8-"),
    ])
  func names(name: String, wire: String) {
    #expect(IMAPFolderName.encoded(name) == wire)
    #expect(IMAPFolderName.decoded(wire) == name)
  }

  @Test(
    "that are written wrongly keep their names", arguments: ["&", "a&b", "&!!-", "&AB-", "&AAAA"])
  func wrongNames(wire: String) {
    #expect(IMAPFolderName.decoded(wire) == wire)
  }

  static func folder(_ name: String, _ separator: Character? = "/", junk: Bool = false)
    -> IMAPFolder
  {
    IMAPFolder(wireName: name, separator: separator, isJunk: junk)
  }

  static func called(_ name: String, _ folders: IMAPFolder...) -> [String] {
    IMAPFolder.called(name, among: folders).map(\.wireName)
  }

  @Test("for junk are the one that is flagged, and those called as the scenario calls them")
  func junk() {
    #expect(
      Self.called(
        "Junk", Self.folder("INBOX"), Self.folder("Ablage"), Self.folder("Unerwünscht", junk: true),
        Self.folder("junk")) == ["Unerwünscht", "junk"])
    #expect(
      Self.called("Spam", Self.folder("[Gmail]/Spam", junk: true), Self.folder("Spam/old"))
        == ["[Gmail]/Spam"])
    #expect(Self.called("Junk", Self.folder("INBOX.Junk", ".")) == ["INBOX.Junk"])
    #expect(Self.called("Junk", Self.folder("Junk E-mail", "/")) == ["Junk E-mail"])
    #expect(Self.called("Junk", Self.folder("Work/Junk")) == [])
    #expect(Self.called("Junk", Self.folder("Old", junk: true), Self.folder("Spam")) == ["Old"])
  }

  @Test("of other names are those called so, with slashes or the server's own sign between parts")
  func others() {
    #expect(Self.called("inbox") == ["INBOX"])
    #expect(Self.called("Lab/Rigs", Self.folder("INBOX.Lab.Rigs", ".")) == ["INBOX.Lab.Rigs"])
    #expect(Self.called("Lab/Rigs", Self.folder("Lab.Rigs", ".")) == ["Lab.Rigs"])
    #expect(Self.called("Lab.Rigs", Self.folder("Lab.Rigs", ".")) == ["Lab.Rigs"])
    #expect(Self.called("Entwürfe", Self.folder("Entw&APw-rfe")) == ["Entw&APw-rfe"])
    #expect(Self.called("lab", Self.folder("Lab")) == [])
  }
}
