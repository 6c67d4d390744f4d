import Testing

@testable import Mail

@Suite("Mail that is made to take long")
struct AbsurdMailTests {
  private static let shape = CodeShape(length: 6, alphabet: Set("0123456789"))

  private func found(_ mail: String) throws -> String? {
    try MailInspection(Array(mail.utf8), subject: nil, shape: Self.shape).code
  }

  private func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  private let code = "Your secure code is 482913.\n"
  private let other = "Your secure code is 555666.\n"

  @Test("Of a field the first 16 KiB are read, in one line or in many, and nothing behind them")
  func fields() throws {
    for (word, separator) in [("a ", ""), ("a\n ", "\n "), ("=?utf-8?q?a_?=\n ", "\n ")] {
      let within = MessageBytes.longestField / word.utf8.count - 100
      #expect(
        try found("Subject: \(times(within, word))\(separator)Code: 482913\n\nx") == "482913")
      #expect(
        try found("Subject: \(times(within + 200, word))\(separator)Code: 482913\n\nx") == nil)
    }
  }

  @Test("What follows a field that is too long is read")
  func behindFields() throws {
    let long = times(100_000, "=?utf-8?q?a?=\n ")
    #expect(try found("To: \(long)\nSubject: Code 482913\n\nx") == "482913")
    #expect(try found("Subject: \(long)\n\n\(code)") == "482913")
  }

  @Test("Among any number of fields those that count are found")
  func manyFields() throws {
    let received = times(10_000, "Received: from a by b;\n\tMon, 05 Aug 2024 10:00:00 +0000\n")
    let mail = try MailMessage(
      parsing: Array("\(received)To: a@b\nSubject: Here\n\(received)\nx".utf8))
    #expect(mail.subject == "Here")
    #expect(mail.recipients == ["a@b"])
    let to = (0..<1_000).map { "To: a\($0)@b\n" }.joined()
    let recipients = try MailMessage(parsing: Array("\(to)Subject: x\n\nx".utf8)).recipients
    #expect(recipients == (0..<MessageBytes.mostFieldsOfAName).map { "a\($0)@b" })
  }

  @Test("A header of which nothing is read is a header")
  func unreadFields() throws {
    #expect(try found("X-Mailer: x\n\n\(code)") == "482913")
  }

  @Test("Parameters without end say nothing, and what they are of is read")
  func parameters() throws {
    let parameters = times(100_000, "a=; ")
    #expect(try found("Content-Type: text/plain; \(parameters)\n\n\(code)") == "482913")
    #expect(
      try found(
        "Content-Type: text/plain; charset=utf-16be; \(parameters)charset=utf-8\n\n\(code)") == nil)
  }

  @Test("Behind more lines that may part a message than any has, nothing is read")
  func partingLines() throws {
    let head = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
    let most = MessageBytes.mostPartingLines
    #expect(try found(head + code + times(most, "--c\n") + "--b\n\n" + other) == "482913")
    #expect(try found(head + times(most, "--c\n") + code) == nil)
  }

  @Test("Of parts in parts, those that are too deep are not read, and those beside them are")
  func deepParts() throws {
    func nested(_ depth: Int) -> String {
      (0..<depth).map { "Content-Type: multipart/mixed; boundary=b\($0)x\n\n--b\($0)x\n" }.joined()
        + "\n" + code
    }
    #expect(try found(nested(20)) == "482913")
    #expect(try found(nested(3_000)) == nil)
    #expect(
      try found("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\(other)--b\n\(nested(3_000))")
        == "555666")
  }

  @Test("Of all parts together as much is read as anybody reads")
  func words() throws {
    let part = "--b\n\n" + times(2_000, "a line of words\n")
    let head = "Content-Type: multipart/mixed; boundary=b\n\n"
    #expect(
      try MailMessage(parsing: Array((head + times(100, part) + "--b--").utf8)).plainText.count < 12
    )
    let long = "Subject: x\n\n" + times(300_000, "word ")
    let lines = try MailMessage(parsing: Array(long.utf8)).plainText[0].lines
    #expect(lines.reduce(0) { $0 + $1.characters.count } == MIMEMessage.longestShown)
  }

  @Test("Of a page as many tags are read as pages have, however deep they lie")
  func tags() throws {
    let head = "Content-Type: text/html\n\n"
    for tag in ["<br>", "</i>", "<hr>", "<!-- -->"] {
      #expect(
        try found(head + times(HTMLMending.mostTags - 9, tag) + "<p>" + code) == "482913", "\(tag)")
      #expect(try found(head + code + times(50_000, tag) + "<p>" + other) == "482913", "\(tag)")
    }
    for tag in ["<div>", "<b>", "<table><tr><td>"] {
      #expect(
        try found(head + times(200 / tag.count { $0 == "<" }, tag) + "<p>" + code) == "482913",
        "\(tag)")
      #expect(try found(head + code + times(50_000, tag) + "<p>" + other) == "482913", "\(tag)")
    }
  }

  @Test("Of a tag as many attributes are read as tags have, and then what it is before")
  func attributes() throws {
    let many = (0..<50_000).map { "a\($0)=b " }.joined()
    let head = "Content-Type: text/html\n\n"
    #expect(try found(head + "<p \(many)>" + code) == "482913")
    #expect(try found(head + "<p \(many) hidden>" + code) == "482913")
    #expect(try found(head + "<p hidden \(many)>" + code) == nil)
    #expect(try found(head + "<p title='\(times(50_000, "a "))' hidden>" + code) == nil)
  }

  @Test("Sheets are read as far as sheets go, and hide nothing where they are absurd")
  func sheets() throws {
    let head = "Content-Type: text/html\n\n"
    let rules = (0..<20_000).map { ".a\($0){display:none}" }.joined()
    #expect(try found(head + "<style>\(rules)</style><p class=a9>" + code) == nil)
    #expect(try found(head + "<style>\(rules)</style><p class=a19999>" + code) == "482913")
    #expect(try found(head + "<style>\(times(90_000, "/*"))</style>" + code) == "482913")
    #expect(try found(head + "<style>a{}/* x */.x{display:none}</style><p class=x>" + code) == nil)
    let declarations = times(50_000, "a:b;")
    #expect(try found(head + "<p style='\(declarations)display:none'>" + code) == "482913")
    #expect(try found(head + "<p style='display:none;\(declarations)'>" + code) == nil)
    #expect(
      try found(
        head + "<style>.x{display:none}</style><p class='\(times(9_000, "a "))x'>" + code)
        == "482913")
  }

  @Test("Of lines and characters as many are looked at as anybody reads")
  func lines() throws {
    let number = "123456\n"
    let head = "Subject: x\n\n"
    #expect(try found(head + times(CodeFinder.mostLines - 1, number) + code) == "482913")
    #expect(try found(head + times(CodeFinder.mostLines, number) + code) == nil)
    #expect(try found(head + code + times(100_000, number)) == "482913")
    let words = times(CodeFinder.mostCharacters / 5, "word ")
    #expect(try found(head + words.dropLast(1_000) + code) == "482913")
    #expect(try found(head + words + times(200, "word ") + code) == nil)
  }

  @Test("Marks without end on a character are read as a few, and what has no width as nothing")
  func marks() throws {
    #expect(try found("Subject: x\n\nCode: 48291e\(times(90_000, "\u{301}")) 555666\n") == nil)
    #expect(try found("Subject: x\n\nCode: 48\(times(50_000, "\u{200b}"))2913\n") == "482913")
  }
}
