import Testing

@testable import RecorderModel

@Suite("Editing a model file")
struct ModelFileEditTests {
  @Test(
    "an entry is added or replaced, and all else stays",
    arguments: [
      ("model: x\n", "model: x\n\nimages:\n  a: V\n"),
      ("images:\n", "images:\n  a: V\n"),
      ("images: {}  # none yet\nlabels: {}\n", "images:  # none yet\n  a: V\nlabels: {}\n"),
      (
        "images:\n    b: {file: b.png}\n\n# Labels.\nlabels:\n  a: b\n",
        "images:\n    b: {file: b.png}\n    a: V\n\n# Labels.\nlabels:\n  a: b\n"
      ),
      (
        "images:\n  a: {file: old.png}  # the bar\n  b: c\n", "images:\n  a: V  # the bar\n  b: c\n"
      ),
      (
        "images:\n  # first\n  a:\n    file: old.png\n    in: [1, 2, 3, 4]\n\n  # second\n  b: c\n",
        "images:\n  # first\n  a: V\n\n  # second\n  b: c\n"
      ),
      ("images:\n  \"a\": {file: \"x # y.png\"}\n", "images:\n  a: V\n"),
      ("labels:\n  images: x\nimages:\n  b: c", "labels:\n  images: x\nimages:\n  b: c\n  a: V\n"),
    ])
  func edits(text: String, edited: String) throws {
    #expect(try ModelFileEdit.settingImage("a", to: "V", in: text) == edited)
  }

  @Test("images on one line are left to a person")
  func oneLine() {
    #expect(throws: ModelFolderError.self) {
      try ModelFileEdit.settingImage("a", to: "V", in: "images: {b: c.png}\n")
    }
  }
}
