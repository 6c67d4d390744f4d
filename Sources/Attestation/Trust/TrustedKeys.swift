public import FoundationEssentials
public import SourceYAML

/// Whose signatures are believed, and for which time.
public struct TrustedKeys: Sendable, Hashable {
  /// A key and what is known of it.
  public struct Key: Sendable, Hashable {
    /// What people call it.
    public var name: String
    /// The key.
    public var key: PublicKey
    /// Since when it signs; nil for ever since.
    public var from: Date?
    /// Until when; nil for ever.
    public var until: Date?
    /// Why nothing that it signed is believed; nil where it is.
    public var revoked: String?

    /// Creates a trusted key.
    public init(
      name: String, key: PublicKey, from: Date? = nil, until: Date? = nil, revoked: String? = nil
    ) {
      self.name = name
      self.key = key
      self.from = from
      self.until = until
      self.revoked = revoked
    }
  }

  /// The keys, each once.
  public var keys: [Key]

  /// Creates trust in keys.
  public init(_ keys: [Key]) {
    self.keys = keys
  }

  /// Reads a trust file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - files: where it comes from.
  /// - Returns: the keys.
  /// - Throws: all that is wrong, in one go.
  public static func load(
    _ file: String, files: SourceFiles = .disk
  ) throws(Findings) -> TrustedKeys {
    let reading = YAMLReader.read(file: file, from: files)
    guard let root = reading.root else { throw Findings(reading.findings) }
    let (tree, structural) = ShapeCheck.check(root, against: TrustFormat.book)
    var findings = reading.findings + structural
    guard tree.isMapping else { throw Findings(findings) }
    var loader = TrustLoader()
    for node in tree[TrustFormat.keys]?.elements ?? [] where node.isMapping { loader.take(node) }
    findings += loader.findings
    if !findings.isEmpty { throw Findings(findings) }
    return TrustedKeys(loader.keys)
  }
}

/// Reads the keys of a trust file one by one.
private struct TrustLoader {
  var keys: [TrustedKeys.Key] = []
  var findings: [Finding] = []

  mutating func take(_ node: YAMLNode) {
    let from = instant(node[TrustFormat.from])
    let until = instant(node[TrustFormat.until])
    _ = instant(node[TrustFormat.revoked]?[TrustFormat.revokedAt])
    if let from, let until, until <= from, let place = node[TrustFormat.until] {
      findings.append(
        Finding(
          place.location, "the key's time ends before it begins", remedy: "write a later time"))
    }
    guard let name = node[TrustFormat.name]?.locatedText,
      let text = node[TrustFormat.publicKey]?.locatedText
    else { return }
    do throws(AttestationError) {
      let key = try PublicKey(reading: text.text)
      if let known = keys.first(where: { $0.key == key || $0.name == name.text }) {
        let isKey = known.key == key
        findings.append(
          Finding(
            isKey ? text.location : name.location,
            isKey
              ? "the key is \(known.name)'s already" : "another key is called \(name.text)",
            remedy: "name each key once"))
      }
      keys.append(
        TrustedKeys.Key(
          name: name.text, key: key, from: from, until: until,
          revoked: node[TrustFormat.revoked].map { $0[TrustFormat.why]?.text ?? "revoked" }))
    } catch {
      findings.append(
        Finding(text.location, error.description, remedy: "gantry key show prints it"))
    }
  }

  private mutating func instant(_ node: YAMLNode?) -> Date? {
    guard let text = node?.locatedText else { return nil }
    guard let date = Timestamp.date(text.text) else {
      findings.append(
        Finding(
          text.location, "\"\(text.text)\" is no time",
          remedy: "write one in UTC such as 2026-03-01T10:15:00Z"))
      return nil
    }
    return date
  }
}
