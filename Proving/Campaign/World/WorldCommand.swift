public import ArgumentParser
import Commands
import Digests
import ExpectedVerdicts
import FoundationEssentials

/// `gantry-proving campaign world`: plays worlds that are drawn by lot.
public struct WorldCommand: AsyncParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "world",
    abstract: "Plays worlds that are drawn by lot, and counts what runs say of them.",
    discussion: """
      A world is a scenario on a recorder and a rig: model, restart, way through a reset, none, one or two flaws and the \
      moment at which each sets in, pop-up, what the grabber does to pictures, acceleration of the \
      pointer, pauses of the host. Seed and index alone draw it; every other setting here only \
      chooses among the seed's worlds.

      A healthy recorder passes. A faulty rig is passed or errored, never failed. A defect is failed \
      where its scenario is sure to notice it, and never errored. A defect with a fault does not \
      pass where one of them is sure to be noticed. Whatever is otherwise is told with the command \
      that repeats it.

      Exit codes: 0 no bound is proven broken; 1 one is; 2 wrong usage; 130 somebody stopped it.
      """)

  @Option(help: "How many worlds.")
  var runs = 2000

  @Option(help: "The seed that all worlds are drawn from.")
  var seed: UInt64 = 1

  @Option(help: "Play so many runs at the same time.")
  var jobs = 2

  @Flag(help: "Play only worlds without a flaw.")
  var healthy = false

  @Flag(help: "Play only worlds with flaws.")
  var flaws = false

  @Option(help: "Play only worlds with this flaw; may be repeated.")
  var flaw: [String] = []

  @Option(help: "Play only this scenario; may be repeated.")
  var scenario: [String] = []

  @Option(help: "Play only on this model; may be repeated.")
  var model: [String] = []

  @Option(help: "Play only the world of this index; may be repeated.")
  var only: [Int] = []

  @Option(
    help: """
      Append each result to this file; one that is there is read first, and what it tells is not \
      played again.
      """,
    completion: .file())
  var out: String?

  @Option(help: "The project's root.", completion: .directory)
  var root = "."

  /// Creates the command.
  public init() {}

  /// Checks the options.
  public func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if healthy, flaws || !flaw.isEmpty {
      throw ValidationError("--healthy leaves no world with a flaw.")
    }
    if only.contains(where: { $0 < 0 }) { throw ValidationError("--only counts from 0.") }
    for (what, asked, known) in [
      ("scenario", scenario, World.scenarios.map(\.name)),
      ("model", model, VirtualExpectation.models),
      ("flaw", flaw, WorldFlaw.defects + WorldFlaw.faults),
    ] {
      if let stranger = asked.first(where: { !known.contains($0) }) {
        throw ValidationError(
          "there is no \(what) \(stranger); there are \(known.joined(separator: ", ")).")
      }
    }
  }

  /// Plays the worlds.
  public func run() async throws {
    do {
      let report = try await play()
      for line in report.lines { Console.process.say(line) }
      if report.isBroken { throw ExitCode(CommandOutcome.failed.rawValue) }
    } catch is CampaignStop {
      Console.process.complain("Stopped.")
      throw ExitCode(CommandOutcome.interrupted.rawValue)
    } catch let error as WorldFileError {
      Console.process.complain("\(error)")
      throw ExitCode(CommandOutcome.invalid.rawValue)
    }
  }

  private func play() async throws -> WorldReport {
    let runsFolder =
      FileManager.default.temporaryDirectory.path + "/gantry-world-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: runsFolder) }
    let file = try out.map {
      try WorldFile(path: $0, seed: seed, program: SHA256Digest.ofThisProgram())
    }
    let stage = Stage(root: root, jobs: jobs, out: runsFolder, console: Console.process)
    return try await WorldCampaign(worlds: worlds, file: file, progress: Console.process)
      .play(on: stage)
  }

  /// The worlds that are asked for.
  private var worlds: [World] {
    if !only.isEmpty { return only.map { World(seed: seed, index: $0) } }
    return WorldFilter(
      health: healthy ? .healthy : flaws || !flaw.isEmpty ? .flawed : nil, scenarios: scenario,
      models: model, flaws: flaw
    ).worlds(seed: seed, count: runs)
  }
}
