import Testing

@testable import Hands

@Suite("What a field shows after typing")
struct ReadBackTests {
  @Test(
    "what a font draws alike, or the caret behind the text, is no evidence against a keyboard",
    arguments: [
      ("zz99z2", "zz99zz"), ("12|", "12"), ("O0l1", "00I1"), ("WVV", "VVW"), ("S5B8", "558B"),
      ("482913", "482913"),
    ])
  func alike(_ read: String, _ typed: String) {
    #expect(ReadBack.shows(read, typed: typed))
  }

  @Test(
    "another character, one too many or one too few is seen",
    arguments: [
      ("482914", "482913"), ("48291", "482913"), ("4829133", "482913"), ("", "1"), ("1", ""),
      ("12||", "12"), ("b", "a"), ("213", "123"), ("|12", "12"),
    ])
  func different(_ read: String, _ typed: String) {
    #expect(!ReadBack.shows(read, typed: typed))
  }
}
