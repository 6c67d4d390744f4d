public import ArgumentParser

/// `gantry-proving journals`: whether two programs write the same journals.
public struct JournalsCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "journals",
    abstract: "Records the journals of many runs, and compares them with those of another program.",
    discussion: """
      The same scenario, rig, model, seed and program give the same journal, but for its first \
      line and what stands under `wall`. A change that means to keep behaviour shows it by journals \
      that stay the same: record them before, check them after.

      A recording has a line a run, with tabs between scenario, model, overrides (joined by `;`), \
      seed, SHA-256 digest, outcome and, with --trace, the digest of the trace; a list of runs has \
      the first four. Exit codes: 0 the same; \
      1 a journal differs; 2 wrong usage.
      """,
    subcommands: [RecordCommand.self, CompareCommand.self, CheckCommand.self])

  /// Creates the command.
  public init() {}
}

extension RunSet: ExpressibleByArgument {}

/// What is played, and how.
struct PlayOptions: ParsableArguments {
  @Option(
    help: "The program to play with; any version of gantry.", completion: .file())
  var program = ".build/release/gantry"

  @Option(help: "The root of the project that the program belongs to.", completion: .directory)
  var root = "."

  @Option(help: "A file with the runs to play, a line each; a recording will do.")
  var list: String?

  @Option(
    parsing: .upToNextOption,
    help: """
      The runs to play: scenarios (all of them on all models, ten seeds each), flaws (each in each \
      of its listed places, once), sample (some seventy of both).
      """)
  var sets: [RunSet] = []

  @Option(help: "Play so many runs at the same time.")
  var jobs = 2

  @Option(help: "Keep what counts of each journal in this folder.", completion: .directory)
  var keep: String?

  @Flag(
    help: "Compare every search of a picture, too: what gantry run --log-level trace tells.")
  var trace = false

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if list != nil, !sets.isEmpty {
      throw ValidationError("--list and --sets both say what to play.")
    }
  }

  /// What plays the runs.
  var player: Player {
    Player(
      program: FilePlace.absolute(program), root: FilePlace.absolute(root), jobs: jobs, keep: keep,
      traces: trace)
  }

  /// The runs that are named; nil where none are.
  func keys() throws -> [RunKey]? {
    if let list { return try FilePlace.parse(list, Recording.keys) }
    if sets.isEmpty { return nil }
    return try sets.flatMap { try $0.keys(root: root) }
  }
}
