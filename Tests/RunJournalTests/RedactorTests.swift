import RunJournal
import Testing

@Suite("Keeping known secrets out of text")
struct RedactorTests {
  private var redactor = Redactor()

  init() {
    redactor.add("Hunter2")
    redactor.add("a\"b&c", escaped: ["a&quot;b&amp;c"])
    redactor.add("Hunter2andmore")
    redactor.add("xy")
  }

  @Test("what others wrote is kept back when it holds a secret, however spaced or cased")
  func foreignText() {
    #expect(redactor.withheld("the code is HUN TER2", instead: "(kept back)") == "(kept back)")
    #expect(redactor.withheld("nothing here", instead: "(kept back)") == "nothing here")
  }

  @Test(
    "a secret is taken out as it is, and as JSON, HTML and URLs write it",
    arguments: [
      ("say Hunter2!", "say •••!"), ("{\"a\\\"b&c\"}", "{\"•••\"}"),
      ("<a&quot;b&amp;c>", "<•••>"), ("?q=a%22b%26c", "?q=•••"),
    ])
  func ownText(text: String, written: String) {
    #expect(redactor.redacted(text) == written)
  }

  @Test("a secret inside a longer one leaves no rest")
  func nested() {
    #expect(redactor.redacted("Hunter2andmore") == "•••")
  }

  @Test("what is too short to be looked for is left")
  func short() {
    #expect(redactor.redacted("proxy") == "proxy")
    #expect(redactor.withheld("proxy", instead: "") == "proxy")
  }
}
