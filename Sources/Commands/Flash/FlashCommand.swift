import ArgumentParser
import FoundationEssentials
import RecorderPast
import RigDescription
import RunSessions

/// `gantry flash`: another firmware for a rig's recorder.
struct FlashCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flash",
    abstract: "Gets another firmware onto a rig's recorder, by what the rig declares.",
    discussion: """
      The rig says how: what brings the image there (flash: {stick: …} or {command: [WORD, …]}), and \
      what has the recorder take it (a restart, or its own menu by flash: {scenario: …}). Its first \
      start is a run that is written down; until it is over no other run begins, and gantry power \
      cuts nothing. A recorder that shows no life is flashed back with the image of --before: only \
      where it comes up with that, the new image is at fault. An image that left two recorders dark \
      is held: gantry flash takes it no more until gantry recorder RIG release --image IMAGE.

      Exit codes: 0 flashed, 1 the image leaves the recorder dark, 2 invalid input, 3 nobody can \
      tell, 130 interrupted.
      """)

  @Argument(help: "The rig file.", completion: .file(extensions: ["yaml"]))
  var rig: String

  @Argument(help: "The image's file.", completion: .file())
  var image: String

  @Option(help: "What the image's version is, as the recorder's screen shows it.")
  var version: String

  @Option(help: "The image that ran before, to go back to.", completion: .file())
  var before: String?

  @Option(help: "The version of that image.")
  var beforeVersion: String?

  @Option(
    help: ArgumentHelp(
      "Replace a value of the rig file; may be repeated.", valueName: "key=value"))
  var set: [String] = []

  @Option(help: "Where everything that a virtual rig draws by lot comes from.")
  var seed: UInt64 = 1

  @Option(help: "The folder of all run folders.", completion: .directory)
  var out = "runs"

  @OptionGroup var ledger: LedgerOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    if (before == nil) != (beforeVersion == nil) {
      throw ValidationError("--before and --before-version go together.")
    }
    if version.contains("@") { throw ValidationError("A version has no @.") }
  }

  func run() async throws {
    let description = try RigFile.read(rig, overrides: set)
    guard description.hasPast else {
      throw CommandFailure.invalid(
        "\(rig): a virtual recorder without a memory is born with each run")
    }
    guard let settings = description.flash else {
      throw CommandFailure.invalid("\(rig): the rig does not say how it is flashed; add flash: {…}")
    }
    let subject = try Flashing.subject(
      rig: rig, overrides: set, settings: settings, version: version,
      program: VersionCommand.line)
    let wanted = try Flashing.Image(path: image, version: version)
    let back = try before.map { path in
      try Flashing.Image(path: path, version: beforeVersion ?? "")
    }
    let flashing = Flashing(
      of: subject, by: settings,
      run: RunSettings(out: out, log: log.logger, book: ledger.book), seed: seed,
      who: RecorderCommand.user)
    let work = Task { try await flashing.flash(wanted, before: back) }
    let watch = SignalWatch { _ in work.cancel() }
    defer { watch.stop() }
    try tell(await work.value, wanted)
  }

  private func tell(_ outcome: Flashing.Outcome, _ image: Flashing.Image) throws {
    switch outcome {
    case .flashed(let result):
      Console.current.say("flashed \(image.name)")
      Console.current.say(result.folder)
    case .dark(let result):
      Console.current.say(
        "\(image.name) leaves the recorder dark: it comes up with the image before")
      Console.current.say(result.folder)
      throw ExitCode(CommandOutcome.failed.rawValue)
    case .errored(let reason, let result):
      if let result { Console.current.say(result.folder) }
      throw CommandFailure.errored(reason)
    }
  }
}
