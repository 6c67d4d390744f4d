/// Where a mail server listens, and how what goes there and back is kept from others.
public struct MailServer: Sendable, Hashable {
  /// What is spoken with it.
  public enum Service: String, Sendable {
    /// Mail is read: RFC 3501.
    case imap
    /// Mail is handed in: RFC 5321.
    case smtp
  }

  /// How the connection is kept from others.
  public enum Security: Sendable {
    /// By TLS from its first byte on.
    case tls
    /// By TLS after a word in plain text, and not at all where the server has no TLS.
    case startTLS
    /// Not at all.
    case none
  }

  /// What is spoken.
  public var service: Service
  /// The host's name or address; one of IPv6 in brackets.
  public var host: String
  /// The port.
  public var port: Int
  /// How it is secured.
  public var security: Security

  /// Creates a server.
  public init(_ service: Service, host: String, port: Int, security: Security) {
    self.service = service
    self.host = host
    self.port = port
    self.security = security
  }

  /// Reads a URL that says no more than where a server is, such as `imaps://mail.lab.example`; nil
  /// where it says something else.
  ///
  /// - Parameters:
  ///   - url: the URL.
  ///   - service: what it must be of.
  public init?(url: String, _ service: Service) {
    guard let colon = url.firstRange(of: "://") else { return nil }
    let scheme = url[..<colon.lowerBound].lowercased()
    guard scheme == service.rawValue || scheme == service.rawValue + "s" else { return nil }
    let security: Security = scheme.hasSuffix("s") ? .tls : .startTLS
    var place = url[colon.upperBound...]
    if place.hasSuffix("/") { place = place.dropLast() }
    guard let (host, port) = Self.hostAndPort(place) else { return nil }
    self.init(
      service, host: String(host), port: port ?? Self.port(of: service, security),
      security: security)
  }

  private static func hostAndPort(_ text: Substring) -> (host: Substring, port: Int?)? {
    let end: Substring.Index
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]"),
        text[..<bracket].dropFirst().allSatisfy({ $0.isHexDigit || ":.%".contains($0) })
      else { return nil }
      end = text.index(after: bracket)
    } else {
      end = text.firstIndex(of: ":") ?? text.endIndex
      let isName = text[..<end].allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
      guard isName else { return nil }
    }
    let (host, rest) = (text[..<end], text[end...])
    guard !host.isEmpty else { return nil }
    if rest.isEmpty { return (host, nil) }
    guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65_535).contains(port)
    else { return nil }
    return (host, port)
  }

  /// The port where none is written (RFC 8314, section 3; RFC 3501; RFC 6409 for submission).
  private static func port(of service: Service, _ security: Security) -> Int {
    switch (service, security) {
    case (.imap, .tls): 993
    case (.imap, .startTLS), (.imap, .none): 143
    case (.smtp, .tls): 465
    case (.smtp, .startTLS), (.smtp, .none): 587
    }
  }

  /// Whether it is this host, by an address that leads nowhere else.
  public var isLoopback: Bool {
    let name = host.lowercased()
    if name == "localhost" || name == "[::1]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The URL, with its port.
  public var url: String {
    "\(service.rawValue)\(security == .tls ? "s" : "")://\(host):\(port)"
  }
}

/// Who logs in, and by what.
public struct MailLogIn: Sendable, Hashable {
  /// What is shown to the server.
  public enum Proof: Sendable, Hashable {
    /// A password.
    case password(SecretSource)
    /// An OAuth 2 bearer token (RFC 7628).
    case bearer(SecretSource)
  }

  /// The user's name.
  public var user: String
  /// What is shown.
  public var proof: Proof

  /// Creates a log-in.
  public init(user: String, proof: Proof) {
    self.user = user
    self.proof = proof
  }
}
