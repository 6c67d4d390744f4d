import ArgumentParser

/// `gantry-proving journals compare`: what differs between two recordings.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Tells what differs between two recordings.")

  @Argument(help: "The one recording.", completion: .file())
  var before: String

  @Argument(help: "The other recording.", completion: .file())
  var after: String

  @Option(
    parsing: .upToNextOption,
    help: "The folders in which the journals of the one and of the other were kept.",
    completion: .directory)
  var kept: [String] = []

  func validate() throws {
    if !kept.isEmpty, kept.count != 2 { throw ValidationError("--kept needs two folders.") }
  }

  func run() throws {
    let comparison = Comparison(
      try FilePlace.parse(before, Recording.init), try FilePlace.parse(after, Recording.init))
    try comparison.tell(program: "gantry", kept: kept)
  }
}

/// `gantry-proving journals check`: plays the runs of a recording again.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Plays the runs of a recording again, and tells what differs.",
    discussion: "With --list or --sets it plays only those runs, as far as they were recorded.")

  @OptionGroup var options: PlayOptions

  @Option(help: "The recording.", completion: .file())
  var against: String

  @Option(help: "The folder in which its journals were kept.", completion: .directory)
  var kept: String?

  func run() async throws {
    let recording = try FilePlace.parse(against, Recording.init)
    let recorded = Set(recording.entries.map(\.key))
    let wanted = try options.keys()
    let keys = wanted.map { $0.filter(recorded.contains) } ?? recording.entries.map(\.key)
    var again = Recording(entries: [])
    try await options.player.play(keys) { again.entries.append($0) }
    let folders = [kept, options.keep].compactMap { $0 }
    try Comparison(recording.only(Set(keys)), again)
      .tell(program: options.program, kept: folders.count == 2 ? folders : [])
  }
}

extension Comparison {
  /// Prints what differs, and ends accordingly.
  ///
  /// - Parameters:
  ///   - program: what the command lines call the program.
  ///   - kept: the folders of both recordings' journals, or none.
  /// - Throws: an exit code where a journal differs, wrong usage where nothing was compared.
  fileprivate func tell(program: String, kept: [String]) throws {
    if compared == 0 { throw ValidationError("there is no run to compare.") }
    let lines = lines(program: program) { key in
      kept.isEmpty ? [] : KeptJournals(folders: kept).firstDifference(key)
    }
    for line in lines { print(line) }
    if !differences.isEmpty { throw ExitCode(1) }
  }
}
