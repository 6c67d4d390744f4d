public import OrderedJSON

/// A DSSE envelope: bytes with what they are, and signatures over both.
///
/// The form is that of `https://github.com/secure-systems-lab/dsse/blob/master/envelope.md`.
public struct SignedEnvelope: Sendable, Hashable {
  /// What the payload is.
  public enum PayloadType {
    /// An in-toto statement.
    public static let statement = "application/vnd.in-toto+json"
    /// The head of a ledger's chain.
    public static let ledgerHead = "application/vnd.gantry.ledger-head+json"
  }

  /// A signature.
  public struct Signature: Sendable, Hashable {
    /// Names the key, for a reader to find it; nobody has signed this.
    public var keyID: String
    /// What the key made of type and payload.
    public var bytes: [UInt8]
  }

  /// What the payload is, as a media type.
  public var payloadType: String
  /// What is signed.
  public var payload: [UInt8]
  /// Who signed it.
  public var signatures: [Signature]

  /// The most bytes that an envelope may have to be read.
  public static let longest = 16 << 20
  /// The most signatures that one may have.
  static let mostSignatures = 16

  /// Signs bytes.
  ///
  /// - Parameters:
  ///   - payload: the bytes.
  ///   - type: what they are.
  ///   - signer: who signs.
  /// - Throws: when the signer does not, or signs something else.
  public init(
    signing payload: [UInt8], as type: String, by signer: some EnvelopeSigner
  ) throws(AttestationError) {
    let signed = PreAuthentication.bytes(type: type, payload: payload)
    let signature = try signer.sign(signed)
    // Whoever signs elsewhere is held against the key that others will hold it against.
    guard signer.publicKey.accepts(signature, of: signed) else {
      throw .broken("what was signed does not fit the public key \(signer.publicKey.id)")
    }
    self.init(
      payloadType: type, payload: payload,
      signatures: [Signature(keyID: signer.publicKey.id, bytes: signature)])
  }

  init(payloadType: String, payload: [UInt8], signatures: [Signature]) {
    self.payloadType = payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// As it is written down, on one line.
  public var json: JSONValue {
    .object([
      .init("payload", .string(Base64.encode(payload))),
      .init("payloadType", .string(payloadType)),
      .init(
        "signatures",
        .array(
          signatures.map {
            .object([
              .init("keyid", .string($0.keyID)), .init("sig", .string(Base64.encode($0.bytes))),
            ])
          })),
    ])
  }

  /// Reads an envelope. Members that it does not know are passed over, as the form asks.
  ///
  /// - Parameter bytes: the JSON text.
  /// - Throws: what is wrong with it.
  public init(reading bytes: some Collection<UInt8>) throws(AttestationError) {
    guard bytes.count <= Self.longest else {
      throw .invalid("it has more than \(Self.longest >> 20) MiB, which no attestation has")
    }
    let json = try StrictJSON(bytes)
    payloadType = try json.member("payloadType").text()
    payload = try Self.decode(json.member("payload"))
    signatures = []
    for signature in try json.member("signatures").list(1...Self.mostSignatures) {
      signatures.append(
        Signature(
          keyID: try signature.member("keyid").text(),
          bytes: try Self.decode(signature.member("sig"))))
    }
  }

  private static func decode(_ json: StrictJSON) throws(AttestationError) -> [UInt8] {
    guard let bytes = Base64.decode(try json.text()) else {
      throw .invalid("\(json.place) is no base64")
    }
    return bytes
  }
}
