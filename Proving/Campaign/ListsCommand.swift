import ArgumentParser
import Commands
import ExpectedVerdicts
import FoundationEssentials

/// `gantry-proving campaign lists`: plays everything on everything, many times.
struct ListsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lists",
    abstract: "Plays everything on everything, many times, and counts what came of it.",
    discussion: """
      founding: the password reset on every model, with and without a restart of its own, passes.
      interrupted: it passes, too, when a pop-up comes up at one moment after the other.
      fooled: every defect and fault is judged as `gantry-proving expectations` lists it.
      mutations: without any one of its expectations, the password reset misjudges a defect.

      Whatever is not as it should be is printed with the command line that repeats it. Exit \
      codes: 0 everything was as it should be; 1 something was not; 2 wrong usage; 130 somebody \
      stopped it.
      """)

  /// The parts of a campaign.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    case founding
    case interrupted
    case fooled
    case mutations
  }

  @Option(help: "Play only this part; may be repeated.")
  var part: [Part] = []

  @Option(
    help: """
      How many seeds: 100 for each password reset and 10 for each flaw if not given; for the \
      interrupted one how many moments, 50 if not given.
      """)
  var seeds: Int?

  @Option(help: "The first seed.")
  var firstSeed: UInt64 = 1

  @Option(
    help:
      "Play only this defect, this fault, or without the expectation of this step; may be repeated."
  )
  var only: [String] = []

  @Option(help: "Play only on this model; may be repeated.")
  var model: [String] = []

  @Flag(
    help: """
      Play each flaw's seeds in turn in the scenarios and models that it is listed for, not all of \
      them in each.
      """)
  var sample = false

  @Option(help: "Play so many runs at the same time.")
  var jobs = 2

  @Option(help: "The project's root.", completion: .directory)
  var root = "."

  func validate() throws {
    if let seeds, seeds < 1 { throw ValidationError("--seeds must be at least 1.") }
    if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    let models = VirtualExpectation.models
    if let stranger = model.first(where: { !models.contains($0) }) {
      throw ValidationError(
        "there is no model \(stranger); there are \(models.joined(separator: ", ")).")
    }
  }

  func run() async throws {
    do {
      try await play()
    } catch is CampaignStop {
      Console.process.complain("Stopped.")
      throw ExitCode(CommandOutcome.interrupted.rawValue)
    }
  }

  private func play() async throws {
    let out = FileManager.default.temporaryDirectory.path + "/gantry-campaign-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: out) }
    let stage = Stage(root: root, jobs: jobs, out: out, console: Console.process)
    let parts = part.isEmpty ? Part.allCases : part
    let models = model.isEmpty ? VirtualExpectation.models : model
    var surprises: [String] = []
    for part in parts {
      let tally =
        switch part {
        case .founding:
          try await Founding(models: models, firstSeed: firstSeed, seeds: seeds ?? 100)
            .play(on: stage)
        case .interrupted:
          try await Interrupting(models: models, firstSeed: firstSeed, moments: seeds ?? 50)
            .play(on: stage)
        case .fooled:
          try await Fooling(
            flaws: only.isEmpty ? nil : only, models: models, places: sample ? .inTurn : .all,
            firstSeed: firstSeed, seeds: seeds ?? 10
          ).play(on: stage)
        case .mutations:
          try await Mutating(models: models, seeds: seeds ?? 10, steps: only.isEmpty ? nil : only)
            .play(on: stage)
        }
      surprises += tally.surprises
    }
    if !surprises.isEmpty { throw ExitCode(1) }
  }
}
