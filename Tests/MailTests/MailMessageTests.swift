import Mail
import Testing

extension MailMessage {
  /// The words of all parts.
  fileprivate var words: String { Self.words(of: plainText + richText) }
}

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

  @Test("Headers are unfolded, encoded words decoded and put together, white space run together")
  func headers() throws {
    let mail = try Self.message(Self.nested)
    #expect(mail.subject == "Reset Paßwort")
    #expect(mail.from == "Nachteule – Hilfe <no-reply@example.com>")
    #expect(mail.date == "Sat, 14 Mar 2026 09:26:53 +0000")
    #expect(mail.hasSubject("reset  PAßWORT"))
    #expect(mail.hasSender("hilfe <NO-REPLY"))
    #expect(!mail.hasSubject("Resetting"))
  }

  @Test("Parts in parts give their words; attachments give none")
  func parts() throws {
    let mail = try Self.message(Self.nested)
    #expect(
      mail.plainText.map(\.text)
        == ["Your code, valid for 10 minutes:\n4f7K2=\n--inner-but-longer is no parting line"])
    #expect(mail.richText.map(\.text) == ["Code: 4f7K2"])
    #expect(mail.isWhole)
  }

  @Test("A mail without MIME headers is plain text, with either line end")
  func simple() throws {
    let bytes = Array("Subject: Hi\nfrom: x@y\n\nline one\nline two\n".utf8)
    let mail = try MailMessage(parsing: bytes)
    #expect(mail.subject == "Hi")
    #expect(mail.from == "x@y")
    #expect(mail.words == "line one\nline two\n")
    #expect(mail.isWhole)
  }

  @Test(
    "HTML loses its markup and keeps its lines",
    arguments: [
      ("<p>Code:&nbsp;<b>12</b>34</p><p>Bye</p>", "Code: 1234\nBye"),
      ("a<br>b<BR/>c", "a\nb\nc"),
      ("<table><tr><td>Code</td><td>77</td></tr><tr><td>x</td></tr></table>", "Code\t77\nx"),
      ("<style>p{color:red}</style><!-- <p>no</p> --><script>1<2</script>yes", "yes"),
      ("1 &lt; 2 &amp;&amp; &#51; &#x3E; 2 &unknown; &", "1 < 2 && 3 > 2 &unknown; &"),
      ("<img alt=\"a > b\" width=1>shown", "shown"),
      ("12<s>34</s>56 <del>7</del>", "1256"),
      ("<p style=\"Display: None !important\">no</p>yes", "yes"),
      (
        "<style>.x, #y { display:none } @media print { p { display:none } }</style>"
          + "<i class=\"a X\">no</i><p id=y>no</p><p>yes</p>", "yes"
      ),
      ("<p style=\"color:#FFF\">no</p><p style=\"background:#000;color:white\">yes</p>", "yes"),
      ("<span style=\"font-size:0px\">no</span><span style=\"font-size:0.9em\">yes</span>", "yes"),
      ("<div style=\"max-height:0;overflow:hidden\">no</div>yes", "yes"),
      (
        "<div style=\"display:inline-block\">4</div><div style=\"display:inline-block\">8</div>",
        "48"
      ),
      ("4<sup>1</sup>", "4 1"), ("48&shy;29&#8203;13", "482913"),
      ("<p>open<p>again", "open\nagain"),
      ("<pre>a\n b</pre>", "a\nb"),
      ("<style>p{}</p><p>unclosed", "p{}\nunclosed"), ("", ""),
    ])
  func html(markup: String, words: String) throws {
    let mail = try Self.message("Content-Type: text/html\n\n\(markup)")
    #expect(mail.words == words)
  }

  @Test("Old character sets are read as what they are")
  func charsets() throws {
    let header = "Content-Type: text/plain; charset="
    let bytes: [UInt8] = [0x41, 0xe9, 0x80]
    let latin = try MailMessage(parsing: Array((header + "ISO-8859-1\n\n").utf8) + bytes)
    #expect(latin.words == "A\u{e9}\u{80}")
    let windows = try MailMessage(parsing: Array((header + "\"windows-1252\"\n\n").utf8) + bytes)
    #expect(windows.words == "Aé€")
    let cyrillic = try MailMessage(parsing: Array((header + "koi8-r\n\n").utf8) + [0xcb, 0xcf])
    #expect(cyrillic.words == "ко")
    let nobody = try MailMessage(parsing: Array((header + "x-nobody\n\n").utf8) + bytes)
    #expect(nobody.words == "A\u{fffd}\u{fffd}")
  }

  @Test(
    "Character sets are read under whatever name mailers give them",
    arguments: [
      ("x-sjis", [0x83, 0x52], "コ"), ("ks_c_5601-1987", [0xc4, 0xda], "코"),
      ("windows-874", [0xc3, 0xcb, 0xd1, 0xca], "รหัส"),
      ("tis-620", [0xc3, 0xcb, 0xd1, 0xca], "รหัส"),
      ("iso-8859-8-i", [0xf7, 0xe5, 0xe3], "קוד"), ("utf-7", Array("K+APY-d".utf8), "Köd"),
      ("unicode-1-1-utf-7", Array("K+APY-d".utf8), "Köd"), ("cp-850", [0x4b, 0x94, 0x64], "Köd"),
      ("x-cp1251", [0xea, 0xee, 0xe4], "код"), ("win-1251", [0xea, 0xee, 0xe4], "код"),
      ("iso8859_7", [0xea, 0xf9, 0xe4], "κωδ"), ("koi8_r", [0xcb, 0xcf], "ко"),
      ("macintosh", [0x4b, 0x9a, 0x64], "Köd"), ("x-mac-roman", [0x4b, 0x9a, 0x64], "Köd"),
      ("x-mac-cyrillic", [0xea, 0xee, 0xe4], "код"), ("x-mac-japanese", [0x83, 0x52], "コ"),
      ("x-mac-ce", [0x4b, 0x97, 0x64], "Kód"), ("hz-gb-2312", Array("~{Bk~}1~~".utf8), "码1~"),
      ("cp50220", [0x1b, 0x24, 0x42, 0x25, 0x33, 0x1b, 0x28, 0x42], "コ"),
      ("x-mac-klingon", [0x4b, 0x9a, 0x64], "K\u{fffd}d"),
    ] as [(String, [UInt8], String)])
  func charsetNames(name: String, bytes: [UInt8], words: String) throws {
    let header = Array("Content-Type: text/plain; charset=\(name)\n\n".utf8)
    #expect(try MailMessage(parsing: header + bytes).words == words)
  }

  @Test(
    "What looks like an encoded word but is none stays as it is",
    arguments: [
      "=?utf-8?X?abc?=", "=?utf-8?Q?abc", "a =? b ?= c", "=?",
    ])
  func almostEncoded(subject: String) throws {
    #expect(try Self.message("Subject: \(subject)\n\nx").subject == subject)
  }

  @Test(
    "What is no mail is an error that says so",
    arguments: [
      ("", "it is empty"), ("\n \n", "it is empty"),
      ("no field at all\n\nx", "it does not begin with a header"),
    ])
  func broken(text: String, reason: String) {
    #expect(throws: MailError(reason: reason)) { try Self.message(text) }
  }

  @Test(
    "Parts that are not parted as they should are read all the same",
    arguments: [
      "Content-Type: multipart/mixed\n\nx", "Content-Type: multipart/mixed; boundary=b\n\nx",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx",
      "Content-Transfer-Encoding: nobody-knows\n\nx", "Subject : a\nof two lines\n\nx",
      "\n\nFrom a@b Sat Nov 28 10:15:30 2026\nSubject: a\n\nx",
    ])
  func badlyParted(text: String) throws {
    #expect(try Self.message(text).words == "x")
  }

  @Test("A message in parts that ends too early is not whole")
  func notWhole() throws {
    let whole = Array(Self.nested.utf8)
    let cut = try MailMessage(parsing: Array(whole.dropLast(40)))
    #expect(!cut.isWhole)
    #expect(cut.plainText.map(\.text) == (try MailMessage(parsing: whole).plainText.map(\.text)))
  }

  @Test("Absurd mails are refused or read in part: too large, too deep, too many parts or fields")
  func absurd() throws {
    #expect(throws: MailError.self) {
      try MailMessage(parsing: [UInt8](repeating: 0x61, count: MailMessage.largestSize + 1))
    }
    var deep = "Subject: x\n"
    for level in 0..<200 {
      deep += "Content-Type: multipart/mixed; boundary=b\(level)x\n\n--b\(level)x\n"
    }
    deep += "\nx\n"
    for level in (0..<200).reversed() { deep += "--b\(level)x--\n" }
    #expect(try Self.message(deep).words == "")
    let many = String(repeating: "--b\n\nx\n", count: 2_000) + "--b--"
    let read = try Self.message("Content-Type: multipart/mixed; boundary=b\n\n\(many)")
    #expect(read.plainText.count == 499)
    let fields = try Self.message(String(repeating: "X: y\n", count: 20_000) + "\nx")
    #expect(fields.words == "x")
    let html = String(repeating: "<div>", count: 100_000) + "x"
    #expect(try Self.message("Content-Type: text/html\n\n" + html).richText.count == 1)
  }

  @Test("Of mail cut short anywhere no code is halved")
  func truncated() throws {
    let whole = Array(Self.nested.utf8)
    let shape = CodeShape(length: 5, alphabet: Set("0123456789abcdefK"))
    for length in 0..<whole.count {
      let found = try MailInspection(Array(whole[..<length]), subject: nil, shape: shape)
      #expect(found.code == "4f7K2" || found.code == nil, "cut at \(length)")
      #expect(found.verdict != .ambiguous, "cut at \(length)")
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
        #expect(mail.words.utf8.count <= 4 * bytes.count)
      } catch { #expect(!error.reason.isEmpty) }
    }
  }
}
