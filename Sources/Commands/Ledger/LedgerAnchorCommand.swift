import ArgumentParser
import Attestation
import FoundationEssentials
import Ledger
import WholeFiles

/// `gantry ledger anchor`.
struct LedgerAnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anchor",
    abstract: "Keeps the head of the ledger's chain, signed, beside it and elsewhere.",
    discussion: """
      Whoever can write the ledger can also write the head that stands beside it. An anchor that is \
      kept where they can't write, or signed with a key that they don't have, tells later whether \
      anything that was booked by then was changed or taken away: gantry ledger verify --anchor FILE.

      Without a key the anchor is a line of JSON, with one it stands in a DSSE envelope. It is added to \
      LEDGER\(LedgerAnchors.ending), and to what is named. A damaged ledger is not anchored. Exit codes: \
      0; 1 the ledger is damaged; 3 a place takes no anchor.
      """)

  @OptionGroup var ledger: LedgerOptions

  @OptionGroup var signing: SigningOptions

  @Option(help: "Add the anchor to this file, too.", completion: .file())
  var to: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keep the anchor in the message of this new git tag, on what is checked out.",
      valueName: "name"))
  var gitTag: String?

  @Option(
    help: ArgumentHelp(
      "Where git's repository is; here if left out.", valueName: "folder"), completion: .directory)
  var gitFolder: String = "."

  @Option(help: "Give the anchor to this command to read.")
  var command: [String] = []

  func run() throws {
    let signer = try signing.make()
    let store = try ledger.store()
    let audit = try store.auditChain(.everything, anchors: [])
    for finding in audit.findings { Console.current.complain(finding) }
    if !audit.findings.isEmpty {
      throw CommandFailure(
        description: "\(store.path): a ledger that is damaged is not anchored", status: .failed)
    }
    let head = try store.head()
    let line = try LedgerAnchors.line(of: head, by: signer, at: .now)
    for path in [store.path + LedgerAnchors.ending] + to { try add(line, to: path) }
    if let gitTag {
      _ = try ShellCommand(
        "git -C \(Self.quoted(gitFolder)) tag --annotate --file - -- \(Self.quoted(gitTag))"
      ).answer(to: Array(line.utf8))
    }
    for command in command { _ = try ShellCommand(command).answer(to: Array(line.utf8)) }
    let who = signer.map { "signed by \($0.publicKey.id)" } ?? "not signed"
    Console.current.say("anchored link \(head.sequence) \(head.digest), \(who)")
  }

  private func add(_ line: String, to path: String) throws {
    do throws(WholeFile.Failure) {
      try WholeFile.append(Array(line.utf8), to: path)
    } catch {
      throw CommandFailure.errored("\(path): the anchor can't be added: \(error.reason)")
    }
  }

  /// A text as one word for the shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// `gantry ledger resume`.
struct LedgerResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on from the ledger's present end, after a copy was brought back.",
    discussion: """
      A copy that takes the ledger's place ends before the head that stands beside it, which verify \
      calls cut off. This writes the head anew, and a link that says so: verify tells of it from then \
      on, and anchors of what the copy lacks still don't fit, nor ever will: those beside the ledger are \
      to be put aside. What was booked since the copy was made comes back by gantry ledger import.
      """)

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let told = try ledger.store().resume(at: .now)
    Console.current.say("the head had told: \(told)")
  }
}
