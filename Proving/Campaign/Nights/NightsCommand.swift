public import ArgumentParser
import Commands
import Foundation

/// `gantry-proving campaign nights`: plays many runs on one recorder after the other, each of which
/// has a past.
public struct NightsCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "nights",
    abstract: "Plays runs one after the other on recorders that remember, and counts.",
    discussion: """
      Each recorder is a virtual one with a memory, healthy, of a model that is drawn; its runs are \
      scenarios that are drawn. In a tenth of them the program is killed on the way.

      Exit codes: 0 all bounds hold; 1 one is broken; 2 wrong usage.
      """)

  @Option(help: "How many recorders.")
  var sequences = 40

  @Option(help: "How many runs on each.")
  var runs = 25

  @Option(help: "The seed that all is drawn from.")
  var seed: UInt64 = 1

  @Option(help: "Play so many recorders at the same time.")
  var jobs = 2

  @Option(help: "Play only the recorder of this index; may be repeated.")
  var only: [Int] = []

  @Option(help: "The program; gantry beside this one if left out.", completion: .file())
  var program: String?

  @Option(help: "The project's root.", completion: .directory)
  var root = "."

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if sequences < 1 { throw ValidationError("--sequences must be at least 1.") }
    if runs < 1 { throw ValidationError("--runs must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }

  /// Plays the nights.
  public func run() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/gantry-nights-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "gantry").path
    let stage = NightStage(
      program: program ?? beside, root: URL(filePath: root).standardizedFileURL.path,
      folder: folder)
    let indices = only.isEmpty ? Array(0..<sequences) : only
    let drawn = indices.map { index in
      NightSequence(
        seed: seed, index: index, count: runs, scenarios: World.scenarios.map(\.name))
    }
    var report = NightsReport(sequences: [])
    try await withThrowingTaskGroup(of: (Int, [NightOutcome]).self) { group in
      var next = 0
      func begin() {
        guard next < drawn.count else { return }
        let at = next
        next += 1
        // A process is waited for on a thread of its own.
        group.addTask {
          try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
              done.resume(with: Result { (at, try stage.play(drawn[at])) })
            }
          }
        }
      }
      for _ in 0..<jobs { begin() }
      for try await (at, outcomes) in group {
        report.sequences.append((drawn[at], outcomes))
        let bad = outcomes.filter { $0.status ?? 0 != 0 }.count
        Console.process.say(
          "recorder \(drawn[at].index), \(drawn[at].model): \(outcomes.count) runs, \(bad) not passed"
        )
        begin()
      }
    }
    report.sequences.sort { $0.sequence.index < $1.sequence.index }
    for line in report.lines { Console.process.say(line) }
    if report.isBroken { throw ExitCode(CommandOutcome.failed.rawValue) }
  }
}
