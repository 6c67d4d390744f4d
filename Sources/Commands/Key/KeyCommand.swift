import ArgumentParser
import Attestation
import OrderedJSON

/// `gantry key`: keys that sign decisions and the ledger's head.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Makes and shows keys that sign decisions and the ledger's head.",
    discussion: """
      A private key belongs to whoever answers for releases, never on a rig: whoever can change what a \
      rig books must not be able to sign that it was always so.
      """,
    subcommands: [KeyNewCommand.self, KeyShowCommand.self])
}

/// `gantry key new`.
struct KeyNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Draws a new key, and writes it and its public half.",
    discussion: """
      The private key goes into FILE, for its owner alone, as a PEM text in PKCS #8, which openssl \
      reads, too; the public key into FILE.pub. Nothing that is there is written over.
      """)

  @Argument(help: "A new file for the private key.", completion: .file())
  var file: String

  func run() throws {
    let key = PrivateKey()
    try KeyFile.write(key.publicKey.pem, to: file + ".pub", mode: 0o644)
    try KeyFile.write(key.pem, to: file, mode: 0o600)
    Console.current.say("\(file), \(file).pub\nid \(key.publicKey.id)")
  }
}

/// `gantry key show`.
struct KeyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Tells a key's id, and what a trust file says of it.",
    discussion: "FILE may have either half of a key; only the public one is shown.")

  @Argument(help: "The key's file.", completion: .file())
  var file: String

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let key = try KeyFile.publicKey(file)
    if json {
      Console.current.say(
        JSONValue.object([.init("id", .string(key.id)), .init("public", .string(key.base64))])
          .description)
    } else {
      Console.current.say("id \(key.id)\npublic: \(key.base64)")
    }
  }
}
