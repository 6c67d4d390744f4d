import Testing

@testable import FrameVision

@Suite("What a free reading says of a text that is wanted")
struct FieldReadingTests {
  @Test(
    "A caret behind it, the edge of its field before it, and look-alikes are no other text",
    arguments: [("F1CdiyB", "1CdiyB"), ("1CdiyB|", "1CdiyB"), ("O7W0", "07W0"), ("4O7W0", "07W0")])
  func same(read: String, wanted: String) {
    #expect(!FieldReading.differs(read, from: wanted))
  }

  @Test(
    "Another letter is, one more behind it, or more than one before it",
    arguments: [("1CdiyX", "1CdiyB"), ("1CdiyB7", "1CdiyB"), ("FF1CdiyB", "1CdiyB")])
  func other(read: String, wanted: String) {
    #expect(FieldReading.differs(read, from: wanted))
  }
}
