import SeededRandom

/// Counts what a run draws by lot, so that each draw has a stream of its own.
final class Lots {
  private var draws = 0

  /// The stream of the next draw.
  func stream(seed: UInt64, for what: String, _ name: String) -> SeededStream {
    draws += 1
    return SeededStream(seed: seed, name: "\(what) \(draws) \(name)")
  }
}
