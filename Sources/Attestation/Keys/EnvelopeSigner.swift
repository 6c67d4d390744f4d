import Crypto
import FoundationEssentials

/// Who signs.
public protocol EnvelopeSigner {
  /// The key that others hold the signatures against.
  var publicKey: PublicKey { get }

  /// Signs bytes.
  ///
  /// - Returns: the signature, 64 bytes.
  /// - Throws: when it can't be made.
  func sign(_ bytes: [UInt8]) throws(AttestationError) -> [UInt8]
}

/// An Ed25519 private key, which signs in this process.
public struct PrivateKey: EnvelopeSigner, Sendable {
  /// What stands before the 32 bytes of a key in PKCS #8 (RFC 8410): a version, the algorithm, and a
  /// string of bytes in a string of bytes.
  private static let prefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
  static let label = "PRIVATE KEY"

  private let key: Curve25519.Signing.PrivateKey

  /// Draws a new key.
  public init() {
    key = Curve25519.Signing.PrivateKey()
  }

  /// Reads a key: a PEM text `PRIVATE KEY` in PKCS #8, as openssl makes it.
  ///
  /// - Throws: when it is none; never with any of its bytes.
  public init(reading text: String) throws(AttestationError) {
    guard let der = PEM.bytes(Self.label, in: text), der.count == Self.prefix.count + 32,
      der.starts(with: Self.prefix),
      let key = try? Curve25519.Signing.PrivateKey(
        rawRepresentation: der.dropFirst(Self.prefix.count))
    else {
      if let label = PEM.label(of: text), label != Self.label {
        throw .invalid(
          "a PEM text \(StrictJSON.shortened(label)), where an Ed25519 PRIVATE KEY is wanted")
      }
      throw .invalid(
        "no Ed25519 private key: it is a PEM text PRIVATE KEY, as gantry key new makes it")
    }
    self.key = key
  }

  /// The key as a PEM text, `PRIVATE KEY` in PKCS #8.
  public var pem: String { PEM.text(Self.label, Self.prefix + Array(key.rawRepresentation)) }

  /// The key that others hold its signatures against.
  public var publicKey: PublicKey {
    guard let key = try? PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else {
      preconditionFailure("a private key has a public one")
    }
    return key
  }

  /// Signs bytes.
  public func sign(_ bytes: [UInt8]) throws(AttestationError) -> [UInt8] {
    guard let signature = try? key.signature(for: bytes) else {
      throw .broken("the private key signs nothing")
    }
    return Array(signature)
  }
}
