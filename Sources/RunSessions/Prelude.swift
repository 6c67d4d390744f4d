import Bench
public import BenchOpening
import FrameVision
public import Logging
import RecorderModel
import RigDescription
public import RunJournal
public import Runner
import Scenario
import SourceYAML

/// The beginning of a scenario, played to get to a place that a picture is to be taken of: it is no
/// run, and nothing of it is written down.
public struct Prelude: Sendable {
  private let scenario: Scenario
  private let model: RecorderModel
  private let rig: RigDescription
  private let arguments: [String: String]
  private let hostSecrets: HostSecrets

  /// Takes the first scenario of files that were read for playing.
  ///
  /// - Returns: nil where they have no scenario, rig or model.
  public init?(_ files: InputFiles) {
    guard let rig = files.rig, let model = files.model, let part = files.scenarios.first else {
      return nil
    }
    self.rig = rig
    self.model = model
    scenario = part.scenario
    arguments = files.arguments
    hostSecrets = files.hostSecrets
  }

  /// Plays it to its end, or as far as it goes.
  ///
  /// - Parameters:
  ///   - opened: the bench.
  ///   - seed: where all that is drawn by lot comes from.
  ///   - log: where operators are told what goes on; never a secret.
  /// - Returns: how it ended.
  /// - Throws: when it can't begin: no reader of text, or no memory for the plug.
  public func play(
    on opened: OpenedBench, seed: UInt64, log: Logger = RunRequest.silence
  ) async throws -> RunEnd {
    let log = OperatorLog(log, run: "prelude/\(seed)")
    let nothing = RunStart.Input(name: "", digest: "")
    let start = RunStart(
      scenario: .init(name: "prelude", digest: ""), about: "", rig: nothing, model: nothing,
      binary: nothing, overrides: [],
      seed: seed, firmware: nil, plan: [], wall: .init(runID: "", host: "", startedAt: ""))
    let clock = opened.bench.clock
    let record =
      rig.hasPast ? try RunRecord(of: rig, for: start, at: await clock.secondsSince1970()) : nil
    var request = try RunRequest(
      playing: scenario, of: model, on: opened, rig: rig.name, start: start, arguments: arguments,
      hostSecrets: hostSecrets, past: record?.file, log: log.logger)
    request.mustTest = false
    request.labPassword = try await rig.labPassword()
    let end = await Runner.play(request, into: NoJournal(log: log), reading: try TextReader())
    try record?.close(end, at: await clock.secondsSince1970())
    return end
  }
}

/// Remembers nothing, but tells operators.
private struct NoJournal: JournalSink {
  let log: OperatorLog

  func append(_ entry: JournalEntry) async { log.tell(entry.event) }

  func keep(_ picture: PictureToKeep) async -> String { "" }

  func conceal(_ secret: String) async { log.conceal(secret) }
}
