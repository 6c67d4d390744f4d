import Attestation
import Foundation
import Testing

@Suite("Keys")
struct KeyTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// The first key that RFC 8032, section 7.1, signs with, and its signature of nothing.
  private static let rfc = (
    public: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    signature:
      "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw=="
  )

  @Test("a key is read from hex, from the base64 of its PEM text and from that, and is the same")
  func forms() throws {
    let key = try PublicKey(reading: Self.rfc.public)
    #expect(try PublicKey(reading: key.pem) == key)
    #expect(try PublicKey(reading: key.base64) == key)
    #expect(try PublicKey(reading: "  \(key.pem)\n\n") == key)
    #expect(key.id.count == 64)
  }

  @Test("the id is the one that securesystemslib gives the same key")
  func id() throws {
    let key = try PublicKey(
      reading: "96cf9850f7624d550b632a031dd2053bcc92fa57dce4c7cd35c5ed81209a0b40")
    #expect(key.id == "a0de41407f4d95d44b53290ba800e9001c24528ec1bb9ecd7d1c40cac697da0f")
  }

  @Test(
    "what is no key is told in a line that says what one is",
    arguments: [
      ("", "no Ed25519 public key"), ("d75a98", "no Ed25519 public key"),
      (
        "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
        "a PEM text RSA PUBLIC"
      ),
      ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no Ed25519 public key"),
      (String(repeating: "A", count: 60), "no Ed25519 public key"),
    ])
  func noKey(text: String, reason: String) throws {
    let error = #expect(throws: AttestationError.self) { try PublicKey(reading: text) }
    #expect(error?.description.contains(reason) == true)
    #expect(error?.kind == .invalid)
  }

  @Test("a private key whose lines were joined is refused without a word of it")
  func joined() throws {
    let key = PrivateKey()
    let text = key.pem.replacing("\n", with: "")
    let error = #expect(throws: AttestationError.self) { try PrivateKey(reading: text) }
    let secret = key.pem.split(separator: "\n")[1].suffix(20)
    #expect(error?.description.contains(secret) == false)
    #expect(error?.description.hasPrefix("no Ed25519 private key") == true)
  }

  @Test("a private key is written for its owner alone, never over another one, and read again")
  func files() throws {
    let key = PrivateKey()
    let path = folder.path + "/release.key"
    try KeyFile.write(key.pem, to: path, mode: 0o600)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try KeyFile.privateKey(path).publicKey == key.publicKey)
    #expect(try KeyFile.publicKey(path) == key.publicKey)
    let twice = #expect(throws: AttestationError.self) {
      try KeyFile.write(key.pem, to: path, mode: 0o600)
    }
    #expect(twice?.description.contains("is there already") == true)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let open = #expect(throws: AttestationError.self) { try KeyFile.privateKey(path) }
    #expect(open?.description.contains("chmod 600") == true)
  }

  @Test("openssl reads our keys, we read its keys, and each believes the other's signatures")
  func openssl() throws {
    let (theirs, ours) = (folder.path + "/theirs.pem", folder.path + "/ours.pem")
    _ = try answer(of: "/usr/bin/openssl", ["genpkey", "-algorithm", "ed25519", "-out", theirs])
    let key = try KeyFile.privateKey(theirs)
    #expect(
      try answer(of: "/usr/bin/openssl", ["pkey", "-in", theirs, "-pubout"]) + "\n"
        == key.publicKey.pem)
    try KeyFile.write(key.pem, to: ours, mode: 0o600)
    #expect(
      try String(contentsOfFile: ours, encoding: .utf8)
        == String(contentsOfFile: theirs, encoding: .utf8))
    let signer = CommandSigner(
      ShellCommand(
        "cat > \(folder.path)/in; openssl pkeyutl -sign -rawin -inkey \(theirs) -in \(folder.path)/in"
      ),
      publicKey: key.publicKey)
    let words = Array("what is signed".utf8)
    #expect(try signer.sign(words) == key.sign(words))
  }

  @Test("a signer elsewhere may answer in base64 or hex, and what it signs must fit its key")
  func elsewhere() throws {
    let key = try PublicKey(reading: Self.rfc.public)
    let base64 = CommandSigner(ShellCommand("echo \(Self.rfc.signature)"), publicKey: key)
    let signature = try base64.sign([])
    #expect(key.accepts(signature, of: []))
    let hex = signature.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(try CommandSigner(ShellCommand("echo \(hex)"), publicKey: key).sign([]) == signature)
    let wrong = #expect(throws: AttestationError.self) {
      try Sample.result().signed(by: base64)
    }
    #expect(wrong?.description.contains("does not fit the public key") == true)
    for (command, reason) in [
      ("true", "wrote no signature"), ("exit 7", "ended with 7"), ("kill -9 $$", "ended with 137"),
      ("no-such-program 2>/dev/null", "ended with 127"), ("yes", "ended with "),
    ] {
      let error = #expect(throws: AttestationError.self) {
        try CommandSigner(ShellCommand(command), publicKey: key).sign([])
      }
      #expect(
        error?.description.contains(reason) == true, "\(command): \(error?.description ?? "")")
      #expect(error?.kind == .broken)
    }
  }

  @Test("a command gets all that is given to it, however much it is")
  func much() throws {
    let bytes = [UInt8](repeating: 65, count: 5 << 20)
    let said = try ShellCommand("wc -c").answer(to: bytes)
    #expect(String(decoding: said, as: UTF8.self).contains("\(bytes.count)"))
  }
}
