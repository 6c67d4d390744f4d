import ArgumentParser
import FoundationEssentials
import Ledger
import OrderedJSON

/// `gantry ledger`: what keeps the ledger.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Books run folders in the ledger of all runs, copies it, checks it and anchors it.",
    discussion: """
      A run is booked as it ends. The journals in the run folders stay the truth: a ledger that is \
      lost or damaged is made again by gantry ledger import. It lies on a disk of this host: a \
      network file system is refused.
      """,
    subcommands: [
      LedgerImportCommand.self, LedgerBackupCommand.self, LedgerVerifyCommand.self,
      LedgerForgetCommand.self, LedgerAnchorCommand.self, LedgerResumeCommand.self,
    ])
}

/// `gantry ledger import`.
struct LedgerImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Books the runs of folders; those that are booked stay as they are.",
    discussion: """
      A run is known by its name in the journal, which no other run has. One that was killed is \
      booked as such, one that goes on is left. Exit codes: 0, or 1 where a folder can't be booked.
      """)

  @Argument(help: "Run folders, and folders of run folders.", completion: .directory)
  var folders: [String]

  @OptionGroup var ledger: LedgerOptions

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    let done = try LedgerImport(folders, into: ledger.store(isMade: true), at: .now)
    if json {
      let counts = Booking.allCases.map {
        JSONValue.Member($0.rawValue, .int(done.counts[$0] ?? 0))
      }
      Console.current.say(
        JSONValue.object(
          counts + [
            .init("goingOn", .strings(done.goingOn)), .init("refused", .strings(done.refused)),
          ]
        ).description)
    } else {
      Console.current.say(
        "booked \(done.counts[.booked] ?? 0), completed \(done.counts[.completed] ?? 0), "
          + "known \(done.counts[.known] ?? 0)")
      for folder in done.goingOn { Console.current.say("goes on: \(folder)") }
    }
    for reason in done.refused { Console.current.complain(reason) }
    if !done.refused.isEmpty { throw ExitCode(CommandOutcome.failed.rawValue) }
  }
}

/// `gantry ledger backup`.
struct LedgerBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Writes a copy of the ledger, whoever books meanwhile.",
    discussion: """
      The copy is a ledger itself, and may lie anywhere; FILE.head beside it tells where its chain ends.
      """)

  @Argument(help: "A new file.", completion: .file())
  var file: String

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    try ledger.store().backUp(to: file)
    Console.current.say(file)
  }
}

/// `gantry ledger forget`.
struct LedgerForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Takes it that journals are gone, of which verify would speak each time.",
    discussion: """
      A booked run stays in history, as one that was pruned; one that began and left no journal is \
      forgotten. A run whose journal is there is neither.
      """)

  @Argument(help: "Runs, by their names among all runs, as verify tells them.")
  var runs: [String]

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let store = try ledger.store()
    for run in runs { try LedgerAudit.forget(run, in: store, at: .now) }
  }
}
