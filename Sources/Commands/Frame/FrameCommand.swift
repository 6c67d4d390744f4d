import ArgumentParser
import Bench
import BenchOpening
import Frames
import RigDescription
import RunJournal
import RunSessions
import SourceYAML

/// `gantry frame`: saves what a rig's screen shows.
struct FrameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame",
    abstract: "Saves what a rig's screen shows, as a PNG file.",
    discussion: """
      With --scenario and --until it first plays a scenario up to and including a step, of which \
      it does the action without judging what follows: that is how one gets to the places that \
      references are cut from; on a real rig it takes the recorder's mouse and supply in hand, too. \
      The picture may show secrets. Exit codes: 0 done, 2 invalid input, 3 the rig is at fault or \
      the play stopped short, 130 stopped.
      """)

  @Argument(
    help: "The PNG file to write; frame.png if left out.", completion: .file(extensions: ["png"]))
  var file: String?

  @Option(help: "The PNG file to write, too.", completion: .file(extensions: ["png"]))
  var out: String?

  /// The PNG file to write.
  private var picture: String { out ?? file ?? "frame.png" }

  @OptionGroup var rig: RigOptions

  @OptionGroup var log: LogOptions

  @OptionGroup var first: PlayedFirst

  func validate() throws {
    guard file == nil || out == nil else {
      throw ValidationError("One file is written: name it with --out or without.")
    }
    if first.scenario == nil, !rig.parameters.isEmpty {
      throw ValidationError("--param, --param-file and --param-env need a --scenario.")
    }
  }

  func run() async throws {
    try await stoppable { [self] in try await save() }
  }

  private func save() async throws {
    if let scenario = first.scenario, let until = first.until {
      let files = try InputFiles(
        scenarios: [scenario], rig: rig.rig,
        extras: .init(overrides: rig.set, parameters: rig.parameters, excerpt: until))
      guard let description = files.rig, let prelude = Prelude(files) else {
        throw CommandFailure.invalid("\(rig.rig): there is no rig in it")
      }
      try await capture(description) { bench in
        try await prelude.play(on: bench, seed: rig.seed, log: log.logger)
      }
    } else {
      let rig = try RigFile.read(rig.rig, overrides: rig.set)
      guard let eyes = try openedEyes(of: rig, telling: log) else {
        return try await capture(rig) { _ in nil }
      }
      defer { eyes.close() }
      try write(try await frame(of: eyes, RealDevices.clock))
    }
  }

  private func write(_ frame: Frame) throws {
    try PNGCodec.write(RGBImage(frame), to: picture)
    Console.current.say("\(picture): \(frame.size), frame \(frame.number)")
  }

  /// Opens the rig, does something on it, and saves what its screen shows then, whatever came of
  /// it.
  private func capture(
    _ description: RigDescription, after work: (OpenedBench) async throws -> RunEnd?
  ) async throws {
    let opened: OpenedBench
    do throws(RigFault) {
      opened = try BenchOpener.open(
        description, seed: rig.seed, pace: rig.clock.ofBench, log: log.logger)
    } catch {
      throw CommandFailure.errored("\(error)")
    }
    defer { opened.close() }
    let end = try await work(opened)
    guard let screen = opened.bench.devices[Bench.defaultDevice]?.screen else {
      throw CommandFailure.errored("the rig has no screen")
    }
    try write(try await frame(of: screen, opened.bench.clock))
    guard let end, end.verdict != .passed else { return }
    Console.current.complain(
      "stopped short: \(end.step ?? "the run") \(end.verdict.rawValue): \(end.reason ?? "")")
    throw ExitCode(end.verdict.outcome.rawValue)
  }

  private func frame(of screen: any Screen, _ clock: any BenchClock) async throws -> Frame {
    try await benched { () throws(BenchError) in
      let start = await clock.now().advanced(by: first.wait)
      return try await StillFrames.taken(1, of: screen, clock, after: start)[0]
    }
  }
}
