import RigDescription
import SourceYAML
import Testing

@Suite("A rig's mailbox on a server")
struct IMAPSectionTests {
  /// A rig file whose mailbox is on a server.
  private static func load(_ section: String) -> ParsedRig {
    let text = "rig: a\nmodel: m\nmouse: {hidGadget: {}}\nmail: {imap: \(section)}\n"
    return RigLoader.load(file: "Rigs/a.yaml", files: .memory(["Rigs/a.yaml": text]))
  }

  private static func settings(_ section: String) throws -> IMAPSettings {
    let rig = try load(section).checked()
    return try #require(rig.device("recorder")?.mail?.settings as? IMAPSettings)
  }

  @Test("is told by its URL, and by where its secrets are")
  func read() throws {
    #expect(
      try Self.settings(
        """
        {url: "imaps://mail.lab.example", user: rig-7@lab.example, password: {env: LAB_MAIL},
          authority: lab-ca.pem, probe: {url: "smtp://mail.lab.example:25", from: a@b.example,
            to: rig-7@lab.example, user: a, password: {file: secrets/smtp}}}
        """)
        == IMAPSettings(
          server: MailServer(.imap, host: "mail.lab.example", port: 993, security: .tls),
          logIn: MailLogIn(user: "rig-7@lab.example", proof: .password(.environment("LAB_MAIL"))),
          authority: "Rigs/lab-ca.pem",
          probe: MailProbeSettings(
            server: MailServer(.smtp, host: "mail.lab.example", port: 25, security: .startTLS),
            logIn: MailLogIn(user: "a", proof: .password(.file("Rigs/secrets/smtp"))),
            from: "a@b.example", to: "rig-7@lab.example")))
    #expect(
      try Self.settings(
        "{url: \"imap://[::1]/\", security: none, user: a, bearer: {command: [./token, lab, \"\"]}}"
      )
        == IMAPSettings(
          server: MailServer(.imap, host: "[::1]", port: 143, security: .none),
          logIn: MailLogIn(user: "a", proof: .bearer(.command(["Rigs/token", "lab", ""])))))
  }

  /// A section that is right, but for what is put into it.
  private static func section(
    url: String = "imaps://a.example", logIn: String = "password: {env: A}", _ rest: String = ""
  ) -> String {
    "{url: \"\(url)\", user: a, \(logIn)\(rest)}"
  }

  @Test(
    "must be one that there can be",
    arguments: [
      "mail.lab.example", "http://a.example", "imaps://", "imaps://a:b", "imaps://a:0",
      "imaps://a:99999", "imaps://a/INBOX", "imaps://a;AUTH=NTLM", "imaps://[x]", "smtps://a",
      "imaps://a b", "imaps://[::1", "imaps://[::1]993",
    ])
  func wrongURLs(url: String) {
    #expect(
      Self.load(Self.section(url: url)).findings.map(\.description) == [
        "Rigs/a.yaml:4:20: \"\(url)\" is no mailbox's URL; write imaps://host, or imap://host, with "
          + ":port behind it where it is another"
      ])
  }

  @Test("never has a secret in the file, and no message repeats one that is")
  func secretsInFile() {
    #expect(
      Self.load(Self.section(url: "imaps://a:hunter2@a.example")).findings.map(\.description) == [
        "Rigs/a.yaml:4:20: the URL says who logs in; write user and password under keys of their own"
      ])
    #expect(
      Self.load(Self.section(logIn: "password: hunter2")).findings.map(\.description) == [
        "Rigs/a.yaml:4:60: \"password\" is a text, not a mapping; write a password with the keys env, "
          + "file, command"
      ])
  }

  @Test("takes one proof of who logs in, from one place")
  func proofs() {
    #expect(
      Self.load("{url: \"imaps://a.example\", user: a}").findings.map(\.description) == [
        "Rigs/a.yaml:4:14: imap without what logs the user in; add password or bearer"
      ])
    #expect(
      Self.load(Self.section(logIn: "password: {env: A}, bearer: {env: B}")).findings
        .map(\.description) == [
          "Rigs/a.yaml:4:70: \"password\" and \"bearer\" stand together in imap; write one of them"
        ])
    #expect(
      Self.load(Self.section(logIn: "password: {env: A, file: b}")).findings.map(\.description) == [
        "Rigs/a.yaml:4:69: \"env\" and \"file\" stand together in a password; write one of them"
      ])
    #expect(
      Self.load(Self.section(logIn: "password: {}")).findings.map(\.description) == [
        "Rigs/a.yaml:4:60: a password without a source; add env, file or command"
      ])
  }

  @Test("is not encrypted only on this host itself")
  func security() {
    for url in ["imap://mail.lab.example", "imaps://localhost", "imap://127.0.0.1.example"] {
      let findings = Self.load(Self.section(url: url, ", security: none")).findings
      #expect(findings.count == 1)
      #expect(
        findings[0].description.hasSuffix(
          "\"security: none\" does not go with \(url):\(url.hasPrefix("imaps") ? 993 : 143); remove "
            + "it: it is for imap://localhost alone"))
    }
    for url in ["imap://localhost", "imap://127.0.0.2:1143", "imap://[::1]"] {
      #expect(Self.load(Self.section(url: url, ", security: none")).findings.isEmpty)
    }
  }

  @Test("sends its probe from an address to an address, and logs in with both or nothing")
  func probes() {
    func lines(_ probe: String) -> [String] {
      Self.load(Self.section(", probe: {url: \"smtps://a\", \(probe)}")).findings
        .map(\.description)
    }
    #expect(
      lines("from: me, to: a@b.example") == [
        "Rigs/a.yaml:4:102: \"me\" is no address; write one such as rig-7@lab.example"
      ])
    #expect(lines("from: \"a@b>\\r\\nRCPT\", to: a@b.example").count == 1)
    #expect(
      lines("from: a@b.example, to: a@b.example, user: a") == [
        "Rigs/a.yaml:4:132: \"user\" means nothing here; it goes with password or bearer"
      ])
    #expect(lines("from: a@b.example, to: a@b.example, password: {env: A}").count == 1)
  }

  @Test("can be a virtual recorder's only with a probe, which says where it sends its mail")
  func virtual() {
    let text = "rig: a\nmodel: m\nvirtual: {}\nmail: {imap: \(Self.section())}\n"
    let parsed = RigLoader.load(file: "a.yaml", files: .memory(["a.yaml": text]))
    #expect(
      parsed.findings.map(\.description) == [
        "a.yaml:4:7: nothing says where a virtual recorder sends its mail; add a probe to imap: the "
          + "recorder's mail goes the same way"
      ])
  }
}
