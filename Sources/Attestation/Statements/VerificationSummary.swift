import Digests
public import FoundationEssentials
import OrderedJSON

/// Whether a policy was fulfilled: SLSA's verification summary, version 1
/// (`https://slsa.dev/spec/v1.0/verification_summary`).
public struct VerificationSummary: Sendable, Hashable {
  static let type = "https://slsa.dev/verification_summary/v1"
  /// What is claimed where the policy is fulfilled: no level of SLSA, which is about building.
  private static let level = "GANTRY_RELEASE_GATE"

  /// A file by its place and SHA-256, in hex.
  public struct Reference: Sendable, Hashable {
    /// Where it is; empty for what stands in the same file.
    public var uri: String
    /// SHA-256 of it, in hex.
    public var sha256: String

    /// Creates a reference.
    public init(uri: String, sha256: String) {
      self.uri = uri
      self.sha256 = sha256
    }

    var json: JSONValue {
      .object(
        (uri.isEmpty ? [] : [.init("uri", .string(uri))]) + [
          .init("digest", .object([.init("sha256", .string(sha256))]))
        ])
    }
  }

  /// A URI that names who decided.
  public var verifier: String
  /// When.
  public var verifiedAt: Date
  /// A URI that names what was decided on.
  public var resource: String
  /// The policy; without a digest in a statement of a program that wrote none.
  public var policy: Reference
  /// The attestations that the decision rests on.
  public var inputs: [Reference]
  /// Whether the policy is fulfilled.
  public var isPassed: Bool

  /// Creates a summary.
  public init(
    verifier: String, verifiedAt: Date, resource: String, policy: Reference, inputs: [Reference],
    isPassed: Bool
  ) {
    self.verifier = verifier
    self.verifiedAt = verifiedAt
    self.resource = resource
    self.policy = policy
    self.inputs = inputs
    self.isPassed = isPassed
  }

  var json: JSONValue {
    .object([
      .init("verifier", .object([.init("id", .string(verifier))])),
      .init("timeVerified", Timestamp.json(verifiedAt)),
      .init("resourceUri", .string(resource)), .init("policy", policy.json),
      .init("inputAttestations", .array(inputs.map(\.json))),
      .init("verificationResult", .string(isPassed ? "PASSED" : "FAILED")),
      .init("verifiedLevels", .strings([isPassed ? Self.level : "FAILED"])),
      .init("slsaVersion", .string("1.0")),
    ])
  }

  init(_ json: StrictJSON) throws(AttestationError) {
    verifier = try json.member("verifier").member("id").text()
    verifiedAt = try Timestamp.date(json.member("timeVerified"))
    resource = try json.member("resourceUri").text()
    policy = try Self.reference(json.member("policy"), needsDigest: false)
    inputs = []
    for input in try json.optional("inputAttestations")?.list() ?? [] {
      inputs.append(try Self.reference(input, needsDigest: true))
    }
    let result = try json.member("verificationResult")
    switch try result.text() {
    case "PASSED": isPassed = true
    case "FAILED": isPassed = false
    default: throw .invalid("\(result.place) is neither PASSED nor FAILED")
    }
    var levels: [String] = []
    for level in try json.member("verifiedLevels").list() { levels.append(try level.text()) }
    if isPassed, levels.contains("FAILED") {
      throw .invalid("\(result.place) is PASSED, and verifiedLevels says FAILED")
    }
  }

  private static func reference(
    _ json: StrictJSON, needsDigest: Bool
  ) throws(AttestationError) -> Reference {
    let uri =
      needsDigest ? try json.optional("uri")?.text() ?? "" : try json.member("uri").text()
    let digest = needsDigest ? try json.member("digest") : try json.optional("digest")
    guard let sha256 = try digest?.optional("sha256") else {
      if needsDigest { throw .invalid("\(json.place).digest.sha256 is missing") }
      return Reference(uri: uri, sha256: "")
    }
    guard SHA256Digest.raw(try sha256.text()) != nil else {
      throw .invalid("\(sha256.place) is no SHA-256: it has 64 hex digits")
    }
    return Reference(uri: uri, sha256: try sha256.text())
  }
}
