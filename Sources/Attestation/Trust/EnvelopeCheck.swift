public import FoundationEssentials

extension TrustedKeys {
  /// Holds an envelope's signatures against the keys: at least one must be of a trusted key, and none
  /// that says that it is of one may be wrong.
  ///
  /// - Parameters:
  ///   - envelope: the envelope.
  ///   - type: what its payload must be.
  ///   - signedAt: when it says that it was signed, which keys that were in use for a time are held
  ///     against; nil where it does not say.
  /// - Returns: the keys whose signatures it has.
  /// - Throws: why it is not to be believed.
  public func signers(
    of envelope: SignedEnvelope, as type: String, signedAt: Date?
  ) throws(AttestationError) -> [Key] {
    guard envelope.payloadType == type else {
      throw .refused(
        "it is signed as \(StrictJSON.shortened(envelope.payloadType)), where \(type) is wanted")
    }
    let signed = PreAuthentication.bytes(type: type, payload: envelope.payload)
    var found: [Key] = []
    for signature in envelope.signatures {
      guard let key = try signer(signature, signed) else { continue }
      try key.accept(signedAt)
      if !found.contains(key) { found.append(key) }
    }
    guard !found.isEmpty else {
      let ids = envelope.signatures.map { StrictJSON.shortened($0.keyID) }.joined(separator: ", ")
      throw .refused(
        "none of the trusted keys has signed it; it names \(ids.isEmpty ? "none" : ids)")
    }
    return found
  }

  /// The trusted key that made a signature; nil where it says that another one did.
  private func signer(
    _ signature: SignedEnvelope.Signature, _ signed: [UInt8]
  ) throws(AttestationError) -> Key? {
    // A name may be left out: then any key may have made it.
    if signature.keyID.isEmpty {
      return keys.first { $0.key.accepts(signature.bytes, of: signed) }
    }
    guard let key = keys.first(where: { $0.key.id == signature.keyID }) else { return nil }
    guard key.key.accepts(signature.bytes, of: signed) else {
      throw .refused(
        "the signature of \(key.name) does not fit: what was signed was changed, or it is not its signature"
      )
    }
    return key
  }
}

extension TrustedKeys.Key {
  /// Whether a signature of this key counts.
  fileprivate func accept(_ signedAt: Date?) throws(AttestationError) {
    if let revoked { throw .refused("the key \(name) is revoked: \(revoked)") }
    guard from != nil || until != nil else { return }
    guard let signedAt else {
      throw .refused(
        "the key \(name) was in use for a time, and the statement does not say when it was made")
    }
    if let from, signedAt < from {
      throw .refused(
        "it was signed at \(signedAt.words), before the key \(name) was in use, from \(from.words)")
    }
    if let until, signedAt >= until {
      throw .refused(
        "it was signed at \(signedAt.words), after the key \(name) was in use, until \(until.words)"
      )
    }
  }
}

extension Date {
  fileprivate var words: String { formatted(.iso8601) }
}
