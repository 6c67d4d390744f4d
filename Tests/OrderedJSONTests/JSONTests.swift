import OrderedJSON
import Testing

@Suite("JSON texts")
struct JSONTests {
  @Test(
    "what is read is written again as it was",
    arguments: [
      #"{"b":1,"a":[true,false,null,-0.50,1e3]}"#, #""""#, #"[]"#, #"{}"#,
      #""a \"quoted\" \\ line\nand \u0001 \u007f é 🎥""#, "1234567890123456789012345",
    ])
  func roundTrip(text: String) throws {
    #expect(try JSONValue(parsing: text.utf8).description == text)
  }

  @Test("escapes of other writers are understood")
  func escapes() throws {
    let value = try JSONValue(parsing: #""\u00e9\ud83c\udfa5\/\b\f\r\t""#.utf8)
    #expect(value == .string("é🎥/\u{8}\u{c}\r\t"))
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "-", "1.", ".5", "1e", "+1",
      "tru",
      "\"", "\"\n\"", #""\x""#, #""\u12""#, #""\u+123""#, #""\ud800""#, #""\ud800\u0041""#, "1 2",
      "[1 2]", "NaN", String(repeating: "[", count: 100),
    ])
  func refusals(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test("text that is not UTF-8 is refused")
  func notUTF8() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test(
    "decimals have no more digits than asked for",
    arguments: [
      (0.98765, "0.9877"), (1, "1"), (0, "0"), (-0.00004, "0"), (-1.5, "-1.5"), (12.3, "12.3"),
      (.nan, "null"), (.infinity, "null"),
    ])
  func decimals(value: Double, text: String) {
    #expect(JSONValue.decimal(value, digits: 4).description == text)
  }
}
