import Crypto
import Digests
import FoundationEssentials

/// An Ed25519 public key (RFC 8032).
public struct PublicKey: Sendable, Hashable {
  /// What stands before the 32 bytes of a key in its DER form (RFC 8410): an algorithm, and a string of
  /// bits.
  private static let prefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
  static let label = "PUBLIC KEY"

  /// The key's 32 bytes.
  public let bytes: [UInt8]

  /// Creates a key.
  ///
  /// - Parameter bytes: its 32 bytes.
  /// - Throws: when they are no key.
  public init(bytes: [UInt8]) throws(AttestationError) {
    guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { throw .invalid("no Ed25519 public key: it has 32 bytes") }
    self.bytes = bytes
  }

  /// Reads a key: a PEM text `PUBLIC KEY`, the base64 within one, or 64 hex digits.
  ///
  /// - Throws: when it is none, or of another algorithm.
  public init(reading text: String) throws(AttestationError) {
    let line = text.filter { !$0.isWhitespace }
    guard let der = PEM.bytes(Self.label, in: text) ?? Base64.decode(line) else {
      throw Self.noKey(text)
    }
    if let raw = SHA256Digest.raw(line) {
      try self.init(bytes: raw)
    } else if der.count == Self.prefix.count + 32, der.starts(with: Self.prefix) {
      try self.init(bytes: Array(der.dropFirst(Self.prefix.count)))
    } else {
      throw Self.noKey(text)
    }
  }

  private static func noKey(_ text: String) -> AttestationError {
    if let label = PEM.label(of: text), label != Self.label {
      return .invalid("a PEM text \(StrictJSON.shortened(label)), where a PUBLIC KEY is wanted")
    }
    return .invalid(
      "no Ed25519 public key: write its PEM text, the base64 within, or its 64 hex digits")
  }

  /// The key as a PEM text, `PUBLIC KEY` (RFC 8410).
  public var pem: String { PEM.text(Self.label, Self.prefix + bytes) }

  /// The key as the base64 within its PEM text.
  public var base64: String { Base64.encode(Self.prefix + bytes) }

  /// Names the key in signatures: SHA-256, in hex, of the key's description in canonical JSON, as
  /// securesystemslib reckons it.
  public var id: String {
    let hex = SHA256Digest.hexDigits(bytes)
    return SHA256Digest.hex(
      #"{"keytype":"ed25519","keyval":{"public":"\#(hex)"},"scheme":"ed25519"}"#.utf8)
  }

  /// Whether a signature is this key's.
  ///
  /// - Parameters:
  ///   - signature: the signature, 64 bytes.
  ///   - signed: what was signed.
  /// - Returns: false also of what is no signature.
  public func accepts(_ signature: [UInt8], of signed: [UInt8]) -> Bool {
    guard signature.count == 64,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return false }
    return key.isValidSignature(signature, for: signed)
  }
}
