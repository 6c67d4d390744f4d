import BenchOpening
import Logging
import RecorderModel
import RecorderPast
import RunJournal
import Runner
import Scenario

extension RunRequest {
  /// What is played on an opened bench.
  ///
  /// - Throws: when it can't be remembered that the rig's plug is pulled.
  init(
    playing scenario: Scenario, of model: RecorderModel, on opened: OpenedBench, rig: String,
    start: RunStart, arguments: [String: String], hostSecrets: HostSecrets,
    past: (any RecorderPast)?, log: Logger
  ) throws(PlugMemoryError) {
    self.init(
      scenario: scenario, model: model, bench: opened.bench, start: start, arguments: arguments,
      hostSecrets: hostSecrets,
      secretSource: opened.isVirtual ? .seed(Self.secretSeed(start.seed)) : .system,
      minimumOff: opened.minimumOff, plugMemory: try opened.plugMemory(rig: rig),
      log: log)
    self.past = past
  }

  /// Secrets of a virtual run are repeatable, yet drawn from a stream that nothing else uses.
  private static func secretSeed(_ seed: UInt64) -> UInt64 {
    (seed ^ 0x5EC2_E75E_ED00_0001) &* 0x9E37_79B9_7F4A_7C15
  }
}
