import Bench
import Testing

@Suite("Reading mail")
struct MailMessageTests {
  static func message(_ text: String) throws(MailError) -> MailMessage {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return try MailMessage(parsing: Array(lines.joined(separator: "\r\n").utf8))
  }

  /// A mail as password services send it: parts in parts, both encodings, an attachment.
  static let nested = """
    Received: from a by b;
    \tSat, 14 Mar 2026 09:26:53 +0000
    From: =?UTF-8?Q?Nachteule_=E2=80=93?= =?utf-8?B?IEhpbGZl?= <no-reply@example.com>
    Subject: Reset
     =?ISO-8859-1?Q?_Pa=DFwort?=
    Date: Sat, 14 Mar 2026 09:26:53 +0000
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="outer boundary"

    For old programs.
    --outer boundary
    Content-Type: multipart/alternative;
     boundary=inner

    --inner
    Content-Type: text/plain; charset=UTF-8
    Content-Transfer-Encoding: quoted-printable

    Your code, valid for 10=E2=80=AFminutes:
    4f=
    7K2=3D
    --inner-but-longer is no parting line
    --inner
    Content-Type: text/html; charset="iso-8859-1"
    Content-Transfer-Encoding: base64

    PGh0bWw+PGhlYWQ+PHRpdGxlPng8L3RpdGxlPjwvaGVhZD48cD5Db2Rl
    OiA8Yj40Zjwvc3Bhbj43SzI8L2I+PC9wPjwvaHRtbD4=
    --inner--
    --outer boundary
    Content-Type: text/plain; name=log.txt
    Content-Disposition: attachment; filename=log.txt

    Code: WRONG
    --outer boundary--
    Not for anybody.
    """

  @Test("Headers are unfolded, and encoded words decoded and put together")
  func headers() throws {
    let mail = try Self.message(Self.nested)
    #expect(mail.subject == "Reset  Paßwort")
    #expect(mail.from == "Nachteule – Hilfe <no-reply@example.com>")
    #expect(mail.date == "Sat, 14 Mar 2026 09:26:53 +0000")
  }

  @Test("Parts in parts give their words; attachments give none")
  func parts() throws {
    let mail = try Self.message(Self.nested)
    #expect(
      mail.plainText
        == "Your code, valid for 10\u{202f}minutes:\n4f7K2=\n--inner-but-longer is no parting line"
    )
    #expect(mail.richText == "Code: 4f7K2")
    #expect(mail.text == mail.plainText)
  }

  @Test("A mail without MIME headers is plain text, with either line end")
  func simple() throws {
    let bytes = Array("Subject: Hi\nfrom: x@y\n\nline one\nline two\n".utf8)
    let mail = try MailMessage(parsing: bytes)
    #expect(mail.subject == "Hi")
    #expect(mail.from == "x@y")
    #expect(mail.text == "line one\nline two\n")
  }

  @Test(
    "HTML loses its markup and keeps its lines",
    arguments: [
      ("<p>Code:&nbsp;<b>12</b>34</p><p>Bye</p>", "Code: 1234\nBye"),
      ("a<br>b<BR/>c", "a\nb\nc"),
      ("<table><tr><td>Code</td><td>77</td></tr><tr><td>x</td></tr></table>", "Code 77\nx"),
      ("<style>p{color:red}</style><!-- <p>no</p> --><script>1<2</script>yes", "yes"),
      ("1 &lt; 2 &amp;&amp; &#51; &#x3E; 2 &unknown; &", "1 < 2 && 3 > 2 &unknown; &"),
      ("<img alt=\"a > b\">shown", "shown"),
      ("if a < b then c", "if a < b then c"),
      ("cut <b", "cut"), ("", ""),
    ])
  func html(markup: String, words: String) throws {
    let mail = try Self.message("Content-Type: text/html\n\n\(markup)")
    #expect(mail.text == words)
  }

  @Test("Old character sets are read as what they are")
  func charsets() throws {
    let header = "Content-Type: text/plain; charset="
    let bytes: [UInt8] = [0x41, 0xe9, 0x80]
    let latin = try MailMessage(parsing: Array((header + "ISO-8859-1\n\n").utf8) + bytes)
    #expect(latin.text == "A\u{e9}\u{80}")
    let windows = try MailMessage(parsing: Array((header + "\"windows-1252\"\n\n").utf8) + bytes)
    #expect(windows.text == "Aé€")
    #expect(throws: MailError.self) {
      try MailMessage(parsing: Array((header + "koi8-r\n\n").utf8) + bytes)
    }
  }

  @Test(
    "What looks like an encoded word but is none stays as it is",
    arguments: [
      "=?utf-8?X?abc?=", "=?utf-8?Q?abc", "=?koi8-r?Q?abc?=", "=?utf-8?B?a?=", "a =? b ?= c", "=?",
    ])
  func almostEncoded(subject: String) throws {
    #expect(try Self.message("Subject: \(subject)\n\nx").subject == subject)
  }

  @Test(
    "A broken mail is an error that says what is broken",
    arguments: [
      ("no field at all\n\nx", "a line of the header is no field"),
      ("Content-Type: multipart/mixed\n\nx", "a message in parts does not say what parts them"),
      ("Content-Type: multipart/mixed; boundary=b\n\nx", "there are no parts"),
      ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx", "a part has no end"),
      ("Content-Transfer-Encoding: base64\n\nQUJ", "broken base64"),
      ("Content-Transfer-Encoding: base64\n\nQU*D", "broken base64"),
      ("Content-Transfer-Encoding: uuencode\n\nx", "the transfer encoding uuencode is not known"),
    ])
  func broken(text: String, reason: String) {
    #expect(throws: MailError(reason: reason)) { try Self.message(text) }
  }

  @Test("Absurd mails are refused: too large, too deep, too many parts or fields")
  func absurd() {
    #expect(throws: MailError.self) {
      try MailMessage(parsing: [UInt8](repeating: 0x61, count: MailMessage.largestSize + 1))
    }
    var deep = "Subject: x\n"
    for level in 0..<20 {
      deep += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
    }
    deep += "\nx\n"
    for level in (0..<20).reversed() { deep += "--b\(level)--\n" }
    #expect(throws: MailError(reason: "parts lie too deep")) { try Self.message(deep) }

    let many = String(repeating: "--b\n\nx\n", count: 500) + "--b--"
    #expect(throws: MailError(reason: "too many parts")) {
      try Self.message("Content-Type: multipart/mixed; boundary=b\n\n\(many)")
    }
    #expect(throws: MailError(reason: "too many fields")) {
      try Self.message(String(repeating: "X: y\n", count: 2000) + "\nx")
    }
    #expect(throws: MailError(reason: "a field is too long")) {
      try Self.message("X: y\n" + String(repeating: " more of it\n", count: 20_000) + "\nx")
    }
  }

  @Test("Mail cut short anywhere is a message or an error, never a crash; parts are never halved")
  func truncated() throws {
    let whole = Array(Self.nested.utf8)
    let code = try #require(try MailMessage(parsing: whole).plainText)
    for length in 0..<whole.count {
      guard let mail = try? MailMessage(parsing: Array(whole[..<length])) else { continue }
      #expect(mail.plainText == nil || mail.plainText == code || mail.richText == nil)
      if let plain = mail.plainText, plain.contains("code") { #expect(plain == code) }
    }
  }

  @Test("Damaged mail is a message or an error, never a crash", arguments: 0..<40)
  func damaged(seed: Int) {
    var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
    func draw(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    let marks = Array("=?;:\"\\<>&#-\r\n \t\u{0}é".utf8)
    for _ in 0..<100 {
      var bytes = Array(Self.nested.utf8)
      for _ in 0...draw(12) {
        let place = draw(bytes.count)
        switch draw(4) {
        case 0: bytes[place] = UInt8(draw(256))
        case 1: bytes[place] = marks[draw(marks.count)]
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + draw(60)))
        default:
          let piece = Array(bytes[place..<min(bytes.count, place + draw(200))])
          bytes.insert(contentsOf: piece, at: draw(bytes.count))
        }
        if bytes.isEmpty { bytes = [0x0a] }
      }
      do {
        let mail = try MailMessage(parsing: bytes)
        #expect(mail.text.utf8.count <= 4 * bytes.count)
      } catch { #expect(!error.reason.isEmpty) }
    }
  }
}
