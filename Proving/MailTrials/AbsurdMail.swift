/// A mail of about a megabyte that is made to take long.
struct AbsurdMail: Sendable {
  /// What it is made of.
  var name: String
  private var make: @Sendable () -> String

  /// The mail.
  var bytes: [UInt8] { Array(make().utf8) }

  private static let header =
    "Date: Sat, 28 Nov 2026 10:15:30 +0000\r\nFrom: a@b.example\r\nSubject: Reset Password\r\n"
  private static let code = "Your secure code is 482913.\r\n"

  private static func text(_ body: String) -> String {
    header + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body
  }

  private static func page(_ body: String) -> String {
    header + "Content-Type: text/html; charset=utf-8\r\n\r\n" + body
  }

  private static func subject(_ subject: String) -> String {
    "From: a@b.example\r\nSubject: \(subject)\r\n\r\n" + code
  }

  private static func field(_ field: String) -> String { header + field + "\r\n\r\n" + code }

  private static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  private static func numbered(_ count: Int, _ text: (Int) -> String) -> String {
    (0..<count).map(text).joined()
  }

  /// One of each kind.
  static let all = headers + parts + encodings + texts + pages

  private static let headers = [
    AbsurdMail(name: "encoded words") { subject(times(55_000, "=?utf-8?q?Reset?= ")) },
    AbsurdMail(name: "folded encoded words") {
      subject(times(50_000, "=?utf-8?b?UmVzZXQ=?=\r\n "))
    },
    AbsurdMail(name: "encoded words in odd sets") {
      subject(times(40_000, "=?iso-2022-jp?b?GyRCJWo=?= "))
    },
    AbsurdMail(name: "one encoded word") { subject("=?utf-8?q?" + times(1_000_000, "a") + "?=") },
    AbsurdMail(name: "encoded words begun") { subject(times(300_000, "=?u")) },
    AbsurdMail(name: "encoded words half begun") { subject(times(150_000, "=?u?q?")) },
    AbsurdMail(name: "encoded words with blanks") { subject("=?u?q?" + times(500_000, "a ")) },
    AbsurdMail(name: "folds") { subject(times(300_000, "a\r\n ")) },
    AbsurdMail(name: "long subject") { subject(times(1_000_000, "a")) },
    AbsurdMail(name: "many fields") { numbered(80_000) { "X-\($0): y\r\n" } + text(code) },
    AbsurdMail(name: "many subjects") { times(60_000, "Subject: =?u?q?a?=\r\n") + text(code) },
    AbsurdMail(name: "many recipients") { times(50_000, "To: =?utf-8?q?a?=\r\n") + text(code) },
    AbsurdMail(name: "many Received fields") {
      times(
        10_000,
        "Received: from a.example (a.example [192.0.2.1]) by b.example; \r\n\tMon, "
          + "05 Aug 2024 10:00:00 +0000\r\n") + text(code)
    },
    AbsurdMail(name: "recipients in one field") {
      field("To: " + times(50_000, "a <a@b.example>, "))
    },
    AbsurdMail(name: "groups of recipients") { field("To: " + times(300_000, "a:<")) },
    AbsurdMail(name: "senders in comments") {
      "From: " + times(500_000, "(") + "\r\n" + text(code)
    },
    AbsurdMail(name: "references") { field("References: " + times(60_000, "<a@b.example>\r\n ")) },
    AbsurdMail(name: "parameters a=") {
      field("Content-Type: text/plain; " + times(250_000, "a=; "))
    },
    AbsurdMail(name: "parameters") {
      field("Content-Type: text/plain; " + numbered(60_000) { "a\($0)=\"b\"; " })
    },
    AbsurdMail(name: "parameters in pieces") {
      field("Content-Type: text/plain; " + numbered(60_000) { "name*\($0)*=a; " })
    },
    AbsurdMail(name: "parameters in comments") {
      field("Content-Type: text/plain " + times(500_000, "(") + times(500_000, ")"))
    },
    AbsurdMail(name: "parameters in backslashes") {
      field("Content-Type: text/plain; name=\"" + times(1_000_001, "\\") + "\"")
    },
    AbsurdMail(name: "charset of charsets") {
      field("Content-Type: text/plain; " + times(100_000, "charset = "))
    },
    AbsurdMail(name: "dispositions") {
      field("Content-Disposition: inline; " + numbered(60_000) { "filename*\($0)=a; " })
    },
  ]

  private static func nested(_ depth: Int, isClosed: Bool) -> String {
    header
      + numbered(depth) {
        "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n"
      } + "Content-Type: text/plain\r\n\r\n" + code
      + (isClosed ? numbered(depth) { "--b\(depth - 1 - $0)--\r\n" } : "")
  }

  private static let mixed = header + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

  private static let parts = [
    AbsurdMail(name: "tiny parts") { mixed + times(100_000, "--b\r\n\r\nx\r\n") + "--b--\r\n" },
    AbsurdMail(name: "tiny parts of HTML") {
      mixed + times(30_000, "--b\r\nContent-Type: text/html\r\n\r\n<b>\r\n") + "--b--\r\n"
    },
    AbsurdMail(name: "nested multiparts") { nested(10_000, isClosed: true) },
    AbsurdMail(name: "nested multiparts, open") { nested(14_000, isClosed: false) },
    AbsurdMail(name: "nested multiparts of one boundary") {
      header + times(18_000, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n") + code
    },
    AbsurdMail(name: "nested multiparts and lines") {
      nested(1_000, isClosed: false) + times(200_000, "--x\r\n")
    },
    AbsurdMail(name: "nested multiparts and lines that begin as boundaries") {
      nested(1_000, isClosed: false) + times(50_000, "--b9999999999\r\n")
    },
    AbsurdMail(name: "nested messages") {
      header
        + times(16_000, "Content-Type: message/rfc822\r\n\r\nSubject: Reset Password\r\n") + "\r\n"
        + code
    },
    AbsurdMail(name: "boundaries") { mixed + times(200_000, "--b\r\n") + code },
    AbsurdMail(name: "ends of boundaries") { mixed + times(150_000, "--b--\r\n") + code },
    AbsurdMail(name: "boundaries of blanks") { mixed + "--b" + times(1_000_000, " ") + code },
    AbsurdMail(name: "dashes") { mixed + times(1_000_000, "-") + code },
    AbsurdMail(name: "a boundary that is long") {
      header + "Content-Type: multipart/mixed; boundary=\"" + times(400_000, "b") + "\"\r\n\r\n--"
        + times(400_000, "b") + "\r\n\r\n" + code
    },
    AbsurdMail(name: "alternatives with a page each") {
      mixed + times(500, "--b\r\nContent-Type: text/html\r\n\r\n" + times(2_000, "a") + "\r\n")
        + "--b--\r\n"
    },
  ]

  private static func encoded(_ encoding: String, _ body: String) -> String {
    header + "Content-Transfer-Encoding: \(encoding)\r\n\r\n" + body
  }

  private static func inSet(_ name: String, _ body: String) -> String {
    header + "Content-Type: text/plain; charset=\(name)\r\n\r\n" + body
  }

  private static let encodings = [
    AbsurdMail(name: "base64 of padding") { encoded("base64", times(300_000, "=\r\n")) },
    AbsurdMail(name: "base64 of letters") { encoded("base64", times(1_000_000, "A")) },
    AbsurdMail(name: "quoted-printable of line ends") {
      encoded("quoted-printable", times(300_000, "=\r\n") + code)
    },
    AbsurdMail(name: "quoted-printable of blanks") {
      encoded("quoted-printable", times(2_000, "=" + times(500, " ") + "\r\n") + code)
    },
    AbsurdMail(name: "uuencode begun") { encoded("x-uuencode", times(70_000, "begin 644 x\r\n")) },
    AbsurdMail(name: "ISO-2022-JP that shifts") {
      inSet("iso-2022-jp", times(300_000, "\u{1b}$B"))
    },
    AbsurdMail(name: "UTF-7 that shifts") { inSet("utf-7", times(1_000_000, "+")) },
    AbsurdMail(name: "UTF-16 that is none") { inSet("utf-16", times(500_000, "\u{fffd}")) },
    AbsurdMail(name: "bytes that are none") { inSet("gb18030", times(300_000, "\u{ffff}")) },
    AbsurdMail(name: "a character set of a long name") {
      inSet(times(1_000_000, "x"), code)
    },
  ]

  private static let texts = [
    AbsurdMail(name: "one line") { text(times(200_000, "abcd ") + code) },
    AbsurdMail(name: "one word") { text(times(1_000_000, "a") + code) },
    AbsurdMail(name: "digits") { text(times(170_000, "482913")) },
    AbsurdMail(name: "numbers on a line") { text(times(140_000, "482913 ")) },
    AbsurdMail(name: "numbers on lines") { text(numbered(120_000) { "\(100_000 + $0)\r\n" }) },
    AbsurdMail(name: "groups") { text(times(140_000, "482 913 ")) },
    AbsurdMail(name: "single digits") { text(times(500_000, "4 ")) },
    AbsurdMail(name: "digits with hyphens") { text(times(500_000, "4-")) },
    AbsurdMail(name: "names") { text(times(200_000, "code ")) },
    AbsurdMail(name: "names on lines") { text(times(150_000, "code:\r\n")) },
    AbsurdMail(name: "names and numbers") { text(numbered(80_000) { "code \(100_000 + $0) " }) },
    AbsurdMail(name: "names and numbers on lines") {
      text(numbered(70_000) { "Code \(100_000 + $0)\r\n" })
    },
    AbsurdMail(name: "names in cells") {
      text(times(3_000, times(30, "code   ") + "\r\n" + times(30, "482913   ") + "\r\n"))
    },
    AbsurdMail(name: "cells of numbers below names") {
      text("code   code\r\n" + times(50_000, "482913   482914\r\n"))
    },
    AbsurdMail(name: "cells of names and numbers") {
      text(times(30_000, "code   code   482913   482914\r\n"))
    },
    AbsurdMail(name: "addresses") { text(times(200_000, "a@b ")) },
    AbsurdMail(name: "names without blanks") { text(times(100_000, "验证码")) },
    AbsurdMail(name: "names without blanks, and numbers") { text(times(60_000, "验证码482913")) },
    AbsurdMail(name: "marks") { text("Secure code" + times(1_000_000, ":") + " 482913") },
    AbsurdMail(name: "dots") { text("Secure code " + times(1_000_000, ".") + " 482913") },
    AbsurdMail(name: "sentences") { text(times(300_000, "a. ")) },
    AbsurdMail(name: "blanks") { text("Secure code" + times(1_000_000, " ") + "482913") },
    AbsurdMail(name: "blank lines") { text(times(500_000, "\r\n") + code) },
    AbsurdMail(name: "CR") { text(times(1_000_000, "\r") + code) },
    AbsurdMail(name: "CR CR LF") { text(times(300_000, "\r\r\n") + code) },
    AbsurdMail(name: "quotes") { text(times(500_000, ">") + code) },
    AbsurdMail(name: "quoted lines") { text(times(40_000, "> Code 482913\r\n") + code) },
    AbsurdMail(name: "older messages") {
      text(times(20_000, "----- Original Message -----\r\nCode 482913\r\n"))
    },
    AbsurdMail(name: "NUL") { text(times(1_000_000, "\0") + code) },
    AbsurdMail(name: "no width") { text(times(350_000, "\u{200b}") + code) },
    AbsurdMail(name: "accents") { text("Secure code 4" + times(500_000, "\u{301}") + "82913") },
    AbsurdMail(name: "accents everywhere") { text(times(300_000, "e\u{301}") + code) },
    AbsurdMail(name: "full width") { text(times(300_000, "４") + code) },
    AbsurdMail(name: "flags and families") {
      text(times(40_000, "👨‍👩‍👧‍👦") + times(40_000, "🇩🇪") + code)
    },
    AbsurdMail(name: "conjunctions") { text("Code " + times(100_000, "482913 or ")) },
    AbsurdMail(name: "denials") { text("Code 482913 " + times(100_000, "expired ")) },
  ]

  private static let pages = [
    AbsurdMail(name: "deep divisions") { page(times(50_000, "<div>") + code) },
    AbsurdMail(name: "deep divisions, closed") {
      page(times(50_000, "<div>") + code + times(50_000, "</div>"))
    },
    AbsurdMail(name: "deep tables") { page(times(50_000, "<table><tr><td>") + code) },
    AbsurdMail(name: "deep bold") { page(times(150_000, "<b>") + code) },
    AbsurdMail(name: "deep quotes") { page(times(60_000, "<blockquote>") + code) },
    AbsurdMail(name: "deep fonts") { page(times(40_000, "<font color=red size=4>") + code) },
    AbsurdMail(name: "ends") { page(times(200_000, "</b>") + code) },
    AbsurdMail(name: "crossed elements") { page(times(60_000, "<b><p><i></b></p>") + code) },
    AbsurdMail(name: "deep, then ends") {
      page(times(30_000, "<a><b><i>") + times(60_000, "</u></q>") + code)
    },
    AbsurdMail(name: "rows") {
      page("<table>" + times(20_000, "<tr><td>Secure code</td><td>482913</td></tr>") + "</table>")
    },
    AbsurdMail(name: "cells") {
      page(
        "<table><tr>" + times(20_000, "<td>Secure code</td>") + "</tr><tr>"
          + times(20_000, "<td>482913</td>") + "</tr></table>")
    },
    AbsurdMail(name: "wide cells") {
      page("<table>" + times(50_000, "<td colspan=999999>a") + "</table>" + code)
    },
    AbsurdMail(name: "comments") { page(times(250_000, "<!--") + code) },
    AbsurdMail(name: "comments, closed") { page(times(140_000, "<!---->") + code) },
    AbsurdMail(name: "angles") { page(times(1_000_000, "<") + code) },
    AbsurdMail(name: "questions") { page(times(400_000, "<?") + code) },
    AbsurdMail(name: "declarations") { page(times(70_000, "<!DOCTYPE a [") + code) },
    AbsurdMail(name: "entities") { page(times(300_000, "&#") + code) },
    AbsurdMail(name: "entities without names") { page(times(1_000_000, "&") + code) },
    AbsurdMail(name: "long entities") { page("&" + times(1_000_000, "a") + code) },
    AbsurdMail(name: "old entities") { page(times(200_000, "&nbsp") + code) },
    AbsurdMail(name: "attributes") { page("<a " + times(150_000, "x=\"y\" ") + ">" + code) },
    AbsurdMail(name: "different attributes") {
      page("<a " + numbered(80_000) { "x\($0)=\"y\" " } + ">" + code)
    },
    AbsurdMail(name: "quotation marks") { page("<a href=\"" + times(400_000, "'\"") + code) },
    AbsurdMail(name: "styles begun") { page(times(140_000, "<style>") + code) },
    AbsurdMail(name: "styles") { page(times(70_000, "<style></style>") + code) },
    AbsurdMail(name: "scripts begun") { page(times(120_000, "<script>") + code) },
    AbsurdMail(name: "titles begun") { page(times(140_000, "<title>") + code) },
    AbsurdMail(name: "rules") {
      page(
        "<style>" + times(50_000, ".a{display:none} ") + "</style>"
          + times(5_000, "<p class=\"a b c\">x</p>") + code)
    },
    AbsurdMail(name: "rules and elements") {
      page(
        "<style>" + numbered(15_000) { ".a\($0){display:none}" } + "</style>"
          + numbered(15_000) { "<p class=\"a\($0)\">482913</p>" } + code)
    },
    AbsurdMail(name: "selectors") {
      page("<style>" + times(300_000, "a,") + "{display:none}</style>" + code)
    },
    AbsurdMail(name: "rules for media") {
      page("<style>" + times(100_000, "@media{") + "</style>" + code)
    },
    AbsurdMail(name: "rules for media that follow one another") {
      page("<style>" + times(100_000, "@media{}") + "</style>" + code)
    },
    AbsurdMail(name: "comments in styles") {
      page("<style>" + times(300_000, "/*") + "</style>" + code)
    },
    AbsurdMail(name: "declarations in a style") {
      page("<p style=\"" + times(70_000, "color:red;a:b;") + "\">" + code)
    },
    AbsurdMail(name: "classes") {
      page(
        "<style>.b{color:red}</style>"
          + "<p class=\"" + times(400_000, "a ") + "\">" + code)
    },
    AbsurdMail(name: "classes of many") {
      page(
        "<style>.b{color:red}</style>"
          + times(100, "<p class=\"" + times(4_000, "a ") + "\">") + code)
    },
    AbsurdMail(name: "meta") { page(times(50_000, "<meta charset=x>") + code) },
    AbsurdMail(name: "pictures") { page(times(150_000, "<img>") + code) },
    AbsurdMail(name: "line ends") { page(times(250_000, "<br>") + code) },
    AbsurdMail(name: "lists") { page(times(100_000, "<ul><li>") + code) },
    AbsurdMail(name: "forms") { page(times(100_000, "<form><input>") + code) },
    AbsurdMail(name: "options") { page("<select>" + times(100_000, "<option>") + code) },
    AbsurdMail(name: "bold letters") { page(times(120_000, "<b>a</b>") + code) },
    AbsurdMail(name: "digits in elements") { page(times(100_000, "<i>4</i>") + code) },
    AbsurdMail(name: "bold captions") { page(times(60_000, "<p><b>code</b>") + code) },
  ]
}
