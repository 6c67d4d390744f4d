import Digests
import OrderedJSON

/// Something that a statement is about or was made with, as in-toto's resource descriptors name it:
/// its name and SHA-256, and what it is.
public struct AttestedResource: Sendable, Hashable {
  /// The name that people know it by.
  public var name: String
  /// SHA-256 of it, in hex.
  public var sha256: String
  /// What it is, such as `scenario`; nil where the statement does not say.
  public var kind: String?

  /// Creates a resource.
  public init(name: String, sha256: String, kind: String? = nil) {
    self.name = name
    self.sha256 = sha256
    self.kind = kind
  }

  var json: JSONValue {
    let kind = kind.map { [JSONValue.Member("kind", .string($0))] } ?? []
    return .object(
      [
        .init("name", .string(name)), .init("digest", .object([.init("sha256", .string(sha256))])),
      ] + (kind.isEmpty ? [] : [.init("annotations", .object(kind))]))
  }

  /// Reads a descriptor that has a SHA-256.
  init(_ json: StrictJSON) throws(AttestationError) {
    let digest = try json.member("digest").member("sha256")
    sha256 = try digest.text()
    guard SHA256Digest.raw(sha256) != nil else {
      throw .invalid("\(digest.place) is no SHA-256: it has 64 hex digits")
    }
    name = try json.optional("name")?.text() ?? ""
    kind = try json.optional("annotations")?.optional("kind")?.text()
  }
}
