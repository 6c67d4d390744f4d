public import SourceYAML

/// A mailbox on a server that speaks IMAP (RFC 3501).
public struct IMAPSettings: MailSettings {
  /// The server.
  public var server: MailServer
  /// Who logs in.
  public var logIn: MailLogIn
  /// The file of the certificate by which the servers' own ones are known, as it is seen from the
  /// working directory; nil for those that this host trusts.
  public var authority: String?
  /// How the doctor sends itself a mail; nil where it does not.
  public var probe: MailProbeSettings?

  /// Creates settings.
  public init(
    server: MailServer, logIn: MailLogIn, authority: String? = nil,
    probe: MailProbeSettings? = nil
  ) {
    self.server = server
    self.logIn = logIn
    self.authority = authority
    self.probe = probe
  }
}

/// How a mail is sent into a mailbox, to see whether it arrives.
public struct MailProbeSettings: Sendable, Hashable {
  /// The server that takes it.
  public var server: MailServer
  /// Who logs in there; nil where nobody must.
  public var logIn: MailLogIn?
  /// Whom it comes from.
  public var from: String
  /// Whom it goes to.
  public var to: String

  /// Creates settings.
  public init(server: MailServer, logIn: MailLogIn? = nil, from: String, to: String) {
    self.server = server
    self.logIn = logIn
    self.from = from
    self.to = to
  }
}

extension IMAPSettings {
  /// The section's key.
  public static let key = "imap"
  /// What the driver is.
  public static let about = "A mailbox on a mail server, read by IMAP; nothing in it is changed."
  /// A piece of a rig file.
  public static let example = """
    mail:
      imap:
        url: imaps://mail.lab.example
        user: rig-7@lab.example
        password: {env: LAB_MAIL}
    """

  private static let url = FieldShape.required(
    "url", .scalar(.text),
    "The server: imaps://host, or imap://host for STARTTLS, with :port behind it where that is "
      + "another than 993 or 143. Its certificate must be good, and be the host's.")
  private static let user = FieldShape.required("user", .scalar(.text), "Who logs in.")
  private static let security = FieldShape(
    "security", .scalar(.word(["none"])),
    "none: nothing is encrypted; only for imap:// on this host itself."
  ).shown(
    by: """
      mail:
        imap:
          url: imap://localhost
          security: none
          user: rig-7
          password: {env: LAB_MAIL}
      """)
  private static let authority = FieldShape(
    "authority", .scalar(.text),
    "A file with the certificate that signs the servers' own ones, beside this file; those that this "
      + "host trusts if left out."
  ).shown(
    by: """
      mail:
        imap:
          url: imaps://mail.lab.example
          authority: lab-ca.pem
          user: rig-7@lab.example
          password: {file: /etc/gantry/mail}
      """)
  private static let probe = FieldShape(
    "probe", MailProbeSettings.shape,
    "How gantry sends a mail into the mailbox itself, to see whether mail arrives there."
  ).shown(
    by: """
      mail:
        imap:
          url: imaps://mail.lab.example
          user: rig-7@lab.example
          password: {env: LAB_MAIL}
          probe:
            url: smtps://mail.lab.example
            from: rig-7@lab.example
            to: rig-7@lab.example
            user: rig-7@lab.example
            password: {env: LAB_MAIL}
      """)

  /// The keys of the section.
  public static let fields =
    [url, user] + MailLogIn.proofs + [security, authority, probe]
  /// A log-in takes one proof.
  public static let rules = MailLogIn.rules

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    let server = MailServer(
      section[Self.url], .imap, security: section[Self.security], &reader)
    self.init(
      server: server, logIn: MailLogIn(section, user: section[Self.user]?.text ?? "", &reader),
      authority: reader.path(section[Self.authority]),
      probe: section[Self.probe].map { MailProbeSettings($0, &reader) })
  }
}

extension MailProbeSettings {
  private static let url = FieldShape.required(
    "url", .scalar(.text),
    "The server that takes it: smtps://host, or smtp://host for STARTTLS, with :port behind it "
      + "where that is another than 465 or 587.")
  private static let from = FieldShape.required(
    "from", .scalar(.text), "The address that it comes from.")
  private static let to = FieldShape.required(
    "to", .scalar(.text), "The address of the mailbox.")
  private static let user = FieldShape(
    "user", .scalar(.text), "Who logs in to send it; nobody if left out.")
  private static let security = FieldShape(
    "security", .scalar(.word(["none"])),
    "none: nothing is encrypted; only for smtp:// on this host itself.")

  fileprivate static let shape = Shape.object(
    ObjectShape(
      "a probe", [url, from, to, user] + MailLogIn.proofs + [security],
      rules: [
        .atMostOne(of: MailLogIn.proofs.map(\.name)),
        .only(user.name, with: MailLogIn.proofs.map(\.name)),
      ] + MailLogIn.proofs.map { .only($0.name, with: [user.name]) }))

  fileprivate init(_ node: YAMLNode, _ reader: inout SectionReader) {
    func address(_ key: FieldShape) -> String {
      reader.value(
        node[key], orElse: "is no address", "write one such as rig-7@lab.example",
        read: Self.address) ?? ""
    }
    let logIn = node[Self.user]?.text.map { MailLogIn(node, user: $0, &reader) }
    self.init(
      server: MailServer(node[Self.url], .smtp, security: node[Self.security], &reader),
      logIn: logIn, from: address(Self.from), to: address(Self.to))
  }

  /// An address without anything that would end it on its way to a server.
  private static func address(_ text: String) -> String? {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value < 0x7F && !"<>()\",;\\".unicodeScalars.contains($0)
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return isPlain && parts.count == 2 && !parts.contains(where: \.isEmpty) ? text : nil
  }
}

extension MailLogIn {
  private static let password = FieldShape(
    "password", SecretSource.shape("a password"), "Where the password is.")
  private static let bearer = FieldShape(
    "bearer", SecretSource.shape("a token"),
    "Where an OAuth 2 bearer token is, instead of a password."
  ).shown(
    by: """
      mail:
        imap:
          url: imaps://outlook.office365.com
          user: rig-7@lab.example
          bearer: {command: [/usr/bin/fetch-token, lab]}
      """)

  fileprivate static let proofs = [password, bearer]
  fileprivate static let rules: [ObjectRule] = [
    .atMostOne(of: proofs.map(\.name)),
    .atLeastOne(of: proofs.map(\.name), what: "what logs the user in"),
  ]

  fileprivate init(_ node: YAMLNode, user: String, _ reader: inout SectionReader) {
    let bearer = SecretSource(node[Self.bearer], &reader)
    let password = SecretSource(node[Self.password], &reader)
    self.init(
      user: user, proof: bearer.map(Proof.bearer) ?? .password(password ?? .environment("")))
  }
}

extension MailServer {
  /// Reads where a server is; what is wrong is reported.
  fileprivate init(
    _ node: YAMLNode?, _ service: Service, security: YAMLNode?, _ reader: inout SectionReader
  ) {
    let scheme = service.rawValue
    if let node, node.text?.contains("@") == true {
      // What stands before the sign may be a password, which no message repeats.
      reader.report(
        Finding(
          node.location, "the URL says who logs in",
          remedy: "write user and password under keys of their own"))
      self.init(service, host: "", port: 0, security: .tls)
      return
    }
    let server = reader.value(
      node, orElse: "is no \(service == .imap ? "mailbox's" : "mail server's") URL",
      "write \(scheme)s://host, or \(scheme)://host, with :port behind it where it is another",
      read: { MailServer(url: $0, service) })
    self = server ?? MailServer(service, host: "", port: 0, security: .tls)
    guard let security, server != nil else { return }
    guard self.security == .startTLS, isLoopback else {
      reader.report(
        Finding(
          security.location, "\"security: none\" does not go with \(url)",
          remedy: "remove it: it is for \(scheme)://localhost alone"))
      return
    }
    self.security = .none
  }
}
