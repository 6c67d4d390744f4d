import Digests

/// A signer elsewhere, such as a hardware token or a signing service, reached by a command: it reads
/// the bytes from its standard input and writes their Ed25519 signature to its standard output, as 64
/// bytes, in base64 or in hex.
public struct CommandSigner: EnvelopeSigner, Sendable {
  /// The key that its signatures must fit.
  public let publicKey: PublicKey
  private let command: ShellCommand

  /// Creates a signer.
  ///
  /// - Parameters:
  ///   - command: what signs.
  ///   - publicKey: the key that its signatures must fit.
  public init(_ command: ShellCommand, publicKey: PublicKey) {
    self.command = command
    self.publicKey = publicKey
  }

  /// Has bytes signed.
  public func sign(_ bytes: [UInt8]) throws(AttestationError) -> [UInt8] {
    let said = try command.answer(to: bytes)
    if said.count == 64 { return said }
    let text = String(decoding: said, as: UTF8.self).filter { !$0.isWhitespace }
    if let signature = Base64.decode(text), signature.count == 64 { return signature }
    let halves = [text.prefix(64), text.dropFirst(64)].compactMap { SHA256Digest.raw(String($0)) }
    if text.utf8.count == 128, halves.count == 2 { return halves[0] + halves[1] }
    throw .broken(
      "\(command.line): the command wrote no signature: 64 bytes, as they are, in base64 or in hex")
  }
}
