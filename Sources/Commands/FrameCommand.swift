import ArgumentParser
import Bench
import BenchOpening
import FoundationEssentials
import FrameVision
import Frames
import RecorderModel
import RigDescription
import RunJournal
import Runner
import Scenario
import SourceYAML

/// `gantry frame`: saves what a rig's screen shows.
struct FrameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame",
    abstract: "Saves what a rig's screen shows, as a PNG file.",
    discussion: """
      With --scenario and --until it first plays a scenario up to and including a step, of which \
      it does the action without judging what follows: that is how one gets to the places that \
      references are cut from. The picture may show secrets.
      """)

  @Argument(help: "The PNG file to write.", completion: .file(extensions: ["png"]))
  var picture: String

  @OptionGroup var rig: RigOptions

  @Option(help: "A scenario to play first.", completion: .file(extensions: ["yaml"]))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "The last step to play; a step inside another as `Log in / Type password`.",
      valueName: "step"))
  var until: String?

  @Option(help: ArgumentHelp("How long to wait before the picture is taken.", valueName: "time"))
  var after = "0s"

  func validate() throws {
    guard (scenario == nil) == (until == nil) else {
      throw ValidationError("--scenario and --until go together.")
    }
    guard DurationText.duration(after) != nil else {
      throw ValidationError("'\(after)' is no time; write 5s or 500ms.")
    }
    if scenario == nil, !rig.param.isEmpty { throw ValidationError("--param needs a --scenario.") }
  }

  func run() async throws {
    if let scenario, let until {
      let files = try InputFiles(
        scenarios: [scenario], rig: rig.rig,
        extras: .init(overrides: rig.set, parameters: rig.param, excerpt: until))
      guard let rig = files.rig, let model = files.model, let part = files.scenarios.first else {
        throw CommandFailure.invalid("\(rig.rig): there is no rig in it")
      }
      try await capture(rig) { bench in
        try await play(
          part.scenario, model, bench, rig: rig.name, arguments: files.arguments)
      }
    } else {
      let (overrides, wrong) = Override.parse(all: rig.set)
      let parsed = RigLoader.load(file: rig.rig, overrides: overrides)
      let findings = wrong + parsed.findings + (parsed.rig.map(BenchOpener.findings) ?? [])
      guard let rig = parsed.rig, findings.isEmpty else {
        throw CommandFailure.invalid(Findings(findings).description)
      }
      try await capture(rig) { _ in nil }
    }
  }

  /// Opens the rig, does something on it, and saves what its screen shows then, whatever came of
  /// it.
  private func capture(
    _ description: RigDescription, after work: (OpenedBench) async throws -> RunEnd?
  ) async throws {
    let opened: OpenedBench
    do throws(RigFault) {
      opened = try BenchOpener.open(description, seed: rig.seed, pace: rig.clock.ofBench)
    } catch {
      throw CommandFailure.errored("\(error)")
    }
    defer { opened.close() }
    let end = try await work(opened)
    let frame = try await frame(of: opened.bench)
    do throws(PictureError) {
      try PNGCodec.write(RGBImage(frame), to: picture)
    } catch {
      throw CommandFailure.invalid("\(error)")
    }
    Console.current.say("\(picture): \(frame.size), frame \(frame.number)")
    guard let end, end.verdict != .passed else { return }
    Console.current.complain(
      "stopped short: \(end.step ?? "the run") \(end.verdict.rawValue): \(end.reason ?? "")")
    throw ExitCode(RunResult.outcome(of: end.verdict).rawValue)
  }

  private func play(
    _ scenario: Scenario, _ model: RecorderModel, _ opened: OpenedBench, rig rigName: String,
    arguments: [String: String]
  ) async throws -> RunEnd {
    let nothing = RunStart.Input(name: "", digest: "")
    let start = RunStart(
      scenario: nothing, about: "", rig: nothing, model: nothing, binary: nothing, overrides: [],
      seed: rig.seed, firmware: nil, plan: [],
      wall: .init(runID: "", host: "", startedAt: ""))
    let request = RunRequest(
      scenario: scenario, model: model, bench: opened.bench, start: start, arguments: arguments,
      environment: ProcessInfo.processInfo.environment,
      secretSource: opened.isVirtual ? .seed(RunSession.secretSeed(rig.seed)) : .system,
      minimumOff: opened.minimumOff,
      plugMemory: try RunSession.plugMemory(opened, rig: rigName))
    return await Runner.play(request, into: SilentSink(), reading: try TextReader())
  }

  private func frame(of bench: Bench) async throws -> Frame {
    guard let screen = bench.devices[Bench.defaultDevice]?.screen else {
      throw CommandFailure.errored("the rig has no screen")
    }
    do throws(BenchError) {
      let wait = DurationText.duration(after) ?? .zero
      let start = await bench.clock.now().advanced(by: wait)
      try await bench.clock.sleep(until: start)
      let reading = try await screen.reading(
        after: start, by: start.advanced(by: .seconds(10)))
      guard let frame = reading.frame else {
        throw BenchError.fault(RigFault(.screen, "no picture: \(reading.signal.rawValue)"))
      }
      return frame
    } catch {
      switch error {
      case .fault(let fault): throw CommandFailure.errored("\(fault)")
      case .cancelled: throw ExitCode(CommandOutcome.interrupted.rawValue)
      }
    }
  }
}

/// Remembers nothing: what is played on the way to a picture is no run.
private struct SilentSink: JournalSink {
  func append(_ entry: JournalEntry) async {}

  func keep(_ picture: PictureToKeep) async -> String { "" }

  func conceal(_ secret: String) async {}
}
