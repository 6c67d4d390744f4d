import ArgumentParser
import Bench
import BenchOpening
import FrameVision
import Frames
import RecorderModel
import RigDescription
import RunJournal
import RunSessions
import Runner
import SourceYAML

/// `gantry calibrate`: measures what a rig's capture chain makes of pictures.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Measures what a rig's grabber makes of pictures, and keeps it beside the rig file.",
    discussion: """
      Takes frames of a still screen, on which references of the model should be seen: they tell \
      the tone of the whole picture, which a single template can't tell from a tint. With \
      --scenario and --until it first plays a scenario up to and including a step. What is measured \
      is written to RIG.calibration.json, if the pictures that earlier runs on the rig kept are \
      found as before by it; every run on the rig is judged by it then, and names its digest. \
      Exit codes: 0 written, 2 invalid input, 3 the rig is at fault, the references don't tell, or \
      earlier pictures contradict, 130 stopped.
      """)

  @OptionGroup var rig: RigOptions

  @OptionGroup var log: LogOptions

  @Option(help: "How many frames to take.")
  var frames = 16

  @OptionGroup var first: PlayedFirst

  @Option(help: "The folder of earlier runs, whose pictures must be found by it.")
  var runs = "runs"

  func validate() throws {
    if frames < 2 { throw ValidationError("--frames must be at least 2.") }
  }

  func run() async throws {
    try await stoppable { [self] in try await calibrate() }
  }

  private func calibrate() async throws {
    let files = try InputFiles(
      scenarios: first.scenario.map { [$0] } ?? [], rig: rig.rig,
      extras: .init(
        overrides: rig.set, parameters: first.scenario == nil ? nil : rig.parameters,
        excerpt: first.until))
    guard let description = files.rig, let model = files.model else {
      throw CommandFailure.invalid("\(rig.rig): there is no rig in it")
    }
    let taken = try await frames(of: description, Prelude(files)).map {
      $0.fitted(to: model.screen)
    }
    let calibration = CaptureCalibration(of: taken, references: model.photometricReferences)
    guard let transform = calibration.transform else {
      throw CommandFailure.errored(
        "no reference of \(model.name) is seen that tells the picture's tone; play a scenario to a "
          + "screen that shows some, with --scenario and --until")
    }
    let trial = CalibrationTrial(of: calibration, model, rig: description.name, runs: runs)
    if !trial.losses.isEmpty {
      throw CommandFailure.errored(
        "nothing is written: \(transform) contradicts what earlier runs kept: "
          + trial.losses.joined(separator: ", "))
    }
    let path: String
    do throws(CalibrationError) {
      path = try CalibrationFile.write(calibration, besideRig: rig.rig)
    } catch {
      throw CommandFailure.errored("\(error)")
    }
    let noise = calibration.noise.map(\.deviation).max() ?? 0
    Console.current.say(
      "\(path): transform \(transform), noise up to \(noise), by \(calibration.references.count) "
        + "references; \(trial.found) found as before in \(trial.pictures) pictures of earlier runs"
    )
  }

  /// Takes the frames.
  private func frames(of description: RigDescription, _ prelude: Prelude?) async throws -> [Frame] {
    if prelude == nil, let eyes = try openedEyes(of: description, telling: log) {
      defer { eyes.close() }
      return try await frames(of: eyes, RealDevices.clock)
    }
    let opened = try opening { () throws(RigFault) in
      try BenchOpener.open(
        description, seed: rig.seed, pace: rig.clock.ofBench, log: log.logger)
    }
    defer { opened.close() }
    if let end = try await prelude?.play(on: opened, seed: rig.seed, log: log.logger),
      end.verdict != .passed
    {
      throw CommandFailure.errored(
        "stopped short: \(end.step ?? "the run") \(end.verdict.rawValue): \(end.reason ?? "")")
    }
    guard let screen = opened.bench.devices[Bench.defaultDevice]?.screen else {
      throw CommandFailure.errored("the rig has no screen")
    }
    return try await frames(of: screen, opened.bench.clock)
  }

  private func frames(of screen: any Screen, _ clock: any BenchClock) async throws -> [Frame] {
    try await benched { () throws(BenchError) in
      let start = await clock.now().advanced(by: first.wait)
      return try await StillFrames.taken(frames, of: screen, clock, after: start)
    }
  }
}
