import ArgumentParser
import FoundationEssentials
import Ledger
import OrderedJSON

/// `gantry prune`: makes room among run folders.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Makes room: old run folders leave their digests and a tombstone.",
    discussion: """
      What is left of a folder is pruned.json: what the ledger books of the run, and the SHA-256 of \
      each file that is gone. A run is booked before its folder goes. Runs that go on stay, and so \
      does a folder with a file named hold in it, which may say who holds it and why.

      Exit codes: 0, or 1 where what must stay takes more than --max, or a folder can't be pruned.
      """)

  @Argument(help: "Run folders, and folders of run folders.", completion: .directory)
  var folders: [String] = ["runs"]

  @Option(help: "Prune runs that began longer ago: 12h, 30d, 8w.")
  var keep: LongTime?

  @Flag(help: "Keep runs that failed, errored or were killed, however old.")
  var keepFailed = false

  @Option(help: "Prune the oldest until all take no more on the disk: 500MB, 20GB, 1TB.")
  var max: DiskSize?

  @Flag(help: "Say what would go, and touch nothing.")
  var dryRun = false

  @OptionGroup var ledger: LedgerOptions

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func validate() throws {
    if keep == nil, max == nil { throw ValidationError("Say what goes: --keep, --max or both.") }
  }

  func run() throws {
    let rules = PruneRules(keep: keep?.seconds, keepsFailed: keepFailed, most: max?.bytes)
    var pruning = try Pruning(folders, by: rules, at: .now)
    if !dryRun {
      let store: SQLiteLedger? = ledger.path == nil ? nil : try ledger.store(isMade: true)
      pruning.carryOut(bookingIn: store, at: .now)
    }
    tell(pruning)
    for reason in pruning.refused { Console.current.complain(reason) }
    if pruning.isTooMuch || !pruning.refused.isEmpty {
      throw ExitCode(CommandOutcome.failed.rawValue)
    }
  }

  private func tell(_ pruning: Pruning) {
    if json {
      let gone = pruning.gone.map { gone in
        JSONValue.object([
          .init("folder", .string(gone.folder)), .init("reason", .string(gone.reason)),
          .init("bytes", .int(gone.bytes)),
        ])
      }
      return Console.current.say(
        JSONValue.object([
          .init("pruned", .array(gone)), .init("kept", .int(pruning.kept)),
          .init("keptBytes", .int(pruning.keptBytes)),
          .init("tooMuch", .bool(pruning.isTooMuch)),
        ]).description)
    }
    for gone in pruning.gone { Console.current.say("\(gone.folder): \(gone.reason)") }
    let freed = pruning.gone.reduce(0) { $0 + $1.bytes }
    Console.current.say(
      "\(pruning.gone.count) \(dryRun ? "would go" : "pruned"), \(DiskSize.words(freed)); "
        + "\(pruning.kept) stay, \(DiskSize.words(pruning.keptBytes))")
    if pruning.isTooMuch { Console.current.complain("what must stay takes more than --max") }
  }
}

/// An amount of disk, as an argument: `500MB`, `20GB`, `1TB`, in powers of ten.
struct DiskSize: ExpressibleByArgument {
  /// The bytes.
  var bytes: Int

  private static let units = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000)]

  /// Reads a whole number and a unit; nil where the text is none.
  init?(argument: String) {
    guard let (name, size) = Self.units.first(where: { argument.hasSuffix($0.0) }),
      let count = UInt32(argument.dropLast(name.count)), count <= 1_000_000
    else { return nil }
    bytes = Int(count) * size
  }

  /// Such as `1.5 GB`.
  static func words(_ bytes: Int) -> String {
    let (name, size) = units.first { bytes >= $0.1 } ?? ("MB", 1_000_000)
    return "\(JSONValue.decimal(Double(bytes) / Double(size), digits: 1)) \(name)"
  }
}
