import ArgumentParser
import Attestation
import FoundationEssentials

/// Who signs: a private key from a file or the environment, or a signer elsewhere.
struct SigningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sign with the private key of this file, which gantry key new or openssl made.",
      valueName: "file"), completion: .file())
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "Sign with the private key that this environment variable has, as a PEM text.",
      valueName: "variable"))
  var keyEnv: String?

  @Option(
    help: ArgumentHelp(
      "Have this command sign: it reads bytes and writes their Ed25519 signature, raw, in base64 or "
        + "in hex. Needs --public-key.", valueName: "command"))
  var signer: String?

  @Option(
    help: ArgumentHelp("The public key that the signer's signatures must fit.", valueName: "file"),
    completion: .file())
  var publicKey: String?

  func validate() throws {
    if [keyFile, keyEnv, signer].compactMap(\.self).count > 1 {
      throw ValidationError("One signs: --key-file, --key-env or --signer.")
    }
    if (signer == nil) != (publicKey == nil) {
      throw ValidationError("--signer and --public-key belong together.")
    }
  }

  /// Who signs; nil where nobody was named.
  ///
  /// - Throws: when a key can't be had.
  func make() throws -> (any EnvelopeSigner)? {
    if let keyFile { return try KeyFile.privateKey(keyFile) }
    if let keyEnv {
      guard let text = ProcessInfo.processInfo.environment[keyEnv], !text.isEmpty else {
        throw CommandFailure.invalid("the variable \(keyEnv) is not set")
      }
      do throws(AttestationError) {
        return try PrivateKey(reading: text)
      } catch {
        throw CommandFailure.invalid("the variable \(keyEnv): \(error)")
      }
    }
    if let signer, let publicKey {
      return CommandSigner(ShellCommand(signer), publicKey: try KeyFile.publicKey(publicKey))
    }
    return nil
  }
}

/// Whose signatures are believed.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Believe what the key of this file has signed: a PEM text PUBLIC KEY.", valueName: "file"),
    completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Believe what the keys of this trust file have signed, each for its time; gantry explain trust "
        + "says what it looks like.", valueName: "file"), completion: .file(extensions: ["yaml"]))
  var trust: String?

  func validate() throws {
    if key != nil, trust != nil { throw ValidationError("Name a key or a trust file.") }
  }

  /// The trusted keys; nil where none were named.
  ///
  /// - Throws: when a key or the file can't be read.
  func load() throws -> TrustedKeys? {
    if let trust { return try TrustedKeys.load(trust) }
    return try key.map { TrustedKeys([.init(name: $0, key: try KeyFile.publicKey($0))]) }
  }
}
